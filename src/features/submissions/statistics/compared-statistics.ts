import type { Reads } from '../../../people/people.ts'
import { addDays, type Day } from '../../../timers/calendar/day.ts'
import type { Compared } from '../compared-figures.ts'
import type { SubmissionsContext } from '../context.ts'
import { gatherOpen, type Tallies } from './gather.ts'
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
  /** `own`: what lies with an organisation itself. No organisation is within two of them. */
  units: readonly { name: string; own: boolean; within: ReadonlySet<string> }[]
  /** Days of China, both included; what was sent in before them is counted all the same. */
  from: Day
  until: Day
}

/** Days of which more would be too many rows by week, and months by month. */
const mostDaysByWeek = 93
const mostDaysByMonth = 1100
const earliest: Day = '2000-01-01'
const latest: Day = '9998-12-31'

/**
 * The statistics of some records alone: what became of them, how many took part, and when they were sent in. Sealed ones are
 * never among them, so that no count has to be withheld.
 */
export async function readComparedStatistics(
  db: Reads,
  { kinds }: Pick<SubmissionsContext, 'kinds'>,
  rules: CountingRules,
  { title, compared, units, from, until }: ComparedStatistics,
): Promise<Statistics> {
  const days = { from: earliest, until: latest, kind: null, among: compared }
  const tallies = await gatherOpen(db, { kinds }, days)
  const heads = await readHeads(db, rules)
  const whole = new Set(units.flatMap(({ within }) => [...within]))
  const open = { sealed: 0, withheld: false }
  const figures = (within: ReadonlySet<string>, time: Pick<Period, 'from' | 'until'>) => {
    const tally = emptyTally()
    for (const [organisation, ofDays] of tallies) {
      if (!within.has(organisation)) continue
      for (const [day, one] of ofDays) if (day >= time.from && day <= time.until) addTally(tally, one)
    }
    return figuresOf(tally, open, heads.of(within, time.until < until ? time.until : until))
  }
  const all = { from: earliest, until: latest }
  const period = { name: `${from}/${until}`, from: firstDayOf(tallies, from), until }
  return {
    ...{ organisation: title, period: { ...period, name: `${period.from}/${until}` }, kind: null, rules },
    total: figures(whole, all),
    byOrganisation: units.map(({ name, own, within }) => ({
      ...{ name, what: own ? 'own' : 'organisation', figures: figures(within, all) },
    })),
    byTime: timesOf(period).map((time) => ({ name: time.name, what: 'time', figures: figures(whole, time) })),
  }
}

function firstDayOf(tallies: Tallies, from: Day): Day {
  let first = from
  for (const days of tallies.values()) for (const day of days.keys()) if (day < first) first = day
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
