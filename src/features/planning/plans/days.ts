import { addDays, type Day, dayOf, monthOf, yearOf } from '../../../timers/calendar/day.ts'

/** Whether a text is `HH:MM`. */
export function isTimeOfDay(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)
}

/** The same day in another year; 29 February becomes the 28th where that year has none. */
export function inYear(day: Day, year: number): Day {
  return dayOf(year, monthOf(day), Number(day.slice(8))) ?? `${year}-02-28`
}

export function firstDayOf(year: number): Day {
  return `${year}-01-01`
}

/** The quarter of a plan's year that ended last, 1 to 4; null: none has. */
export function lastQuarter(year: number, today: Day): number | null {
  if (yearOf(today) > year) return 4
  if (yearOf(today) < year) return null
  return Math.floor((monthOf(today) - 1) / 3) || null
}

/** The later of two days. */
export function later(one: Day, other: Day): Day {
  return one > other ? one : other
}

/** The day after. */
export function after(day: Day): Day {
  return addDays(day, 1)
}
