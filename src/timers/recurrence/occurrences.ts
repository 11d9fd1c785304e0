import { addDays, type Day, dayIn, isDay, lastDayOfMonth, yearOf } from '../calendar/day.ts'
import { kindOfDay, type WorkCalendar } from '../calendar/work-calendar.ts'
import { type CountedDay, nextWorkingDay, workingDayBefore } from '../calendar/working-days.ts'
import { floatingTimes } from './floating-times.ts'
import { dayOfLocal, endOfDayBefore, instantOf, onDay } from './local-time.ts'
import { firstDayAfter, firstDayOf, workingDayOf } from './periods.ts'
import type { LocalTime, OnDayOff, Rule } from './rule.ts'

/** One time at which a rule says that something happens. */
export interface Occurrence {
  /**
   * Names it whatever tables and zones become: made of the rule alone (the day that the rule names, the period), not of
   * the working day to which it was moved. Later occurrences have later keys, compared as text.
   */
  key: string
  local: LocalTime
  /** In the rule's zone. Where clocks skip the local time: as much later; where they pass it twice: the first time. */
  at: Date
  /** A year without a published table was counted. */
  provisional: boolean
}

/** By whose days and clocks a rule is counted. */
export interface Place {
  calendar: WorkCalendar
  /** IANA name. */
  zone: string
}

/** What a rule names, before a zone makes an instant of it. */
type Named = Omit<Occurrence, 'at'>

type RuleOf<Type extends Rule['type']> = Extract<Rule, { type: Type }>

/** For how many years a period with enough working days is looked for. */
const yearsSearched = 40
/** On how many days off in a row an RRULE may fall before no working day is expected any more. */
const mostDaysOff = 200
const lastYear = 2199

/** The first occurrence with a later key; null: there is none. @param after null: the first of all. */
export function nextOccurrence(rule: Rule, place: Place, after: string | null): Occurrence | null {
  for (const named of namedAfter(rule, place.calendar, after)) return toOccurrence(named, place)
  return null
}

/** Those at or after an instant, in their order, so many at most. */
export function occurrencesFrom(rule: Rule, place: Place, from: Date, most: number): Occurrence[] {
  const found: Occurrence[] = []
  let lastDay: Day = ''
  for (const named of namedAfter(rule, place.calendar, keyBefore(rule, place, from))) {
    // Several of one day may stand in another order than their keys, where days off moved them: the day is read to its end.
    if (found.length >= most && dayOfLocal(named.local) > lastDay) break
    const occurrence = toOccurrence(named, place)
    if (occurrence.at < from) continue
    found.push(occurrence)
    lastDay = dayOfLocal(named.local)
  }
  return found.toSorted((a, b) => a.at.getTime() - b.at.getTime()).slice(0, most)
}

function toOccurrence(named: Named, { zone }: Place): Occurrence {
  return { ...named, at: instantOf(named.local, zone) }
}

/** A key before those of all occurrences that may lie at or after an instant. */
function keyBefore(rule: Rule, { calendar, zone }: Place, from: Date): string | null {
  // A clock put forward at midnight carries a moment into the next day.
  const day = addDays(dayIn(zone, from), -1)
  if (rule.type === 'once') return null
  if (rule.type === 'rrule') {
    // Whatever the rule names on that working day or before it stays before that day's end.
    const start = rule.onDayOff === 'next-working-day' ? workingDayBefore(calendar, day).day : day
    return endOfDayBefore(start)
  }
  if (rule.type === 'working-day') return addDays(firstDayOf(rule.period, day), -1)
  return isDay(rule.target) ? null : `${yearOf(day) - 1}-12-31`
}

function namedAfter(rule: Rule, calendar: WorkCalendar, after: string | null): Iterable<Named> {
  if (rule.type === 'once') {
    return after === null || rule.at > after ? [{ key: rule.at, local: rule.at, provisional: false }] : []
  }
  if (rule.type === 'rrule') return ofRrule(rule, calendar, after)
  if (rule.type === 'working-day') return ofPeriods(rule, calendar, after)
  return ofTargets(rule, calendar, after)
}

