import { addDays, type Day, lastDayOfMonth, monthOf, yearOf } from '../../timers/calendar/day.ts'
import type { Rule } from '../../timers/recurrence/rule.ts'

/**
 * A year is cut into as many periods of whole months as something is to be done: 4 are quarters, 8 are two months and one
 * in turn. A duty is done once in each.
 */

/** The last month of each period, 1 to 12. @param times 1 to 12. */
export function lastMonths(times: number): number[] {
  return Array.from({ length: times }, (_, at) => Math.ceil((12 * (at + 1)) / times))
}

/** The period in which a day lies. */
export function periodOf(day: Day, times: number): { first: Day; last: Day } {
  const months = lastMonths(times)
  const at = months.findIndex((month) => monthOf(day) <= month)
  const start = at > 0 ? (months[at - 1] ?? 0) + 1 : 1
  const month = (number: number) => `${yearOf(day)}-${String(number).padStart(2, '0')}-01`
  return { first: month(start), last: lastDayOfMonth(month(months[at] ?? 12)) }
}

/** The day after the period in which a day lies. */
export function nextPeriod(day: Day, times: number): Day {
  return addDays(periodOf(day, times).last, 1)
}

/** When whoever has a duty is reminded: in the last month of each period, from a day on. */
export function dutyRule(
  times: number,
  from: Day,
  { 'remind-on': day, 'remind-at': time }: { 'remind-on': number; 'remind-at': string },
): Rule {
  const rrule = `FREQ=YEARLY;BYMONTH=${lastMonths(times).join(',')};BYMONTHDAY=${day}`
  return { type: 'rrule', rrule, from: `${from}T${time}`, onDayOff: 'next-working-day' }
}
