import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { weekdayOf } from '../calendar/day.ts'
import { type DescribedLists, dayNames, monthNames, ordinal, timeText } from './described-lists.ts'
import { numbersOf, type RruleParts, readRruleParts, untilOf } from './rrule-parts.ts'
import type { OnDayOff, Period, Rule } from './rule.ts'

const periodKeys: Record<Period, string> = {
  week: 'recurrence:period.week',
  month: 'recurrence:period.month',
  quarter: 'recurrence:period.quarter',
  'half-year': 'recurrence:period.half-year',
  year: 'recurrence:period.year',
}

const dayOffKeys: Record<Exclude<OnDayOff, 'send'>, string> = {
  'next-working-day': 'recurrence:day-off.next',
  'previous-working-day': 'recurrence:day-off.previous',
  skip: 'recurrence:day-off.skip',
}

type RuleOf<Type extends Rule['type']> = Extract<Rule, { type: Type }>
type Say = (key: string, values?: Record<string, string | number>) => string

/**
 * A rule as people say it: 每季度最后一个工作日 9:00, “every Monday at 9:00”. An RRULE that nobody would say so is given as it
 * is written, with what happens on days off.
 */
export function describeRule(rule: Rule, language: Language): string {
  const say: Say = (key, values) => translate(language, key, values)
  if (rule.type === 'once') {
    const [day = '', time = ''] = rule.at.split('T')
    const weekday = dayNames([weekdayOf(day)], language)
    return say('recurrence:words.once', { day, weekday, time: timeText(time) })
  }
  if (rule.type === 'working-day') return describePeriods(rule, language, say)
  if (rule.type === 'before') return describeTarget(rule, language, say)
  return describeRrule(rule, language, say)
}

function describePeriods(rule: RuleOf<'working-day'>, language: Language, say: Say): string {
  const values = {
    period: say(periodKeys[rule.period]),
    nth: nthText(rule.nth, language, say),
    time: timeText(rule.time),
  }
  const text = say('recurrence:words.working-day', values)
  return rule.until === null ? text : say('recurrence:words.until', { rule: text, day: rule.until })
}

function describeTarget(rule: RuleOf<'before'>, language: Language, say: Say): string {
  const { days, working, target } = rule
  const [month = 0, dayOfMonth = 0] = target.slice(-5).split('-').map(Number)
  const day =
    target.length > 5
      ? target
      : say('recurrence:words.day-of-year', { month: monthNames([month], language), day: dayOfMonth })
  const values = { day, days, time: timeText(rule.time) }
  if (days === 0) return say(working ? 'recurrence:words.on-working-day' : 'recurrence:words.on-day', values)
  if (working) {
    return say(
      days === 1 ? 'recurrence:words.working-day-before' : 'recurrence:words.working-days-before',
      values,
    )
  }
  return say(days === 1 ? 'recurrence:words.day-before' : 'recurrence:words.days-before', values)
}

function describeRrule(rule: RuleOf<'rrule'>, language: Language, say: Say): string {
  const parts = readRruleParts(rule.rrule)
  const [fromDay = '', fromTime = ''] = rule.from.split('T')
  const hours = numbersOf(parts, 'BYHOUR')
  const minute = String(numbersOf(parts, 'BYMINUTE')[0] ?? Number(fromTime.slice(3))).padStart(2, '0')
  const times =
    hours.length > 0
      ? hours.map((hour) => `${hour}:${minute}`)
      : [timeText(`${fromTime.slice(0, 2)}:${minute}`)]
  const frequency = parts.get('FREQ')
  const isDaily = frequency === 'DAILY' && isPlain(parts, []) && Number(parts.get('INTERVAL') ?? 1) === 1
  const everyWorkingDay = isDaily && rule.onDayOff === 'skip'
  const when = everyWorkingDay
    ? say('recurrence:words.every-working-day')
    : daysOf(parts, fromDay, language, say)
  let text =
    when === null
      ? say('recurrence:words.rrule', { rrule: rule.rrule, time: timeText(fromTime) })
      : say('recurrence:words.at', { when, time: times.join(say('recurrence:words.comma')) })
  const until = untilOf(parts)
  const count = parts.get('COUNT')
  if (when !== null && until) text = say('recurrence:words.until', { rule: text, day: until.slice(0, 10) })
  if (when !== null && count) text = say('recurrence:words.count', { rule: text, count })
  if (rule.onDayOff === 'send' || everyWorkingDay) return text
  return say(dayOffKeys[rule.onDayOff], { rule: text })
}

