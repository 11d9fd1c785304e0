import type { Language } from '../../chat/language.ts'
import { type WordBlock, writeWord } from '../../documents/word.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import type { Period } from './period.ts'
import { periodLine, sourcesLine, summaryTitle } from './summary-texts.ts'
import type { WrittenSection } from './write-with-model.ts'

/** Records of a figure that the table names; a year of a large enterprise has thousands. */
const mostSources = 300
const numerals = '一二三四五六七八九十'

/** A summary as DOCX: its sections, then of each figure the records that it comes from. */
export async function writeSummary(
  {
    name,
    period,
    sections,
    now,
  }: {
    name: string
    period: Period
    sections: readonly WrittenSection[]
    now: Date
  },
  language: Language,
): Promise<{ name: string; mediaType: string; bytes: Uint8Array }> {
  const say = (key: string) => translate(language, `summaries:document.${key}`)
  const title = summaryTitle(name, period, language)
  const numbered = (heading: string, at: number) =>
    language === 'en' ? `${at + 1}. ${heading}` : `${numerals[at] ?? at + 1}、${heading}`
  const facts = sections.flatMap((section) => section.facts)
  const body: WordBlock[] = [
    { text: periodLine(period, now, language) },
    ...sections.flatMap(({ heading, text }, at): WordBlock[] => [
      { heading: numbered(heading, at) },
      { text: text === '' ? say('nothing') : text },
    ]),
    { heading: say('sources') },
    {
      table: [
        [say('fact'), say('figure'), say('records')],
        ...facts.map((fact) => [
          fact.text,
          `${fact.figure} ${fact.unit}`,
          sourcesLine(fact, mostSources, language),
        ]),
      ],
      head: true,
    },
  ]
  const day = dayInChina(now)
  const bytes = await writeWord({ title, creator: name, body, sign: [name, day] })
  return {
    name: `${title.replaceAll(/[\\/:*?"<>|]/g, ' ')}.docx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    bytes,
  }
}
