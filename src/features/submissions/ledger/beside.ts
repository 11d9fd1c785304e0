import { listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import { rubricOf } from '../definition/rubric.ts'
import type { Submission } from '../records.ts'
import { outcomeOf } from '../review/score.ts'
import type { Beside } from './cells.ts'
import { type Column, fieldNamed } from './columns.ts'

/** Paths of all organisations, by id: there are hundreds at the most. */
export async function readOrganisations(db: Reads): Promise<ReadonlyMap<string, string>> {
  return new Map((await listOrganisations(db)).map(({ id, path }) => [id, path]))
}

/** What the cells of these records need, as far as the columns want it; one query each. */
export async function readBeside(
  db: Reads,
  submissions: readonly Submission[],
  columns: readonly { column: Column | null }[],
): Promise<Omit<Beside, 'organisations'>> {
  const wants = (...wanted: Column[]) =>
    columns.some(({ column }) => column !== null && wanted.includes(column))
  const ids = submissions.map(({ row }) => row.id)
  const coAuthors = wants('co-authors') ? await coAuthorsOf(db, ids) : new Map<string, string[]>()
  const people = peopleOf(submissions, columns)
  for (const list of coAuthors.values()) for (const person of list) people.add(person)
  return {
    coAuthors,
    people: await namesOf(db, people),
    reviews: wants('score', 'reviews') ? await reviewsOf(db, submissions) : new Map(),
    seconds: wants('seconds') ? await secondsOf(db, ids) : new Map(),
    numbers: wants('merged-into')
      ? await numbersOf(
          db,
          submissions.flatMap(({ row }) => row.merged_into ?? []),
        )
      : new Map(),
  }
}

function peopleOf(
  submissions: readonly Submission[],
  columns: readonly { column: Column | null }[],
): Set<string> {
  const people = new Set<string>()
  for (const { row, kind, values } of submissions) {
    for (const person of [row.handler, row.owner, row.verifier]) if (person !== null) people.add(person)
    for (const { column } of columns) {
      const field = column?.startsWith('field.') ? fieldNamed([kind], column.slice(6)) : undefined
      if (field?.type !== 'person' && field?.type !== 'people') continue
      const value = values[field.name]
      for (const id of Array.isArray(value) ? value : [value]) if (typeof id === 'string') people.add(id)
    }
  }
  return people
}

async function namesOf(db: Reads, people: ReadonlySet<string>): Promise<Map<string, string>> {
  if (people.size === 0) return new Map()
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...people])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function coAuthorsOf(db: Reads, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('submission_author')
    .select(['submission', 'person'])
    .where('submission', 'in', ids)
    .where('confirmed', '=', 1)
    .orderBy('person')
    .execute()
  const found = Map.groupBy(rows, ({ submission }) => submission)
  return new Map([...found].map(([id, list]) => [id, list.map(({ person }) => person)]))
}

/** The mean as it stands on the record's card, by its rubric. */
async function reviewsOf(db: Reads, submissions: readonly Submission[]): Promise<Beside['reviews']> {
  if (submissions.length === 0) return new Map()
  const ids = submissions.map(({ row }) => row.id)
  const rows = await db
    .selectFrom('submission_review')
    .select(['submission', 'reviewer', 'scores'])
    .where('submission', 'in', ids)
    .where('state', '=', 'given')
    .where('scores', 'is not', null)
    .execute()
  const given = Map.groupBy(rows, ({ submission }) => submission)
  const found: [string, { mean: number; given: number }][] = []
  for (const { row, kind } of submissions) {
    const rubric = rubricOf(kind, row.variety)
    const own = given.get(row.id) ?? []
    if (!rubric || own.length === 0) continue
    const reviews = own.map(({ reviewer, scores }) => ({
      reviewer,
      scores: JSON.parse(scores ?? '{}') as Record<string, number>,
    }))
    found.push([row.id, { mean: outcomeOf(rubric, reviews).mean ?? 0, given: own.length }])
  }
  return new Map(found)
}

async function secondsOf(db: Reads, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('submission_second')
    .select(['submission', ({ fn }) => fn.countAll<number | string>().as('count')])
    .where('submission', 'in', ids)
    .groupBy('submission')
    .execute()
  return new Map(rows.map(({ submission, count }) => [submission, Number(count)]))
}

async function numbersOf(db: Reads, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('submission').select(['id', 'number']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, number }) => [id, number]))
}
