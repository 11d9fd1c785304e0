import { type RawBuilder, sql } from 'kysely'
import type { Reads } from '../../../people/people.ts'
import { addDays, type Day } from '../../../timers/calendar/day.ts'
import type { Compared } from '../compared-figures.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind } from '../definition/schema.ts'
import { addTally, emptyTally, outcomes, type Tally } from './tally.ts'

/** What is counted of some records, by organisation (empty: nobody's) and day of China; without who took part. */
export type ComparedCounts = ReadonlyMap<string, ReadonlyMap<Day, Tally>>

/** Versions of a kind in which an outcome is reached by the same states. */
interface Reaching {
  kind: string
  /** Null: all there ever were. */
  versions: readonly number[] | null
  states: readonly string[]
}

// A day of China begins at 16:00 UTC of the day before; both databases cut texts alike, and dates each in its own way.
const dayOfUtc = sql<Day>`substr(submission.submitted_at, 1, 10)`
const isNextDay = sql<number>`case when substr(submission.submitted_at, 12, 2) >= '16' then 1 else 0 end`

/**
 * Counts what became of records in one statement, however many there are: tens of thousands of rows take longer to hand over
 * than to count.
 * @param kinds Names of the kinds that are among them.
 */
export async function countCompared(
  db: Reads,
  context: { kinds: Pick<SubmissionsContext['kinds'], 'everyVersion'> },
  compared: Compared,
  kinds: readonly string[],
): Promise<ComparedCounts> {
  const versions = context.kinds.everyVersion().filter(({ kind }) => kinds.includes(kind))
  const ways = outcomes.map((outcome) => ({ outcome, reaching: reachingOf(versions, outcome) }))
  // Each set of states is looked for once, though several outcomes or kinds have it.
  const sets = [...new Set(ways.flatMap(({ reaching }) => reaching.map(({ states }) => states.join(' '))))]
  const reached = db
    .selectFrom(compared)
    .leftJoin('submission_history', 'submission_history.submission', 'compared.submission')
    .groupBy('compared.submission')
    .select('compared.submission')
    .select((select) =>
      sets.map((set, at) =>
        select.fn
          .max<number>(
            select
              .case()
              .when('submission_history.to_state', 'in', set.split(' '))
              .then(sql.lit(1))
              .else(sql.lit(0))
              .end(),
          )
          .as(`reached_${at}`),
      ),
    )
    .as('reached')
  const rows = await db
    .selectFrom(reached)
    .innerJoin('submission', 'submission.id', 'reached.submission')
    .where('submission.sealed', '=', 0)
    .groupBy(['submission.organisation', dayOfUtc, isNextDay])
    .select(['submission.organisation', dayOfUtc.as('day'), isNextDay.as('next')])
    .select((select) => [
      select.fn.countAll<number | string>().as('number'),
      select.fn.sum<number | string | null>('submission.benefit').as('benefit'),
      select.fn.sum<number | string | null>('submission.expected').as('expected'),
      ...ways.map(({ outcome, reaching }) =>
        sql<number | string>`sum(${reachedBy(reaching, sets)})`.as(outcome),
      ),
    ])
    .execute()
  const counts = new Map<string, Map<Day, Tally>>()
  for (const row of rows) {
    const one = emptyTally()
    for (const outcome of ['number', 'expected', 'benefit', ...outcomes] as const) {
      one[outcome] = Number(row[outcome] ?? 0)
    }
    const days = counts.get(row.organisation ?? '') ?? new Map<Day, Tally>()
    counts.set(row.organisation ?? '', days)
    const day = Number(row.next) === 1 ? addDays(row.day, 1) : row.day
    // A day of China is of two rows.
    const tally = days.get(day) ?? emptyTally()
    addTally(tally, one)
    days.set(day, tally)
  }
  return counts
}

/**
 * Who sent in some of them, alone or together: ids by organisation (empty: nobody's) and by which of the times.
 * @param times First days, in their order; what is before all of them goes into the first.
 */
export async function takingPart(
  db: Reads,
  compared: Compared,
  times: readonly Day[],
): Promise<ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<string>>>> {
  const later = times.slice(1).map((day, at) => ({ at: at + 1, from: startOf(day) }))
  const cases = later
    .toReversed()
    .map(({ at, from }) => sql`when submission.submitted_at >= ${from} then ${sql.lit(at)}`)
  const time = cases.length === 0 ? sql<number>`0` : sql<number>`case ${sql.join(cases, sql` `)} else 0 end`
  const records = db
    .selectFrom(compared)
    .innerJoin('submission', 'submission.id', 'compared.submission')
    .where('submission.sealed', '=', 0)
    .select(['submission.organisation', time.as('time')])
    .distinct()
  const alone = await records.select('submission.author as person').execute()
  const together = await records
    .innerJoin('submission_author', 'submission_author.submission', 'submission.id')
    .where('submission_author.confirmed', '=', 1)
    .select('submission_author.person')
    .execute()
  const found = new Map<string, Map<number, Set<string>>>()
  for (const { organisation, time: at, person } of [...alone, ...together]) {
    if (person === null) continue
    const byTime = found.get(organisation ?? '') ?? new Map<number, Set<string>>()
    found.set(organisation ?? '', byTime)
    byTime.set(at, (byTime.get(at) ?? new Set()).add(person))
  }
  return found
}

function startOf(day: Day): string {
  return new Date(`${day}T00:00:00+08:00`).toISOString()
}

/** By which states of which kinds an outcome is reached, which may differ between versions of a kind. */
function reachingOf(kinds: readonly Kind[], outcome: (typeof outcomes)[number]): Reaching[] {
  return [...Map.groupBy(kinds, ({ kind }) => kind)].flatMap(([kind, versions]) => {
    const bySet = Map.groupBy(versions, ({ states }) =>
      Object.keys(states)
        .filter((state) => states[state]?.counts.includes(outcome))
        .sort()
        .join(' '),
    )
    return [...bySet]
      .filter(([set]) => set !== '')
      .map(([set, same]) => ({
        ...{ kind, states: set.split(' ') },
        versions: bySet.size === 1 ? null : same.map(({ version }) => version),
      }))
  })
}

/** 1 where a record has reached an outcome, else 0. */
function reachedBy(reaching: readonly Reaching[], sets: readonly string[]): RawBuilder<number> {
  if (reaching.length === 0) return sql`0`
  const cases = reaching.map(
    ({ kind, versions, states }) =>
      sql`when ${isOf(kind, versions)} then ${sql.ref(`reached.reached_${sets.indexOf(states.join(' '))}`)}`,
  )
  return sql`case ${sql.join(cases, sql` `)} else 0 end`
}

function isOf(kind: string, versions: readonly number[] | null): RawBuilder<boolean> {
  const isKind = sql`submission.kind = ${kind}`
  return versions === null
    ? sql`${isKind}`
    : sql`(${isKind} and submission.version in (${sql.join(versions)}))`
}
