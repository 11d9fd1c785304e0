import type { Day } from '../calendar/day.ts'

/** A moment by the clock on the wall, `YYYY-MM-DDTHH:MM`, in the zone of whatever has the rule; they compare as text. */
export type LocalTime = string

/** `HH:MM`. */
export type TimeOfDay = string

export const periods = ['week', 'month', 'quarter', 'half-year', 'year'] as const

export type Period = (typeof periods)[number]

/** What becomes of a day of an RRULE on which nobody works. */
export const onDayOff = ['send', 'next-working-day', 'previous-working-day', 'skip'] as const

export type OnDayOff = (typeof onDayOff)[number]

/** When something happens again and again, or once. As JSON it is what is kept. */
export type Rule =
  | { type: 'once'; at: LocalTime }
  /** RFC 5545, without DTSTART and zone; `from` is the DTSTART. At most once an hour. */
  | { type: 'rrule'; rrule: string; from: LocalTime; onDayOff: OnDayOff }
  /** The n-th working day of each period, counted from its end where negative: `-1` is the last. Years begin in January. */
  | { type: 'working-day'; period: Period; nth: number; time: TimeOfDay; from: Day; until: Day | null }
  /** Days before (0: on the day itself) a day, or before the same day of every year (`MM-DD`). */
  | { type: 'before'; days: number; working: boolean; target: Day | string; time: TimeOfDay; from: Day }
