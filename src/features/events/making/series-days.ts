import type { Problem } from '../../../forms/fields/refuse.ts'
import { addDays, type Day, monthsLater } from '../../../timers/calendar/day.ts'
import { parseDay } from '../../../timers/calendar/parse-day.ts'
import { kindOfDay, type WorkCalendar } from '../../../timers/calendar/work-calendar.ts'
import { namesIn } from './plain-line.ts'

export const mostOfSeries = 60

export const repeats = ['weekly', 'fortnightly', 'monthly', 'workdays', 'list'] as const

export type Repeat = (typeof repeats)[number]

export interface SeriesRule {
  repeat: Repeat
  /** Of the first event. */
  first: Day
  /** How many events in all; null: until `last`. */
  times: number | null
  /** The last day that there may be one; null: `times` says it. */
  last: Day | null
  /** The other days of a list. */
  days: readonly Day[]
}

/**
 * The days of a series, in order. Every month: the same day of the month, or its last where it has none such. Every
 * working day: by the calendar of the organisation, from the first working day on.
 */
export function daysOfSeries(
  rule: SeriesRule,
  calendar: WorkCalendar,
): { days: Day[] } | { problem: Problem } {
  const { repeat, first, times, last } = rule
  if (repeat === 'list') {
    const days = [...new Set([first, ...rule.days])].sort()
    if (days[0] !== first) return refused('series-before', { first })
    return counted(days)
  }
  if (times === null && last === null) return refused('series-end', {})
  if (last !== null && last < first) return refused('series-last', { first })
  const days: Day[] = []
  const nth = (at: number): Day => {
    if (repeat === 'monthly') return monthsLater(first, at)
    return addDays(first, repeat === 'weekly' ? at * 7 : repeat === 'fortnightly' ? at * 14 : at)
  }
  // One more than may be, to know that there are too many.
  const wanted = Math.min(times ?? Number.POSITIVE_INFINITY, mostOfSeries + 1)
  for (let at = 0; days.length < wanted && at < 4000; at += 1) {
    const day = nth(at)
    if (last !== null && day > last) break
    if (repeat !== 'workdays' || kindOfDay(calendar, day).working) days.push(day)
  }
  return counted(days)
}

/** Days as they are typed, one a line or parted by commas. */
export function readDays(text: string, today: Day): { days: Day[] } | { problem: Problem } {
  const days: Day[] = []
  for (const piece of namesIn(text)) {
    const day = parseDay(piece, today)
    if (day === null) return refused('series-day', { text: piece.slice(0, 40) })
    days.push(day)
  }
  return { days }
}

function counted(days: Day[]): { days: Day[] } | { problem: Problem } {
  if (days.length < 2) return refused('series-short', {})
  return days.length > mostOfSeries ? refused('series-long', { most: mostOfSeries }) : { days }
}

function refused(key: string, values: Problem['values']): { problem: Problem } {
  return { problem: { key: `making:problem.${key}`, values } }
}