/** The days of a rule in words; null: nobody would say it. */
function daysOf(parts: RruleParts, from: string, language: Language, say: Say): string | null {
  const lists: DescribedLists = { language, say }
  const interval = Number(parts.get('INTERVAL') ?? 1)
  const days = (parts.get('BYDAY') ?? '').split(',').filter((day) => day !== '')
  const every = (one: string, several: string) =>
    interval === 1 ? say(one) : say(several, { count: interval })
  switch (parts.get('FREQ')) {
    case 'DAILY':
      if (!isPlain(parts, [])) return null
      return every('recurrence:words.daily', 'recurrence:words.every-days')
    case 'WEEKLY': {
      if (!isPlain(parts, ['BYDAY'])) return null
      const numbers = days.length > 0 ? days.map(weekdayNumber) : [weekdayOf(from)]
      const values = { days: dayNames(numbers, language), count: interval }
      return say(interval === 1 ? 'recurrence:words.weekly' : 'recurrence:words.every-weeks', values)
    }
    case 'MONTHLY': {
      const day = dayOfMonth(parts, days, from, lists)
      if (day === null || parts.has('BYMONTH')) return null
      return say('recurrence:words.day-of', {
        period: every('recurrence:period.month', 'recurrence:words.every-months'),
        day,
      })
    }
    case 'YEARLY': {
      const months = numbersOf(parts, 'BYMONTH')
      const noDay = days.length > 0 && months.length === 0
      const day = noDay ? null : dayOfMonth(parts, days, from, lists)
      // Without a month, BYMONTHDAY means every month of the year.
      if (day === null || (parts.has('BYMONTHDAY') && months.length === 0)) return null
      const named = monthNames(months.length > 0 ? months : [Number(from.slice(5, 7))], language)
      const period = every('recurrence:period.year', 'recurrence:words.every-years')
      return say('recurrence:words.month-and-day', { period, months: named, day })
    }
    default:
      return null
  }
}

/** Which day of the month, where it is one by its number or one weekday by its place. */
function dayOfMonth(
  parts: RruleParts,
  days: string[],
  from: string,
  { language, say }: DescribedLists,
): string | null {
  if (!isPlain(parts, ['BYMONTH', 'BYMONTHDAY', 'BYDAY', 'BYSETPOS'])) return null
  const numbers = numbersOf(parts, 'BYMONTHDAY')
  if (days.length === 0 && !parts.has('BYSETPOS')) {
    const named = numbers.length > 0 ? numbers : [Number(from.slice(8))]
    if (named.length === 1 && named[0] === -1) return say('recurrence:words.last-day')
    if (named.some((number) => number < 0)) return null
    const all = named.map((number) => (language === 'en' ? ordinal(number) : String(number)))
    return say('recurrence:words.days', { days: all.join(say('recurrence:words.comma')) })
  }
  const [, place = parts.get('BYSETPOS'), day] = /^([+-]?\d+)?([A-Z]{2})$/.exec(days[0] ?? '') ?? []
  const isTwice = days[0]?.length !== 2 && parts.has('BYSETPOS')
  if (days.length !== 1 || numbers.length > 0 || !day || !/^[+-]?\d+$/.test(place ?? '') || isTwice)
    return null
  const nth = nthText(Number(place), language, say)
  return say('recurrence:words.nth-weekday', { nth, weekday: dayNames([weekdayNumber(day)], language) })
}

function nthText(nth: number, language: Language, say: Say): string {
  if (nth === -1) return say('recurrence:nth.last')
  const n = language === 'en' ? ordinal(Math.abs(nth)) : Math.abs(nth)
  return say(nth > 0 ? 'recurrence:nth.from-start' : 'recurrence:nth.from-end', { n })
}

/** Whether no parts choose days but these. */
function isPlain(parts: RruleParts, names: string[]): boolean {
  const known = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYHOUR', 'BYMINUTE', ...names]
  return [...parts.keys()].every((name) => known.includes(name))
}

function weekdayNumber(name: string): number {
  return ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'].indexOf(name) + 1
}
