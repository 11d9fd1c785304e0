import { DateTime } from 'luxon'
import { PlainError } from '../../../messages/plain-error.ts'
import { type Day, dayIn, isDay, weekdayOf } from '../../../timers/calendar/day.ts'
import { parseTimeOfDay, type TimeOfDay } from '../../../timers/calendar/parse-time-of-day.ts'
import { kindOfDay, type WorkCalendar } from '../../../timers/calendar/work-calendar.ts'
import { workingDayAfter } from '../../../timers/calendar/working-days.ts'
import type { Span } from '../../../timers/calendar/working-hours.ts'
import type { Resource } from '../records.ts'

/** When somebody wants to come, by the clock of the resource's place. */
export interface Wish {
  day: Day
  from: TimeOfDay
  to: TimeOfDay
  people: number
}

/** The same as instants. */
export interface Wanted {
  day: Day
  starts_at: string
  ends_at: string
  people: number
}

/** Nobody plans further ahead, and no calendar is known so far. */
const farthestDays = 400

/** Who asks: those who answer for a resource enter what was agreed with them, however short the time. */
export interface Asking {
  now: Date
  /** Of the resource's organisation. */
  calendar: WorkCalendar
  /** Whether the days between do not count. Default false. */
  atShortNotice?: boolean
}

/**
 * Whether a resource is to be had then, as far as its rules say; what others have booked is not looked at. Throws
 * PlainError `resources:refused.*` with what holds instead.
 */
export function checkWish({ row, hours, closed }: Resource, wish: Wish, asking: Asking): Wanted {
  const { now, calendar, atShortNotice = false } = asking
  const zone = row.time_zone
  if (row.state !== 'open') throw refused('not-open', { title: row.title })
  const { day, from, to, people } = readWish(wish)
  if (!(from < to)) throw refused('end-before-start')
  if (people > row.most_people) throw refused('too-many', { most: row.most_people })
  const starts = instantOf(day, from, zone)
  const ends = instantOf(day, to, zone)
  if (starts <= now) throw refused('past')
  if (starts.getTime() - now.getTime() > farthestDays * 86_400_000) throw refused('too-far')
  if (!atShortNotice && row.lead_days > 0) {
    const first = workingDayAfter(calendar, dayIn(zone, now), row.lead_days).day
    if (day < first) throw refused('too-soon', { days: row.lead_days, first })
  }
  if (closed.has(day)) throw refused('closed-day', { day })
  const spans = spansOn({ row, hours }, day, calendar)
  if (spans.length === 0) {
    const { name, working } = kindOfDay(calendar, day)
    throw row.on_working_days === 1 && !working && name !== ''
      ? refused('holiday', { day, name })
      : refused('not-that-day', { day })
  }
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  if (!spans.some((span) => span.from <= begin && end <= span.to)) {
    throw refused('outside-hours', { hours: spans.map(showSpan).join('、') })
  }
  return { day, starts_at: starts.toISOString(), ends_at: ends.toISOString(), people }
}

/** The stretches of a day at which a resource is open, own closed days not counted. */
export function spansOn(
  { row, hours }: Pick<Resource, 'row' | 'hours'>,
  day: Day,
  calendar: WorkCalendar,
): readonly Span[] {
  const weekday = weekdayOf(day)
  const usual = hours.get(weekday) ?? []
  if (row.on_working_days === 0) return usual
  const { working } = kindOfDay(calendar, day)
  // A Saturday that is worked for a holiday has the hours of a working day, and a working day off has none.
  if (working && weekday > 5 && usual.length === 0) return hours.get(1) ?? [...hours.values()][0] ?? []
  if (!working && weekday <= 5) return []
  // An own day or a holiday on a weekend closes it as well; an ordinary weekend does not.
  return !working && kindOfDay(calendar, day).by !== 'week' ? [] : usual
}

/** What was typed, as it is compared; `9:00` and `09:00` are the same. */
function readWish({ day, from, to, people }: Wish): Wish {
  const [begin, end] = [from, to].map((text) => (text.trim() === '24:00' ? '24:00' : parseTimeOfDay(text)))
  if (!isDay(day)) throw refused('no-day')
  if (!begin || !end) throw refused('no-time')
  if (!Number.isInteger(people) || people < 1) throw refused('no-people')
  return { day, from: begin, to: end, people }
}

/** Throws where a change of clocks leaves the time out. */
function instantOf(day: Day, time: TimeOfDay, zone: string): Date {
  const isMidnight = time === '24:00'
  const local = DateTime.fromISO(`${day}T${isMidnight ? '00:00' : time}`, { zone })
  if (!local.isValid || (!isMidnight && local.toFormat('HH:mm') !== time)) throw refused('no-time')
  return (isMidnight ? local.plus({ days: 1 }) : local).toJSDate()
}

function minutesOf(time: TimeOfDay): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

function showSpan({ from, to }: Span): string {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return `${clock(from)}–${clock(to)}`
}

/** Why a booking cannot be, as whoever asks reads it. */
export function refused(
  why:
    | ('not-open' | 'end-before-start' | 'too-many' | 'past' | 'too-far' | 'too-soon' | 'closed-day')
    | ('holiday' | 'not-that-day' | 'outside-hours' | 'no-day' | 'no-time' | 'no-people' | 'taken')
    | ('full-day' | 'queue-full' | 'too-many-open' | 'not-yours' | 'settled' | 'not-found' | 'sign-in')
    | ('own-time' | 'not-keeper' | 'contact' | 'consent' | 'too-often' | 'unit' | 'purpose'),
  values: Record<string, string | number> = {},
): PlainError {
  return new PlainError(`resources:refused.${why}`, values)
}
