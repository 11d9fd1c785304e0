import type { IncomingFile } from '../../../chat/incoming.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import { keptAs, type Question } from '../definition/definition.ts'
import { type Collection, definitionsOf } from '../records.ts'
import { type Answer, fewest, type QuestionTally, questionsOfAll, tallyOf, withoutFew } from './tally.ts'
import { tallyUnits, type UnitTally } from './tally-units.ts'

/** An answer that is somebody's. */
export interface NamedAnswer {
  person: string
  organisation: string | null
  values: Answer
  givenAt: string
}

/** Answers with names, by who gave them first; empty of what is anonymous. */
export async function namedAnswers(db: Reads, { row }: Collection): Promise<NamedAnswer[]> {
  const rows = await db
    .selectFrom('collection_answer')
    .selectAll()
    .where('collection', '=', row.id)
    .orderBy('given_at')
    .orderBy('id')
    .execute()
  return rows.map(({ person, organisation, content, given_at, changed_at }) => ({
    ...{ person, organisation, values: JSON.parse(content) as Answer, givenAt: changed_at ?? given_at },
  }))
}

async function ballotsOf(db: Reads, { row }: Collection): Promise<Answer[]> {
  const rows = await db
    .selectFrom('collection_ballot')
    .select('content')
    .where('collection', '=', row.id)
    .orderBy('id')
    .execute()
  return rows.map(({ content }) => JSON.parse(content) as Answer)
}

export async function countAnswers(db: Reads, { row }: Pick<Collection, 'row'>): Promise<number> {
  const table = row.anonymity === 'anonymous' ? 'collection_ballot' : 'collection_answer'
  const { count } = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll().as('count'))
    .where('collection', '=', row.id)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** What was answered, counted out. */
export interface CollectionTally {
  answers: number
  questions: QuestionTally[]
  /** By unit, of those that may stand beside the figures of all, the most first; empty of what is anonymous. */
  byUnit: UnitTally[]
  /** Answers of units that are not shown; 0 where no unit is. */
  rest: number
}

/**
 * Counts a collection out. Where others are not told whose an answer is, nothing is shown before it has ended, for whoever
 * watches the figures grow could tell; nor where too few answered. Then it gives why not.
 * @param handles Whether it is for who handles it, who reads named answers anyway.
 */
export async function readTally(
  db: Reads,
  collection: Collection,
  { handles, language }: { handles: boolean; language: Language },
): Promise<CollectionTally | 'not-ended' | 'too-few'> {
  const { row } = collection
  const isAnonymous = row.anonymity === 'anonymous'
  const isForHandlers = row.anonymity === 'handlers-only' && !handles
  const isHidden = isAnonymous || isForHandlers
  if (isHidden && row.state !== 'closed') return 'not-ended'
  const named = isAnonymous ? [] : await namedAnswers(db, collection)
  const all = isAnonymous ? await ballotsOf(db, collection) : named.map(({ values }) => values)
  if (isHidden && all.length < fewest) return 'too-few'
  const questions = questionsOfAll(await definitionsOf(db, row.id))
  const show = await shownBy(db, questions, all, language)
  const units = tallyUnits(questions, named)
  const names = await unitNames(
    db,
    units.map(({ organisation }) => organisation),
  )
  const counts = tallyOf(questions, all, show)
  const counted = isHidden ? withoutFew(counts) : counts
  const inUnits = units.reduce((sum, { answers }) => sum + answers, 0)
  return {
    answers: all.length,
    // What was written was promised to those alone who handle it.
    questions: isForHandlers ? counted.map((question) => ({ ...question, texts: [] })) : counted,
    // Of six answers five of a unit, beside those of all, tell the sixth: units are for who reads all of them.
    byUnit: (isForHandlers ? [] : units).map((unit) => ({
      ...unit,
      organisation: names.get(unit.organisation) ?? '',
    })),
    rest: units.length === 0 || isForHandlers ? 0 : all.length - inUnits,
  }
}

/** Names of organisations by id. */
export async function unitNames(db: Reads, ids: readonly string[]): Promise<Map<string, string>> {
  return namesIn(db, 'organisation', ids)
}

export async function namesIn(
  db: Reads,
  table: 'organisation' | 'person',
  ids: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const piece of inPieces([...new Set(ids)])) {
    const rows = await db.selectFrom(table).select(['id', 'name']).where('id', 'in', piece).execute()
    for (const { id, name } of rows) found.set(id, name)
  }
  return found
}

/** How values are read by people: names of people and units are looked up once for all answers. */
export async function shownBy(
  db: Reads,
  questions: readonly Question[],
  answers: readonly Answer[],
  language: Language,
): Promise<(question: Question, value: unknown) => string> {
  const idsOf = (types: readonly string[]) =>
    questions
      .filter(({ type }) => types.includes(type))
      .flatMap(({ name }) => answers.flatMap((answer) => listed(answer[name]).map(String)))
  const people = await namesIn(db, 'person', idsOf(['person', 'people']))
  const units = await unitNames(db, idsOf(['organisation']))
  const joint = language === 'en' ? ', ' : '、'
  return ({ type, options }, value) => {
    if (value === undefined || value === null) return ''
    if (type === 'person' || type === 'people') {
      return listed(value)
        .map((id) => people.get(String(id)) ?? '')
        .join(joint)
    }
    if (type === 'organisation') return units.get(String(value)) ?? ''
    if (type === 'file') {
      return (listed(value) as IncomingFile[]).map(({ name }) => name).join(joint)
    }
    if (type === 'checkbox')
      return translate(language, value === 'yes' ? 'forms:value.yes' : 'forms:value.no')
    const labelOf = (one: unknown) =>
      options.find((option) => keptAs(option) === one)?.[language] ?? String(one)
    return listed(value).map(labelOf).join(joint)
  }
}

const listed = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
