import { DateTime } from 'luxon'
import { addDays, type Day, dayIn } from './day.ts'
import { kindOfDay, type WorkCalendar } from './work-calendar.ts'
import { farthest, workingDayAfter } from './working-days.ts'
import type { Span } from './working-hours.ts'

/** A length of working time: hours may have fractions, days are whole. */
export type WorkingTime = { workingHours: number } | { workingDays: number }

export interface CountedInstant {
  at: Date
  /** A day of a year without a published table was counted. */
  provisional: boolean
}

/**
 * The instant that lies a length of working time after another.
 *
 * Hours are those of the working hours alone: half an hour from Friday 17:15 (to 17:30) ends on Monday at 08:45.
 * n working days end at the same time of the clock on the n-th working day after; where that is outside of the working
 * hours, at the next opening: from Monday 12:30 one day gives Tuesday 13:30, from Monday 20:00 Wednesday 08:30. A day
 * off has no part in it: from Saturday 10:00 one day gives Monday 10:00. Nothing at all (0) gives the same instant,
 * or the next opening. The result is never before the same time of the clock and always within working hours, of
 * which the moment of closing is the last.
 */
export function addWorkingTime(calendar: WorkCalendar, from: Date, time: WorkingTime): CountedInstant {
  if ('workingHours' in time) {
    if (!(time.workingHours >= 0)) throw new RangeError(`${time.workingHours} working hours`)
    return addMilliseconds(calendar, from, Math.round(time.workingHours * 3_600_000))
  }
  const { workingDays } = time
  if (!(Number.isInteger(workingDays) && workingDays >= 0))
    throw new RangeError(`${workingDays} working days`)
  if (workingDays === 0) return addMilliseconds(calendar, from, 0)
  const local = DateTime.fromJSDate(from, { zone: calendar.zone })
  const { day, provisional } = workingDayAfter(calendar, local.toFormat('yyyy-MM-dd'), workingDays)
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const moved = addMilliseconds(calendar, local.set({ year, month, day: date }).toJSDate(), 0)
  return { at: moved.at, provisional: provisional || moved.provisional }
}

function addMilliseconds(calendar: WorkCalendar, from: Date, milliseconds: number): CountedInstant {
  let provisional = false
  let left = milliseconds
  let day = dayIn(calendar.zone, from)
  for (let i = 0; i < farthest; i++, day = addDays(day, 1)) {
    const kind = kindOfDay(calendar, day)
    provisional ||= kind.provisional
    if (!kind.working) continue
    for (const span of calendar.hours) {
      const { opens, closes } = instantsOf(calendar.zone, day, span)
      const begin = Math.max(opens, from.getTime())
      if (begin > closes) continue
      if (left <= closes - begin) return { at: new Date(begin + left), provisional }
      left -= closes - begin
    }
  }
  throw new RangeError(`${milliseconds} ms of working time from ${from.toISOString()} are too much`)
}

/** What `instantsOf` has found: thousands of timers that are set at once count by the same few days. */
const known = new Map<string, { opens: number; closes: number }>()
const mostKnown = 1000

/** A span of a day as instants: where the clocks change within, it is longer or shorter than by the clock. */
function instantsOf(zone: string, day: Day, { from, to }: Span): { opens: number; closes: number } {
  const key = `${zone} ${day} ${from} ${to}`
  const found = known.get(key)
  if (found) return found
  const at = (minutes: number) =>
    DateTime.fromISO(minutes === 1440 ? addDays(day, 1) : day, { zone })
      .set({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 })
      .toMillis()
  const instants = { opens: at(from), closes: at(to) }
  if (known.size >= mostKnown) known.clear()
  known.set(key, instants)
  return instants
}
