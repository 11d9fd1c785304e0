import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Card, DocumentBlock } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { handOver } from '../../../delivery/handed-files.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import type { Looker } from '../access.ts'
import type { CampaignsContext } from '../context.ts'
import type { CampaignTemplate } from './campaign-schema.ts'
import { textBlock } from './campaign-texts.ts'
import { templateFiles } from './templates.ts'

/** Files on one card. */
const mostFiles = 8

/** Templates as files to be filled in and sent back: with the lines that a campaign has beside its template. */
export async function cardOfTemplateFiles(
  trx: Trx,
  context: Pick<CampaignsContext, 'blobs' | 'publicUrl' | 'knowledgeDir'>,
  templates: readonly CampaignTemplate[],
  { today, now }: Pick<Looker, 'today' | 'now'>,
  language: Language,
): Promise<Card> {
  const files = templateFiles(context.knowledgeDir)
  const blocks = []
  for (const { name, title } of templates.slice(0, mostFiles)) {
    const file = files.get(name)
    if (file === undefined) continue
    const text = fillable(readFileSync(join(context.knowledgeDir, 'campaigns', file), 'utf8'), today)
    const made = {
      ...{ name: `${title[language]}.yaml`, mediaType: 'text/plain' },
      bytes: new TextEncoder().encode(text),
    }
    blocks.push({ type: 'document' as const, ...(await handOver(trx, context, made, now)) })
  }
  return filesCard(blocks, language)
}

/** Templates to be taken along. */
export function filesCard(files: readonly DocumentBlock[], language: Language): Card {
  return {
    tone: 'info',
    title: translate(language, 'campaigns:list.files'),
    blocks: [textBlock(translate(language, 'campaigns:list.files-hint')), ...files],
  }
}

/** A template as a campaign of its own: its name gives way to whoever holds the campaign and when it begins. */
export function fillable(template: string, starts: string): string {
  return template.replace(
    /^name: .*$/mu,
    [
      '# 主办单位：请写登记的单位名称。',
      'organisation: 请填写单位名称',
      '# 开始日期。',
      `starts: ${starts}`,
    ].join('\n'),
  )
}
