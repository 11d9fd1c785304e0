import { addDays, type Day, monthsLater } from '../../timers/calendar/day.ts'
import { type Carrier, lastOutcomeOf } from './records.ts'
import type { CarrierRules } from './rules.ts'

/** About what somebody is told of their own accord: the contract ends, or nothing has come of it for long. */
export const matters = ['expiry', 'dormant'] as const

export type Matter = (typeof matters)[number]

/** One time at which it is told. */
export interface Stage {
  matter: Matter
  day: Day
  /** What it is counted by: the end of the contract, or the day of the last sign of life. Where this changes, it is another matter. */
  since: Day
}

/** What of a carrier decides when something is told. */
export type Watched = Pick<Carrier, 'outcomes'> & {
  row: Pick<Carrier['row'], 'state' | 'starts_on' | 'ends_on' | 'expiry_handled_for' | 'dormant_handled_on'>
}

/** So many months after the end nobody is told any more: a century of cards helps nobody. */
const mostMonths = 1200

/** The days on which a matter is told, in order; none where there is nothing to tell. */
function* stagesOf(watched: Watched, rules: CarrierRules, matter: Matter): Generator<Stage> {
  const { row } = watched
  if (row.state !== 'active') return
  if (matter === 'expiry') {
    const since = row.ends_on
    if (row.expiry_handled_for === since) return
    for (const days of rules.expiringDays.toSorted((one, other) => other - one)) {
      yield { matter, day: addDays(since, -days), since }
    }
    for (let month = 1; month <= mostMonths; month += 1) {
      yield { matter, day: monthsLater(since, month), since }
    }
    return
  }
  const since = lastSignOf(watched)
  for (let month = rules.dormantMonths; month <= mostMonths; month += 1) {
    const day = monthsLater(since, month)
    // After its end only the end is told.
    if (day > row.ends_on) return
    yield { matter, day, since }
  }
}

/** The last day on which something of it was heard. */
function lastSignOf(watched: Watched): Day {
  const { starts_on, dormant_handled_on } = watched.row
  return [starts_on, lastOutcomeOf(watched) ?? '', dormant_handled_on ?? ''].toSorted().at(-1) ?? starts_on
}

/** When a matter is told next, from a day on; null: not at all as things are. */
export function nextStage(watched: Watched, rules: CarrierRules, matter: Matter, from: Day): Stage | null {
  for (const stage of stagesOf(watched, rules, matter)) if (stage.day >= from) return stage
  return null
}

/** What is to be told by now: the latest time that has come; null: nothing. */
export function currentStage(
  watched: Watched,
  rules: CarrierRules,
  matter: Matter,
  today: Day,
): Stage | null {
  let latest: Stage | null = null
  for (const stage of stagesOf(watched, rules, matter)) {
    if (stage.day > today) break
    latest = stage
  }
  return latest
}

/** Whether it stands on the list of those that end soon or have ended, or of which nothing is heard. */
export function standingOf(watched: Watched, rules: CarrierRules, today: Day): Matter[] {
  return matters.filter((matter) => currentStage(watched, rules, matter, today) !== null)
}

/** The next day on which grades are asked for, today included. */
export function nextGradingDay({ gradingOn }: CarrierRules, today: Day): Day {
  const year = Number(today.slice(0, 4))
  // 29 February stands for the last of that month elsewhere.
  const dayIn = (of: number) => monthsLater(`2024-${gradingOn}`, (of - 2024) * 12)
  return dayIn(year) >= today ? dayIn(year) : dayIn(year + 1)
}
