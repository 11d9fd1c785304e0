import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { NumberedRemark } from './answers.ts'
import type { Question } from './questions.ts'
import type { Consultation } from './records.ts'
import type { Counts, Tally } from './tally.ts'

/** Words of this many people fit a card. */
const remarksOnPage = 5
/** Beyond, all stands in the console. */
const mostUnits = 20
const mostAdopted = 10

/** Figures by choice, and by the units of which enough answered. @param units Names by id. */
export function resultsCard(
  { row, questions }: Consultation,
  {
    tally,
    asked,
    remarks,
    units,
  }: { tally: Tally; asked: number; remarks: number; units: ReadonlyMap<string, string> },
  may: { decide: boolean },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `consultations:results.${key}`, values)
  const value = { consultation: row.id }
  const shown = tally.byUnit.slice(0, mostUnits)
  const buttons: Button[] = [
    ...(remarks > 0
      ? [
          {
            ...{ label: say('remarks', { count: remarks }), action: 'consultations.remarks', value },
            opens: 'beside' as const,
          },
        ]
      : []),
    ...(may.decide
      ? [
          {
            label: say(row.state === 'decided' ? 'decide-again' : 'decide'),
            action: 'consultations.decide',
            value,
            opens: 'beside' as const,
          },
        ]
      : []),
  ]
  return {
    tone: 'info',
    title: say('title', { title: row.title }),
    blocks: [
      {
        type: 'text',
        runs: [
          { text: say('answered', { number: row.number, answered: tally.answered, asked }), strong: true },
        ],
      },
      ...countBlocks(questions, tally.all, tally.answered, language),
      ...(shown.length > 0
        ? [
            {
              type: 'table' as const,
              header: [say('unit'), say('people'), ...questions.flatMap(headerOf(say))],
              rows: shown.map(({ unit, answered, counts }) => [
                ...[units.get(unit) ?? '', String(answered)],
                ...questions.flatMap(({ choices }, at) =>
                  choices.length > 0 ? [counted(choices, counts[at])] : [],
                ),
              ]),
            },
          ]
        : []),
      ...(tally.rest > 0
        ? [
            {
              type: 'note' as const,
              text: say(shown.length > 0 ? 'rest' : 'none-by-unit', { count: tally.rest }),
            },
          ]
        : []),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** Questions stand above each other with their counts, so that the table needs their numbers alone. */
function headerOf(say: (key: string, values: Record<string, number>) => string) {
  return ({ choices }: Question, at: number): string[] =>
    choices.length > 0 ? [say('question', { number: at + 1 })] : []
}

const counted = (choices: readonly string[], counts: readonly number[] = []) =>
  choices.map((choice, at) => `${choice} ${counts[at] ?? 0}`).join(' / ')

/** Each question with how often each choice was made. */
function countBlocks(
  questions: readonly Question[],
  all: Counts,
  answered: number,
  language: Language,
): Block[] {
  return questions.flatMap(({ text, choices }, at): Block[] => {
    const heading: Block = { type: 'text', runs: [{ text: `${at + 1}. ${text}`, strong: true }] }
    if (choices.length === 0) return []
    const items = choices.map((choice, which) => {
      const count = all[at]?.[which] ?? 0
      const share = answered === 0 ? 0 : Math.round((1000 * count) / answered) / 10
      return plain(translate(language, 'consultations:results.choice', { choice, count, share }))
    })
    return [heading, { type: 'list', items }]
  })
}

/** What was said in words, to the letter. @param from How many stand before. */
export function remarksCard(
  { row, questions }: Consultation,
  {
    remarks,
    from,
    adopted,
  }: { remarks: readonly NumberedRemark[]; from: number; adopted: readonly string[] },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `consultations:remarks.${key}`, values)
  const shown = remarks.slice(from, from + remarksOnPage)
  const left = remarks.length - from - shown.length
  const next: Button = {
    ...{ label: say('next', { count: Math.max(0, left) }), action: 'consultations.remarks' },
    ...{ value: { consultation: row.id, from: String(from + shown.length) }, opens: 'beside' },
  }
  return {
    tone: 'info',
    title: say('title', { number: row.number, count: remarks.length }),
    blocks: [
      ...(remarks.length === 0 ? [{ type: 'text' as const, runs: plain(say('none')) }] : []),
      ...shown.flatMap(({ id, number, question, text, by }): Block[] => [
        { type: 'quote', runs: plain(text), source: sourceOf({ number, by }) },
        ...(question === null
          ? []
          : [{ type: 'note' as const, text: say('answers', { question: questions[question]?.text ?? '' }) }]),
        ...(adopted.includes(id) ? [{ type: 'note' as const, text: say('adopted') }] : []),
      ]),
      ...(left > 0 ? [{ type: 'buttons' as const, buttons: [next] }] : []),
    ],
  }

  function sourceOf({ number, by }: Pick<NumberedRemark, 'number' | 'by'>): string {
    const whose = by ? [by.name, by.organisation].filter((part) => part !== '').join(' · ') : ''
    return whose === '' ? say('number', { number }) : say('number-by', { number, whose })
  }
}

/** What was decided, for whoever took part. */
export interface Feedback {
  /** Figures of all; null: they are not shown. */
  tally: Tally | null
  /** To the letter, without whose. */
  adopted: readonly string[]
  /** Their own words that were adopted; null: nobody knows which are theirs. */
  own: number | null
}

/** The answer to whoever took part: what was decided, and what became of the opinions. */
export function feedbackCard(
  { row, questions, organisation }: Consultation,
  { tally, adopted, own }: Feedback,
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `consultations:feedback.${key}`, values)
  const shown = adopted.slice(0, mostAdopted)
  return {
    tone: 'info',
    title: say('title', { title: row.title }),
    blocks: [
      { type: 'text', runs: plain(say('thanks')) },
      { type: 'text', runs: [{ text: say('decision'), strong: true }] },
      { type: 'text', runs: plain(row.decision) },
      { type: 'text', runs: [{ text: say('adoption'), strong: true }] },
      { type: 'text', runs: plain(row.adoption) },
      ...(own !== null && own > 0
        ? [{ type: 'text' as const, runs: [{ text: say('own', { count: own }), mark: true }] }]
        : []),
      ...(shown.length > 0
        ? [
            {
              type: 'text' as const,
              runs: [{ text: say('adopted', { count: adopted.length }), strong: true }],
            },
          ]
        : []),
      ...shown.map((text): Block => ({ type: 'quote', runs: plain(text) })),
      ...(tally ? countBlocks(questions, tally.all, tally.answered, language) : []),
      { type: 'note', text: say('from', { organisation, number: row.number }) },
    ],
  }
}
