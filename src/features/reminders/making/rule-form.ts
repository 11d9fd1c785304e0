import type { FormValues } from '../../../forms/definition.ts'
import { type Day, isDay } from '../../../timers/calendar/day.ts'
import { type OnDayOff, onDayOff, type Period, periods, type Rule } from '../../../timers/recurrence/rule.ts'

/** The usual ways in which something comes again, as the form offers them. */
export const rhythms = [
  ...(['once', 'workdays', 'daily', 'weekly', 'monthly', 'yearly'] as const),
  ...(['last-of-month', 'last-of-quarter', 'last-of-half-year', 'last-of-year'] as const),
  ...(['nth', 'before', 'words', 'rrule'] as const),
]

export type Rhythm = (typeof rhythms)[number]

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const lastOf: Partial<Record<Rhythm, Period>> = {
  ...{ 'last-of-month': 'month', 'last-of-quarter': 'quarter' },
  ...{ 'last-of-half-year': 'half-year', 'last-of-year': 'year' },
}

/** Those that may fall on a day off, about which the form asks. */
export const mayFallOnDayOff: ReadonlySet<string> = new Set(['daily', 'weekly', 'monthly', 'yearly', 'rrule'])

/** Those that begin and end, about which the form asks. */
export const hasSpan: ReadonlySet<string> = new Set(
  rhythms.filter((rhythm) => rhythm !== 'once' && rhythm !== 'before' && rhythm !== 'words'),
)

/**
 * The rule that a filled form means; null: what it needs is not there (yet).
 * @param read Reads a rule out of words, for the rhythm `words`.
 */
export function ruleOfValues(
  values: FormValues,
  today: Day,
  read: (text: string) => Rule | null,
): Rule | null {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '')
  const figure = (name: string, usual: number) => (typeof values[name] === 'number' ? values[name] : usual)
  const rhythm = text('rhythm') as Rhythm
  const time = text('time')
  const from = text('from') || today
  const until = text('until')
  if (rhythm === 'words') return read(text('words'))
  if (time === '') return null
  const period =
    lastOf[rhythm] ?? (rhythm === 'nth' ? periods.find((one) => one === text('period')) : undefined)
  if (period) {
    const nth = rhythm === 'nth' ? figure('nth', 0) : -1
    if (nth === 0) return null
    return { type: 'working-day', period, nth, time, from, until: until === '' ? null : until }
  }
  if (rhythm === 'once') return isDay(text('day')) ? { type: 'once', at: `${text('day')}T${time}` } : null
  if (rhythm === 'before') {
    const day = text('targetDay')
    if (!isDay(day)) return null
    const target = values.everyYear === true ? day.slice(5) : day
    const days = figure('daysBefore', 0)
    return { type: 'before', days, working: values.countWorking === true, target, time, from: today }
  }
  const rrule = rruleOf(rhythm, text, figure, values)
  if (rrule === null) return null
  const ends = until === '' ? '' : `;UNTIL=${until.replaceAll('-', '')}T235959`
  const off = onDayOff.find((one) => one === text('onDayOff')) ?? 'send'
  return {
    ...{ type: 'rrule', rrule: rrule + (/UNTIL=|COUNT=/.test(rrule) ? '' : ends), from: `${from}T${time}` },
    onDayOff: rhythm === 'workdays' ? 'skip' : off,
  }
}

function rruleOf(
  rhythm: Rhythm,
  text: (name: string) => string,
  figure: (name: string, usual: number) => number,
  values: FormValues,
): string | null {
  const every = (name: string) => (figure(name, 1) > 1 ? `;INTERVAL=${figure(name, 1)}` : '')
  switch (rhythm) {
    case 'workdays':
    case 'daily':
      return 'FREQ=DAILY'
    case 'weekly': {
      const chosen = Array.isArray(values.weekdays) ? values.weekdays.map(Number) : []
      const days = weekdays.filter((_, at) => chosen.includes(at + 1))
      return days.length === 0 ? null : `FREQ=WEEKLY${every('everyWeeks')};BYDAY=${days.join(',')}`
    }
    case 'monthly':
      return `FREQ=MONTHLY${every('everyMonths')};BYMONTHDAY=${figure('monthDay', 1)}`
    case 'yearly': {
      const day = text('yearDay')
      if (!isDay(day)) return null
      return `FREQ=YEARLY;BYMONTH=${Number(day.slice(5, 7))};BYMONTHDAY=${Number(day.slice(8))}`
    }
    case 'rrule':
      return text('rrule').replace(/^RRULE:/i, '') || null
    default:
      return null
  }
}

