import { sql } from 'kysely'
import type { FormValues } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import type { Reads } from '../../../people/people.ts'
import { addDays, type Day } from '../../../timers/calendar/day.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind } from '../definition/schema.ts'
import { appliedOf } from '../funds.ts'
import type { SealedCounts } from './suppress.ts'
import { emptyTally, outcomes, type Tally } from './tally.ts'

/** By organisation (empty: nobody's) and day of sending in. */
export type Tallies = ReadonlyMap<string, ReadonlyMap<Day, Tally>>

const page = 2000

function startOf(day: Day): string {
  return new Date(`${day}T00:00:00+08:00`).toISOString()
}

interface GatherOptions {
  /** Days of China, both included. */
  from: Day
  until: Day
  /** By its name; null: all. */
  kind: string | null
}

/** Counts what is not sealed, page by page by key: no more than a page of records is in memory. */
export async function gatherOpen(
  db: Reads,
  { kinds }: Pick<SubmissionsContext, 'kinds'>,
  { from, until, kind }: GatherOptions,
): Promise<Tallies> {
  const tallies = new Map<string, Map<Day, Tally>>()
  const [first, end] = [startOf(from), startOf(addDays(until, 1))]
  const forMoney = kinds.everyVersion().filter(({ applied }) => applied !== undefined)
  const asking = [...new Set(forMoney.map((one) => one.kind)), '']
  let last: { submitted_at: string; id: string } | undefined
  for (;;) {
    const after = last
    const rows = await db
      .selectFrom('submission')
      .select(['id', 'kind', 'version', 'organisation', 'author', 'submitted_at', 'benefit', 'expected'])
      .select(['granted', 'used'])
      // Texts of the few kinds that ask for money alone: to read all of them would take most of the time.
      .select((select) =>
        select.case().when('kind', 'in', asking).then(select.ref('content')).else('').end().as('asked'),
      )
      .where('sealed', '=', 0)
      .where('submitted_at', '>=', after?.submitted_at ?? first)
      .where('submitted_at', '<', end)
      .$if(kind !== null, (query) => query.where('kind', '=', kind ?? ''))
      .$if(after !== undefined, (query) =>
        query.where((where) =>
          where.or([
            where('submitted_at', '>', after?.submitted_at ?? ''),
            where('id', '>', after?.id ?? ''),
          ]),
        ),
      )
      .orderBy('submitted_at')
      .orderBy('id')
      .limit(page)
      .execute()
    const ids = rows.map(({ id }) => id)
    const [states, together] = [await statesOf(db, ids), await coAuthorsOf(db, ids)]
    for (const row of rows) {
      const tally = tallyAt(tallies, row.organisation ?? '', dayInChina(new Date(row.submitted_at)))
      const definition = kinds.of(row)
      const reached = new Set(
        (states.get(row.id) ?? []).flatMap((state) => definition.states[state]?.counts ?? []),
      )
      tally.number += 1
      for (const outcome of outcomes) if (reached.has(outcome)) tally[outcome] += 1
      tally.expected += row.expected ?? 0
      tally.benefit += row.benefit ?? 0
      tally.applied += appliedIn(definition, row.asked)
      tally.granted += row.granted ?? 0
      tally.accounted += row.used ?? 0
      if (row.author !== null) tally.people.add(row.author)
      for (const person of together.get(row.id) ?? []) tally.people.add(person)
    }
    last = rows.at(-1)
    if (rows.length < page) return tallies
  }
}

/** What a record's text asks for, in 元; 0 of what was erased, or asks for none. */
function appliedIn(kind: Pick<Kind, 'applied'>, content: string | null): number {
  if (content === null || content === '') return 0
  return appliedOf({ kind, values: JSON.parse(content) as FormValues }) ?? 0
}

function tallyAt(tallies: Map<string, Map<Day, Tally>>, organisation: string, day: Day): Tally {
  let days = tallies.get(organisation)
  if (!days) {
    days = new Map()
    tallies.set(organisation, days)
  }
  let tally = days.get(day)
  if (!tally) {
    tally = emptyTally()
    days.set(day, tally)
  }
  return tally
}

/** Every state that a record has been in: what was adopted once counts as adopted, wherever it stands now. */
async function statesOf(db: Reads, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('submission_history')
    .select(['submission', 'to_state'])
    .distinct()
    .where('submission', 'in', ids)
    .execute()
  const found = Map.groupBy(rows, ({ submission }) => submission)
  return new Map([...found].map(([id, list]) => [id, list.map(({ to_state }) => to_state)]))
}

async function coAuthorsOf(db: Reads, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('submission_author')
    .select(['submission', 'person'])
    .where('submission', 'in', ids)
    .where('confirmed', '=', 1)
    .execute()
  const found = Map.groupBy(rows, ({ submission }) => submission)
  return new Map([...found].map(([id, list]) => [id, list.map(({ person }) => person)]))
}

/**
 * How many sealed records each kind has, by organisation and month, in the whole years that the days touch: which
 * counts may be shown hangs on their neighbours.
 */
export async function gatherSealed(
  db: Reads,
  { from, until, kind }: GatherOptions,
): Promise<Map<string, SealedCounts>> {
  // A day of China begins at an hour of UTC, so that hours are enough, and far fewer than records.
  const hour = sql<string>`substr(submitted_at, 1, 13)`
  const rows = await db
    .selectFrom('submission')
    .select(['kind', 'organisation', hour.as('hour'), ({ fn }) => fn.countAll<number | string>().as('count')])
    .where('sealed', '=', 1)
    .where('submitted_at', '>=', startOf(`${from.slice(0, 4)}-01-01`))
    .where('submitted_at', '<', startOf(`${Number(until.slice(0, 4)) + 1}-01-01`))
    .$if(kind !== null, (query) => query.where('kind', '=', kind ?? ''))
    .groupBy(['kind', 'organisation', hour])
    .execute()
  const counts = new Map<string, Map<string, Map<string, number>>>()
  for (const row of rows) {
    const byOrganisation = counts.get(row.kind) ?? new Map<string, Map<string, number>>()
    const byMonth = byOrganisation.get(row.organisation ?? '') ?? new Map<string, number>()
    const month = dayInChina(new Date(`${row.hour}:00:00Z`)).slice(0, 7)
    byMonth.set(month, (byMonth.get(month) ?? 0) + Number(row.count))
    byOrganisation.set(row.organisation ?? '', byMonth)
    counts.set(row.kind, byOrganisation)
  }
  return counts
}
