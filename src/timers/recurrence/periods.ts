import { addDays, type Day, monthOf, weekdayOf, yearOf } from '../calendar/day.ts'
import { kindOfDay, type WorkCalendar } from '../calendar/work-calendar.ts'
import type { CountedDay } from '../calendar/working-days.ts'
import type { Period } from './rule.ts'

const months: Record<Exclude<Period, 'week'>, number> = { month: 1, quarter: 3, 'half-year': 6, year: 12 }

/** The first day of the period in which a day lies; weeks begin on Monday, years in January. */
export function firstDayOf(period: Period, day: Day): Day {
  if (period === 'week') return addDays(day, 1 - weekdayOf(day))
  const length = months[period]
  return monthStart(yearOf(day), Math.floor((monthOf(day) - 1) / length) * length)
}

/** The first day of the period after the one that begins on a day. */
export function firstDayAfter(period: Period, first: Day): Day {
  if (period === 'week') return addDays(first, 7)
  return monthStart(yearOf(first), monthOf(first) - 1 + months[period])
}

function monthStart(year: number, monthsOn: number): Day {
  return new Date(Date.UTC(year, monthsOn, 1)).toISOString().slice(0, 10)
}

/**
 * The n-th working day of the period that begins on a day, counted from its end where n is negative; null: it has fewer.
 * Provisional where a day was looked at whose year has no published table.
 */
export function workingDayOf(
  calendar: WorkCalendar,
  period: Period,
  first: Day,
  nth: number,
): CountedDay | null {
  const end = firstDayAfter(period, first)
  const step = nth > 0 ? 1 : -1
  let day = nth > 0 ? first : addDays(end, -1)
  let provisional = false
  for (let left = Math.abs(nth); first <= day && day < end; day = addDays(day, step)) {
    const kind = kindOfDay(calendar, day)
    provisional ||= kind.provisional
    if (kind.working) left--
    if (left === 0) return { day, provisional }
  }
  return null
}
