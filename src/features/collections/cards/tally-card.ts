import type { Chart } from '../../../charts/chart.ts'
import { type Block, type Button, type Card, type PictureBlock, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Collection } from '../records.ts'
import type { CollectionTally } from '../tallying/read-answers.ts'
import type { QuestionTally } from '../tallying/tally.ts'

/** Questions that one card counts out: the rest follows by a button. */
export const questionsOnCard = 5
const mostOptions = 12
const mostTexts = 8
const mostUnits = 10

/** What a card counts out. */
interface Shown {
  tally: CollectionTally
  from: number
  most?: number
  /** Questions that whoever reads it is not shown at all. Default 0. */
  untold?: number
}

/** What was answered, some questions at a time. @param pictures By the question's name. */
export function tallyCard(
  { row, definition }: Collection,
  { tally, from, most = questionsOnCard, untold = 0 }: Shown,
  pictures: ReadonlyMap<string, PictureBlock>,
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `collections:tally.${key}`, values)
  const shown = tally.questions.slice(from, from + most)
  const left = tally.questions.length - from - shown.length
  const next: Button = {
    ...{ label: say('next', { count: left }), action: 'collections.tally', opens: 'beside' },
    value: { collection: row.id, from: String(from + shown.length) },
  }
  const units = tally.byUnit.slice(0, mostUnits)
  const others = tally.byUnit.slice(mostUnits).reduce((sum, { answers }) => sum + answers, tally.rest)
  return {
    tone: 'info',
    title: say('title', { title: definition.title[language], count: tally.answers }),
    blocks: [
      ...shown.flatMap((question, n) => questionBlocks(question, from + n + 1, pictures, language)),
      ...(left === 0 && units.length > 0
        ? [
            {
              type: 'list' as const,
              items: [
                ...units.map(({ organisation, answers, share }) =>
                  plain(say('unit', { organisation, count: answers, share: percent(share) })),
                ),
                ...(others > 0 ? [plain(say('others', { count: others }))] : []),
              ],
            },
            { type: 'note' as const, text: say('by-unit') },
          ]
        : []),
      ...(left > 0 ? [{ type: 'buttons' as const, buttons: [next] }] : []),
      ...(untold > 0 ? [{ type: 'note' as const, text: say('untold', { count: untold }) }] : []),
    ],
  }
}

function questionBlocks(
  question: QuestionTally,
  n: number,
  pictures: ReadonlyMap<string, PictureBlock>,
  language: Language,
): Block[] {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `collections:tally.${key}`, values)
  const { label, answered, options, numbers, texts, name, isFew } = question
  const heading: Block = { type: 'text', runs: [{ text: `${n}. ${label[language]}`, strong: true }] }
  const picture = pictures.get(name)
  const lines = options
    .slice(0, mostOptions)
    .map(({ label: option, count, share }) =>
      plain(say('option', { option: option[language], count, share: percent(share) })),
    )
  return [
    heading,
    { type: 'note', text: isFew ? say('few') : say('answered', { count: answered }) },
    ...(picture ? [picture] : []),
    ...(lines.length > 0 ? [{ type: 'list' as const, items: lines }] : []),
    ...(options.length > mostOptions
      ? [{ type: 'note' as const, text: say('more-options', { count: options.length - mostOptions }) }]
      : []),
    ...(numbers ? [{ type: 'text' as const, runs: plain(say('numbers', spread(numbers))) }] : []),
    ...(texts.length > 0
      ? [{ type: 'list' as const, items: texts.slice(0, mostTexts).map((text) => plain(shortText(text))) }]
      : []),
    ...(texts.length > mostTexts
      ? [{ type: 'note' as const, text: say('more-texts', { count: texts.length - mostTexts }) }]
      : []),
  ]
}

const shortText = (text: string) => {
  const signs = Array.from(text)
  return signs.length > 120 ? `${signs.slice(0, 120).join('')}……` : text
}

/** A share as people read it. */
export const percent = (share: number): string => `${(share * 100).toFixed(1).replace(/\.0$/, '')}%`

function spread(numbers: NonNullable<QuestionTally['numbers']>): Record<string, string> {
  const shown = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 2 })
  const { least, median, mean, most } = numbers
  return { least: shown(least), median: shown(median), mean: shown(mean), most: shown(most) }
}

/** How a choice was answered, to be drawn; null: it is no choice, or nobody answered it. */
export function chartOf(
  { label, options, answered, type }: QuestionTally,
  source: string,
  language: Language,
): Chart | null {
  if (options.length < 2 || answered === 0) return null
  return {
    form: type === 'multi-select' ? 'bars' : 'shares',
    ...{ title: label[language], unit: translate(language, 'collections:tally.answers') },
    categories: options.map((option) => option.label[language]),
    series: [{ name: label[language], values: options.map(({ count }) => count) }],
    ...{ source, language },
  }
}
