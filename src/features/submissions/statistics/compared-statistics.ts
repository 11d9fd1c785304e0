import type { Reads } from '../../../people/people.ts'
import { addDays, type Day } from '../../../timers/calendar/day.ts'
import type { Compared } from '../compared-figures.ts'
import type { SubmissionsContext } from '../context.ts'
import { type ComparedCounts, countCompared, takingPart } from './gather-compared.ts'
import { readHeads } from './heads.ts'
import { type Period, partsOf } from './period.ts'
import type { CountingRules } from './rules.ts'
import type { Statistics } from './statistics.ts'
import { addTally, emptyTally, figuresOf } from './tally.ts'

/** What is compared, and between whom. */
export interface ComparedStatistics {
  /** What the figures are of, in place of an organisation. */
  title: string
  compared: Compared
  /** Names of the kinds that are among it. */
  kinds: readonly string[]
  /** `own`: what lies with an organisation itself. No organisation is within two of them. */
  units: readonly { name: string; own: boolean; within: ReadonlySet<string> }[]
  /** Days of China, both included; what was sent in before them is counted all the same. */
  from: Day
  until: Day
}

/** Days of which more would be too many rows by week, and months by month. */
const mostDaysByWeek = 93
const mostDaysByMonth = 1100

/**
 * The statistics of some records alone: what became of them, how many took part, and when they were sent in. Sealed ones are
 * never among them, so that no count has to be withheld.
 */
export async function readComparedStatistics(
  db: Reads,
  context: Pick<SubmissionsContext, 'kinds'>,
  rules: CountingRules,
  { title, compared, kinds, units, from, until }: ComparedStatistics,
): Promise<Statistics> {
  const counts = await countCompared(db, context, compared, kinds)
  const first = firstDayOf(counts, from)
  const period = { name: `${first}/${until}`, from: first, until }
  const times = timesOf(period)
  // What was sent in after all of them is within the total alone.
  const taking = await takingPart(db, compared, [...times.map((time) => time.from), addDays(until, 1)])
  const heads = await readHeads(db, rules)
  const open = { sealed: 0, withheld: false }
  /** @param at Which of the times; null: always. */
  const figures = (within: ReadonlySet<string>, at: number | null) => {
    const tally = emptyTally()
    const time = at === null ? undefined : times[at]
    for (const [organisation, days] of counts) {
      if (!within.has(organisation)) continue
      for (const [day, one] of days) {
        if (!time || (day >= time.from && day <= time.until)) addTally(tally, one)
      }
    }
    for (const [organisation, byTime] of taking) {
      if (!within.has(organisation)) continue
      for (const [then, people] of byTime) {
        if (at === null || then === at) for (const person of people) tally.people.add(person)
      }
    }
    return figuresOf(tally, open, heads.of(within, time?.until ?? until))
  }
  const whole = new Set(units.flatMap(({ within }) => [...within]))
  return {
    ...{ organisation: title, period, kind: null, rules, total: figures(whole, null) },
    byOrganisation: units.map(({ name, own, within }) => ({
      ...{ name, what: own ? 'own' : 'organisation', figures: figures(within, null) },
    })),
    byTime: times.map(({ name }, at) => ({ name, what: 'time', figures: figures(whole, at) })),
  }
}

function firstDayOf(counts: ComparedCounts, from: Day): Day {
  let first = from
  for (const days of counts.values()) for (const day of days.keys()) if (day < first) first = day
  return first
}

/** Weeks of a short time, months or years of a longer one. */
function timesOf(period: Period): Period[] {
  const { from, until } = period
  const days = (Date.parse(until) - Date.parse(from)) / 86_400_000
  if (days > mostDaysByWeek) return partsOf(period, days > mostDaysByMonth ? 'year' : 'month')
  const weeks: Period[] = []
  for (let day = from; day <= until; day = addDays(day, 7)) {
    const last = addDays(day, 6) < until ? addDays(day, 6) : until
    weeks.push({ name: `${day.slice(5)} – ${last.slice(5)}`, from: day, until: last })
  }
  return weeks
}