function* ofRrule(rule: RuleOf<'rrule'>, calendar: WorkCalendar, after: string | null): Generator<Named> {
  const times = floatingTimes(rule.rrule, rule.from, after)
  let daysOff = 0
  let found = times.next()
  while (!found.done) {
    const key = found.value
    const day = dayOfLocal(key)
    const counted = moved(day, rule.onDayOff, calendar)
    if (counted) {
      daysOff = 0
      yield { key, local: onDay(key, counted.day), provisional: counted.provisional }
    } else if (++daysOff === mostDaysOff) return
    // Of a day that is left out no hour is looked at again.
    found = counted ? times.next() : times.next(`${day}T23:59`)
  }
}

/** The day on which it is sent; null: it is left out. */
function moved(day: Day, onDayOff: OnDayOff, calendar: WorkCalendar): CountedDay | null {
  if (onDayOff === 'send') return { day, provisional: false }
  const { working, provisional } = kindOfDay(calendar, day)
  if (working) return { day, provisional }
  if (onDayOff === 'skip') return null
  const to = onDayOff === 'next-working-day' ? nextWorkingDay(calendar, day) : workingDayBefore(calendar, day)
  return { day: to.day, provisional: provisional || to.provisional }
}

function* ofPeriods(
  { period, nth, time, from, until }: RuleOf<'working-day'>,
  calendar: WorkCalendar,
  after: string | null,
): Generator<Named> {
  let first = firstDayOf(period, from)
  if (after !== null && after >= first) first = firstDayAfter(period, firstDayOf(period, after))
  let inVain = 0
  for (let year = yearOf(first); year <= lastYear && inVain <= yearsSearched; inVain++) {
    for (; yearOf(first) === year; first = firstDayAfter(period, first)) {
      if (until !== null && first > until) return
      const counted = workingDayOf(calendar, period, first, nth)
      if (!counted || counted.day < from || (until !== null && counted.day > until)) continue
      inVain = 0
      yield { key: first, local: `${counted.day}T${time}`, provisional: counted.provisional }
    }
    year = yearOf(first)
  }
}

function* ofTargets(
  { days, working, target, time, from }: RuleOf<'before'>,
  calendar: WorkCalendar,
  after: string | null,
): Generator<Named> {
  const named = (day: Day): Named => {
    const counted = working
      ? workingDaysBefore(calendar, day, days)
      : { day: addDays(day, -days), provisional: false }
    return { key: day, local: `${counted.day}T${time}`, provisional: counted.provisional }
  }
  if (isDay(target)) {
    // One that lies before `from` is given too: it is for who runs it to say that it is over.
    if (after === null || target > after) yield named(target)
    return
  }
  const first = after === null ? yearOf(from) : Math.max(yearOf(from), yearOf(after))
  for (let year = first; year <= lastYear; year++) {
    const day = inYear(target, year)
    if (after !== null && day <= after) continue
    const one = named(day)
    if (dayOfLocal(one.local) >= from) yield one
  }
}

/** The n-th working day before a day; for 0 the day itself, or the working day before it. */
function workingDaysBefore(calendar: WorkCalendar, day: Day, days: number): CountedDay {
  if (days > 0) return workingDayBefore(calendar, day, days)
  const { working, provisional } = kindOfDay(calendar, day)
  if (working) return { day, provisional }
  const before = workingDayBefore(calendar, day)
  return { day: before.day, provisional: provisional || before.provisional }
}

/** `MM-DD` of a year; 29 February in years without one: the last of February. */
function inYear(monthAndDay: string, year: number): Day {
  const day = `${year}-${monthAndDay}`
  return isDay(day) ? day : lastDayOfMonth(`${day.slice(0, 8)}01`)
}
