import { DateTime } from 'luxon'

/** A day of the Gregorian calendar, `YYYY-MM-DD`, without a zone; days compare as text. */
export type Day = string

const milliseconds = 86_400_000

/** The day as text, or null where the month or the year has no such day. Years 1900 to 2199. */
export function dayOf(year: number, month: number, day: number): Day | null {
  if (year < 1900 || year > 2199) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return date.toISOString().slice(0, 10)
}

/** Whether a text is a real day in the form `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  return dayOf(Number(year), Number(month), Number(day)) === text
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * milliseconds).toISOString().slice(0, 10)
}

/** From 1, Monday, to 7, Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(Date.parse(day)).getUTCDay() || 7
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

export function monthOf(day: Day): number {
  return Number(day.slice(5, 7))
}

/** The last day of the month of a day, or of one some months later. */
export function lastDayOfMonth(day: Day, monthsLater = 0): Day {
  return new Date(Date.UTC(yearOf(day), monthOf(day) + monthsLater, 0)).toISOString().slice(0, 10)
}

/** The same day some months later, the last of that month where it has none such. */
export function monthsLater(day: Day, months: number): Day {
  const last = lastDayOfMonth(day, months)
  return last.slice(0, 8) + (day.slice(8) < last.slice(8) ? day.slice(8) : last.slice(8))
}

/** Every day from the first to the last, both included. */
export function* eachDay(first: Day, last: Day): Generator<Day> {
  for (let day = first; day <= last; day = addDays(day, 1)) yield day
}

/** The day on which an instant falls in a zone (IANA name). */
export function dayIn(zone: string, instant: Date): Day {
  return DateTime.fromJSDate(instant, { zone }).toFormat('yyyy-MM-dd')
}

/** Made once: each that is made takes 70 µs and 30 KB that no garbage collector sees, which a long ledger would feel. */
const minutes = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Asia/Shanghai',
})

/** A moment as people in China read it, to the minute: `2026-03-01 16:30`. */
export function minuteInChina(instant: Date): string {
  return minutes.format(instant)
}
