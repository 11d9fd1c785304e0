import { addDays, type Day, eachDay, lastDayOfMonth, monthOf } from './day.ts'
import { kindOfDay, type WorkCalendar } from './work-calendar.ts'

/** A day that was counted to; provisional where a day of a year without a published table was counted. */
export interface CountedDay {
  day: Day
  provisional: boolean
}

/** Farther than any count of working days goes; a calendar without working days is a defect. */
export const farthest = 40_000

/** The first working day after a day. */
export function nextWorkingDay(calendar: WorkCalendar, day: Day): CountedDay {
  return count(calendar, day, 1, 1)
}

/** The n-th working day after a day, from 1. */
export function workingDayAfter(calendar: WorkCalendar, day: Day, n: number): CountedDay {
  return count(calendar, day, n, 1)
}

/** The n-th working day before a day, from 1. */
export function workingDayBefore(calendar: WorkCalendar, day: Day, n = 1): CountedDay {
  return count(calendar, day, n, -1)
}

/** The last working day of the month in which a day lies. */
export function lastWorkingDayOfMonth(calendar: WorkCalendar, day: Day): CountedDay {
  return workingDayBefore(calendar, addDays(lastDayOfMonth(day), 1))
}

/** The last working day of the quarter in which a day lies. */
export function lastWorkingDayOfQuarter(calendar: WorkCalendar, day: Day): CountedDay {
  const monthsLeft = 2 - ((monthOf(day) - 1) % 3)
  return workingDayBefore(calendar, addDays(lastDayOfMonth(day, monthsLeft), 1))
}

/** How many of the days are working days, the first and the last one included. */
export function countWorkingDays(
  calendar: WorkCalendar,
  first: Day,
  last: Day,
): { days: number; provisional: boolean } {
  const kinds = [...eachDay(first, last)].map((day) => kindOfDay(calendar, day))
  return {
    days: kinds.filter(({ working }) => working).length,
    provisional: kinds.some(({ provisional }) => provisional),
  }
}

function count(calendar: WorkCalendar, from: Day, n: number, step: 1 | -1): CountedDay {
  let provisional = false
  let left = n
  let day = from
  for (let i = 0; left > 0; i++) {
    if (i === farthest) throw new RangeError(`${n} working days from ${from} are too many`)
    day = addDays(day, step)
    const kind = kindOfDay(calendar, day)
    provisional ||= kind.provisional
    if (kind.working) left--
  }
  return { day, provisional }
}
