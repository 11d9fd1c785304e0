import type { Day } from '../calendar/day.ts'
import type { LocalTime, OnDayOff, Period } from './rule.ts'

/** A rule of which the time of the day is not known yet. */
export type RuleDraft =
  | { type: 'rrule'; rrule: string; onDayOff: OnDayOff }
  | { type: 'working-day'; period: Period; nth: number; from?: Day; until?: Day }
  | { type: 'before'; days: number; working: boolean; target: string }
  /** @param again the day that is meant where the time of the first has passed; null: it stays. */
  | { type: 'once'; day: Day; again: Day | null }
  | { type: 'at'; at: LocalTime }

/** What a pattern found in a sentence. */
export interface Reading {
  draft: RuleDraft
  /** Nothing of it is a guess. */
  sure: boolean
}

/** When a sentence is read. */
export interface ReadingTime {
  today: Day
  /** By the clock of the zone. */
  now: LocalTime
}

/** A pattern, and what it means; null: it means nothing after all, the next ones are tried. */
export type SentencePattern = readonly [
  pattern: RegExp,
  read: (match: RegExpExecArray, time: ReadingTime) => Reading | null,
]

export const certain = (draft: RuleDraft): Reading => ({ draft, sure: true })
export const guess = (draft: RuleDraft): Reading => ({ draft, sure: false })

/** A rule of RFC 5545 by its parts; those that are undefined are left out. */
export function rruleOf(
  onDayOff: OnDayOff,
  parts: Record<string, string | number | undefined>,
): Extract<RuleDraft, { type: 'rrule' }> {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined)
  return { type: 'rrule', rrule: given.map(([name, value]) => `${name}=${value}`).join(';'), onDayOff }
}

export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** What is done with weekly days: a single one is made up for, several or days of rest are not. */
export function weeklyOf(codes: readonly string[], interval: number): RuleDraft {
  const rests = codes.some((code) => code === 'SA' || code === 'SU')
  const onDayOff = rests ? 'send' : codes.length > 1 ? 'skip' : 'next-working-day'
  const sorted = weekdayCodes.filter((code) => codes.includes(code)).join(',')
  return rruleOf(onDayOff, { FREQ: 'WEEKLY', INTERVAL: interval > 1 ? interval : undefined, BYDAY: sorted })
}