/** What the form holds of a rule, as it is typed: the other way round than `ruleOfValues`. */
export function valuesOfRule(rule: Rule): Record<string, string | string[]> {
  if (rule.type === 'once') {
    const [day = '', time = ''] = rule.at.split('T')
    return { rhythm: 'once', day, time }
  }
  if (rule.type === 'working-day') {
    const { period, nth, time, from, until } = rule
    const span = { time, from, until: until ?? '' }
    if (nth === -1 && period !== 'week') return { rhythm: `last-of-${period}`, ...span }
    return { rhythm: 'nth', period, nth: String(nth), ...span }
  }
  if (rule.type === 'before') {
    const everyYear = rule.target.length === 5
    return {
      ...{ rhythm: 'before', time: rule.time, daysBefore: String(rule.days) },
      ...{ countWorking: rule.working ? 'yes' : '', everyYear: everyYear ? 'yes' : '' },
      // A leap year: the 29th of February is one of the days.
      targetDay: everyYear ? `${leapYearFrom(rule.from)}-${rule.target}` : rule.target,
    }
  }
  return { ...valuesOfRrule(rule), onDayOff: rule.onDayOff }
}

function valuesOfRrule({ rrule, from: begins, onDayOff: off }: Extract<Rule, { type: 'rrule' }>) {
  const [from = '', time = ''] = begins.split('T')
  const [, bare = '', ends] = /^(.*?)(?:;UNTIL=(\d{8})T235959)?$/.exec(rrule) ?? []
  const until = ends === undefined ? '' : `${ends.slice(0, 4)}-${ends.slice(4, 6)}-${ends.slice(6)}`
  const span = { time, from, until }
  if (bare === 'FREQ=DAILY') return { rhythm: off === 'skip' ? 'workdays' : 'daily', ...span }
  const weekly = /^FREQ=WEEKLY(?:;INTERVAL=(\d{1,2}))?;BYDAY=((?:[A-Z]{2},?)+)$/.exec(bare)
  if (weekly) {
    const days = weekly[2]!.split(',').map((day) => String(weekdays.indexOf(day) + 1))
    if (!days.includes('0'))
      return { rhythm: 'weekly', everyWeeks: weekly[1] ?? '1', weekdays: days, ...span }
  }
  const monthly = /^FREQ=MONTHLY(?:;INTERVAL=(\d{1,2}))?;BYMONTHDAY=(\d{1,2})$/.exec(bare)
  if (monthly) {
    return { rhythm: 'monthly', everyMonths: monthly[1] ?? '1', monthDay: monthly[2]!, ...span }
  }
  const yearly = /^FREQ=YEARLY;BYMONTH=(\d{1,2});BYMONTHDAY=(\d{1,2})$/.exec(bare)
  if (yearly) {
    const [, month = '', day = ''] = yearly
    return {
      rhythm: 'yearly',
      yearDay: `${leapYearFrom(from)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
      ...span,
    }
  }
  return { rhythm: 'rrule', rrule, time, from, until: '' }
}

function leapYearFrom(day: Day): number {
  return Math.ceil(Number(day.slice(0, 4)) / 4) * 4
}

/** What is asked of those that may fall on a day off. */
export const daysOff: readonly OnDayOff[] = onDayOff

/** The weekdays of the form, from Monday. */
export const weekdayNumbers = ['1', '2', '3', '4', '5', '6', '7']
