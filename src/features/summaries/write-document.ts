import type { Language } from '../../chat/language.ts'
import type { MadeFile } from '../../delivery/handed-files.ts'
import { type WordBlock, writeWord } from '../../documents/word.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import type { Fact } from './gather-facts.ts'
import type { Period } from './period.ts'
import { numberedHeading, periodLine, sourcesLine, summaryTitle } from './summary-texts.ts'
import type { WrittenSection } from './write-with-model.ts'

/** Records of a figure that the table names; a year of a large enterprise has thousands. */
const mostSources = 300

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
): Promise<MadeFile> {
  const nothing = translate(language, 'summaries:document.nothing')
  const paragraphs = sections.flatMap(({ heading, text }, at): WordBlock[] => [
    { heading: numberedHeading(heading, at, language) },
    { text: text === '' ? nothing : text },
  ])
  const facts = sections.flatMap((section) => section.facts)
  return writeTraced({ name, period, paragraphs, facts, now }, language)
}

/** A line that is a heading by its number: 一、… or 1. …, and no sentence. */
const headingLine = /^(?:[一二三四五六七八九十]{1,3}、|\d{1,2}\. )[^。；;]{1,40}$/u

/** A text as somebody filed it, as DOCX; the figures behind it stand at its end. */
export function writeFiled(
  { text, ...given }: { name: string; period: Period; text: string; facts: readonly Fact[]; now: Date },
  language: Language,
): Promise<MadeFile> {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const paragraphs = lines.map(
    (line): WordBlock => (headingLine.test(line) ? { heading: line } : { text: line }),
  )
  return writeTraced({ ...given, paragraphs }, language)
}

async function writeTraced(
  {
    name,
    period,
    paragraphs,
    facts,
    now,
  }: {
    name: string
    period: Period
    paragraphs: readonly WordBlock[]
    facts: readonly Fact[]
    now: Date
  },
  language: Language,
): Promise<MadeFile> {
  const say = (key: string) => translate(language, `summaries:document.${key}`)
  const title = summaryTitle(name, period, language)
  const body: WordBlock[] = [
    { text: periodLine(period, now, language) },
    ...paragraphs,
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
      // Records are many words, figures few.
      widths: [28, 14, 58],
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
