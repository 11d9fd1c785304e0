import { type WordBlock, writeWord } from '../../documents/word.ts'
import { blank } from './organisation-facts.ts'
import type { DocumentTemplate } from './templates.ts'

/** A template filled with facts, as DOCX. What is not known is left blank, to be filled in by hand. */
export async function writeDocument(
  template: DocumentTemplate,
  facts: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const fill = (text: string) => text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => facts[name] ?? blank)
  return writeWord({
    title: fill(template.title),
    creator: facts.organisation ?? '',
    to: template.to === undefined ? undefined : fill(template.to),
    body: template.body.map((block): WordBlock => {
      if ('heading' in block) return { heading: fill(block.heading) }
      if ('text' in block) return { text: fill(block.text) }
      if ('facts' in block) return { table: block.facts.map((row) => row.map(fill)) }
      const empty = Array.from({ length: block.rows }, () => block.table.map(() => ''))
      return { table: [block.table.map(fill), ...empty] }
    }),
    sign: template.sign.map(fill),
  })
}
