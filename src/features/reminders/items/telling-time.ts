import { DateTime } from 'luxon'
import { addWorkingTime } from '../../../timers/calendar/add-working-time.ts'
import { addDays, type Day, dayIn } from '../../../timers/calendar/day.ts'
import { nextWorkingDay } from '../../../timers/calendar/working-days.ts'
import type { Holder } from './holders.ts'

type Reader = Pick<Holder, 'zone' | 'calendar'>

/**
 * Whether somebody may be told of something now: neither in its quiet hours nor on a day of their leave.
 * @param quiet `22:00-07:00` by the reader's clock; empty: at any time.
 */
export function mayTellNow(quiet: string, { zone, calendar }: Reader, now: Date): boolean {
  const today = dayIn(calendar.zone, now)
  const isAway = calendar.leave.some(({ first, last }) => first <= today && today <= last)
  return !isAway && quietUntil(quiet, zone, now) === null
}

/** When they may be told where they may not now: as they work again, and after the quiet hours. Always later than now. */
export function nextTelling(quiet: string, reader: Reader, now: Date): Date {
  const { at } = addWorkingTime(reader.calendar, new Date(now.getTime() + 1), { workingHours: 0 })
  return quietUntil(quiet, reader.zone, at) ?? at
}

/** The end of the quiet hours in which an instant lies; null: it lies in none. What is no such text is none. */
export function quietUntil(quiet: string, zone: string, now: Date): Date | null {
  const [, from = '', to = ''] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(quiet) ?? []
  if (from === to) return null
  const local = DateTime.fromJSDate(now, { zone })
  const time = local.toFormat('HH:mm')
  const overNight = from > to
  const isQuiet = overNight ? time >= from || time < to : time >= from && time < to
  if (!isQuiet) return null
  const [hour, minute] = to.split(':').map(Number) as [number, number]
  const day = overNight && time >= from ? local.plus({ days: 1 }) : local
  return day.set({ hour, minute, second: 0, millisecond: 0 }).toJSDate()
}

/** When somebody begins to work on a day by their clock, or would if they worked. */
export function openingOn(day: Day, { zone, calendar }: Reader): Date {
  const minutes = calendar.hours[0]?.from ?? 0
  return DateTime.fromISO(day, { zone })
    .set({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
    .toJSDate()
}

/** To when it can be put off by a press. */
export const delays = ['hour', 'tomorrow', 'working-day'] as const

export type Delay = (typeof delays)[number]

export function endOfDelay(delay: Delay, reader: Reader, now: Date): Date {
  if (delay === 'hour') return new Date(now.getTime() + 3_600_000)
  const today = dayIn(reader.zone, now)
  if (delay === 'tomorrow') return openingOn(addDays(today, 1), reader)
  return openingOn(nextWorkingDay(reader.calendar, today).day, reader)
}
