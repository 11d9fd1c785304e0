import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import type { Cell } from '../../../spreadsheets/cell.ts'
import { writeCsv } from '../../../spreadsheets/write-csv.ts'
import { writeWorkbook } from '../../../spreadsheets/write-workbook.ts'
import { dayIn } from '../../../timers/calendar/day.ts'
import { type Collection, definitionsOf } from '../records.ts'
import { type CollectionTally, namedAnswers, namesIn, shownBy, unitNames } from './read-answers.ts'
import { questionsOfAll } from './tally.ts'

export const formats = ['xlsx', 'csv'] as const

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/** Answers with names as rows, a question a column; the first row says which. Not for what is anonymous. */
export async function answerRows(db: Reads, collection: Collection, language: Language): Promise<Cell[][]> {
  const say = (key: 'who' | 'unit' | 'when') => translate(language, `collections:page.${key}`)
  const questions = questionsOfAll(await definitionsOf(db, collection.row.id))
  const answers = await namedAnswers(db, collection)
  const values = answers.map((answer) => answer.values)
  const show = await shownBy(db, questions, values, language)
  const people = await namesIn(
    db,
    'person',
    answers.map(({ person }) => person),
  )
  const units = await unitNames(
    db,
    answers.flatMap(({ organisation }) => organisation ?? []),
  )
  return [
    [say('unit'), say('who'), say('when'), ...questions.map(({ label }) => label[language])],
    ...answers.map(({ person, organisation, givenAt, values: given }): Cell[] => [
      units.get(organisation ?? '') ?? '',
      people.get(person) ?? '',
      { day: dayIn('Asia/Shanghai', new Date(givenAt)) },
      ...questions.map((question): Cell => {
        const value = given[question.name]
        return typeof value === 'number' ? value : show(question, value)
      }),
    ]),
  ]
}

/** What was counted as rows: question, option or figure, count, share. */
export function tallyRows({ questions }: CollectionTally, language: Language): Cell[][] {
  const say = (key: 'question' | 'option' | 'count' | 'share') =>
    translate(language, `collections:page.${key}`)
  return [[say('question'), say('option'), say('count'), say('share')], ...questionRows(questions, language)]
}

/** What each unit answered as rows, its share of all answers first; empty where no unit is shown. */
export function unitRows({ byUnit }: CollectionTally, language: Language): Cell[][] {
  const say = (key: 'unit' | 'question' | 'option' | 'count' | 'share' | 'answers') =>
    translate(language, `collections:page.${key}`)
  if (byUnit.length === 0) return []
  return [
    [say('unit'), say('question'), say('option'), say('count'), say('share')],
    ...byUnit.flatMap(({ organisation, answers, share, questions }): Cell[][] => [
      [organisation, say('answers'), null, answers, rounded(share)],
      ...questionRows(questions, language).map((row): Cell[] => [organisation, ...row]),
    ]),
  ]
}

function questionRows(questions: CollectionTally['questions'], language: Language): Cell[][] {
  const say = (key: 'least' | 'median' | 'mean' | 'most') => translate(language, `collections:page.${key}`)
  return questions.flatMap(({ label, options, numbers, texts, isFew }): Cell[][] => [
    ...(isFew ? [[label[language], translate(language, 'collections:tally.few'), null, null]] : []),
    ...options.map(({ label: option, count, share }): Cell[] => [
      ...[label[language], option[language], count, rounded(share)],
    ]),
    ...(numbers
      ? (['least', 'median', 'mean', 'most'] as const).map((key): Cell[] => [
          ...[label[language], say(key), numbers[key], null],
        ])
      : []),
    ...texts.map((text): Cell[] => [label[language], text, null, null]),
  ])
}

const rounded = (share: number) => Math.round(share * 1000) / 1000

/**
 * A file of the tally, of units and of the answers where these have names; as CSV of the answers, else of the tally alone.
 * What would be a formula is text. @param units, answers Empty: none.
 */
export function exportCollection(
  { row }: Collection,
  { tally, units, answers }: { tally: Cell[][]; units: Cell[][]; answers: Cell[][] },
  { format, language }: { format: (typeof formats)[number]; language: Language },
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  async function* each(rows: Cell[][]): AsyncGenerator<Cell[]> {
    yield* rows
  }
  const sheet = (key: 'result' | 'by-unit' | 'answer-list', rows: Cell[][]) => ({
    ...{ name: translate(language, `collections:page.${key}`), rows: each(rows), widths: [24, 24, 12] },
  })
  const sheets = [
    sheet('result', tally),
    ...(units.length > 0 ? [sheet('by-unit', units)] : []),
    ...(answers.length > 0 ? [sheet('answer-list', answers)] : []),
  ]
  return {
    pieces: format === 'csv' ? writeCsv(each(answers.length > 0 ? answers : tally)) : writeWorkbook(sheets),
    ...{ name: `${row.number}.${format}`, type: types[format] },
  }
}
