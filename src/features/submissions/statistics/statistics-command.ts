import { join } from 'node:path'
import type { Block } from '../../../chat/card.ts'
import type { Command } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import { textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { readPeriod } from './period.ts'
import { type CountingRules, readRules } from './rules.ts'
import { readStatistics } from './statistics.ts'
import { statisticsCard } from './statistics-card.ts'

const words = /^(?:统计|提交统计|建议统计|statistics)[\s:：]+(?=\S)/i

/** `统计`, `统计 2026年第1季度`, `统计 一分公司 2026-03`: figures with a chart, to whoever may see them, and to them alone. */
export function statisticsCommand(context: SubmissionsContext): Command {
  return {
    words: { 'zh-CN': ['统计', '提交统计', '建议统计'], en: ['statistics', 'submission statistics'] },
    pattern: /^(?:统计|提交统计|建议统计|statistics)[\s:：]+[^?？。！]{1,60}$/i,
    async run(turn) {
      const { message, language } = turn
      const card = await (async () => {
        try {
          const asker = { person: (await findPersonByAccount(context.store.db, message.account))?.id ?? null }
          const asked = readAsked(message.text.normalize('NFKC').trim().replace(words, ''))
          const request = { asker, ...asked, kind: null, step: 'month' as const }
          const statistics = await readStatistics(context, rulesOf(context), request)
          const url = `${context.publicUrl()}/console/statistics`
          const label = translate(language, 'submissions:statistics.open')
          const found = statisticsCard(statistics, language)
          const link: Block = { type: 'link', label, url }
          return { ...found, blocks: [...found.blocks, link] }
        } catch (error) {
          if (!(error instanceof PlainError)) throw error
          return textCard(translate(language, error.key, error.values))
        }
      })()
      await turn.commit(async (_trx, say) => void (await sayAlone(turn, say, card)))
    },
  }
}

/** The last word may be a time, what stands before it an organisation. */
function readAsked(text: string): { organisation: string | null; period: string | null } {
  if (/^(?:统计|提交统计|建议统计|(?:submission )?statistics)?[。.!！]?$/i.test(text)) {
    return { organisation: null, period: null }
  }
  const [, before = '', last = text] = /^(.*?)\s+(\S+)$/s.exec(text) ?? []
  try {
    readPeriod(last)
    return { organisation: before || null, period: last }
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return { organisation: text, period: null }
  }
}

/** By which heads are counted in this house; read anew, so that a change holds at once. */
export function rulesOf({ knowledgeDir }: Pick<SubmissionsContext, 'knowledgeDir'>): CountingRules {
  return readRules(knowledgeDir ? join(knowledgeDir, 'statistics.yaml') : '')
}
