import { DateTime, IANAZone } from 'luxon'
import { addDays } from '../calendar/day.ts'
import type { LocalTime } from './rule.ts'

const minute = 60_000
const day = 86_400_000

/**
 * The instant of a moment by the clock on the wall. Where clocks skip it (spring), it is as much later as they skip; where
 * they pass it twice (autumn), the first time. What the machine's own zone or the present day is makes no difference.
 * @param zone IANA name; one that there is not is a defect of the caller's.
 */
export function instantOf(local: LocalTime, zone: string): Date {
  const rules = IANAZone.create(zone)
  if (!rules.isValid) throw new RangeError(`${zone} is no zone`)
  const asUtc = Date.parse(`${local}:00Z`)
  // No zone changes its clocks twice within two days: one of these two holds, or neither in the hour that is skipped.
  const before = asUtc - rules.offset(asUtc - day) * minute
  const after = asUtc - rules.offset(asUtc + day) * minute
  const isRight = (instant: number) => instant + rules.offset(instant) * minute === asUtc
  if (isRight(before) || !isRight(after)) return new Date(before)
  return new Date(after)
}

/** What a clock of the zone shows at an instant, to the minute. */
export function localTimeOf(instant: Date, zone: string): LocalTime {
  return DateTime.fromJSDate(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm")
}

/** `YYYY-MM-DD` of a local time, and the rest of it. */
export function dayOfLocal(local: LocalTime): string {
  return local.slice(0, 10)
}

/** The same time of the day on another day. */
export function onDay(local: LocalTime, otherDay: string): LocalTime {
  return otherDay + local.slice(10)
}

/** The last local time of the day before a day: everything of the day and later comes after it. */
export function endOfDayBefore(someDay: string): LocalTime {
  return `${addDays(someDay, -1)}T23:59`
}
