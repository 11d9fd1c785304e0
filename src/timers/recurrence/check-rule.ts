import { IANAZone } from 'luxon'
import { z } from 'zod'
import { PlainError } from '../../messages/plain-error.ts'
import { dayOf, isDay } from '../calendar/day.ts'
import { nextOccurrence, occurrencesFrom, type Place } from './occurrences.ts'
import { numbersOf, readRruleParts, untilOf } from './rrule-parts.ts'
import { onDayOff, type Period, periods, type Rule } from './rule.ts'

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
const day = z.string().max(10)
const localTime = z.string().max(16)

/** The shape of a rule as it is kept; what it means is for `checkRule`. */
const ruleSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('once'), at: localTime }),
  z.strictObject({
    ...{ type: z.literal('rrule'), rrule: z.string().min(1).max(500), from: localTime },
    onDayOff: z.enum(onDayOff),
  }),
  z.strictObject({
    ...{ type: z.literal('working-day'), period: z.enum(periods), nth: z.int() },
    ...{ time: timeOfDay, from: day, until: day.nullable() },
  }),
  z.strictObject({
    ...{ type: z.literal('before'), days: z.int(), working: z.boolean() },
    ...{ target: day, time: timeOfDay, from: day },
  }),
])

/** No period has more working days: a week that is made up for has seven days. */
const mostWorkingDays: Record<Period, number> = {
  ...{ week: 7, month: 31, quarter: 92, 'half-year': 184, year: 366 },
}
/** How far before a day is counted; further back lies another matter. */
const mostDaysBefore = 400

/** A rule that holds, and what whoever makes it should hear of it. */
export interface CheckedRule {
  rule: Rule
  /** `recurrence:over`: all its times have passed; null: nothing. */
  warning: 'recurrence:over' | null
}

/**
 * Whether something can happen by a rule: its shape, its days, how often, and whether it ever comes.
 * @param given as kept, or as a form or a model made it.
 * @throws PlainError that says what is wrong.
 */
export function checkRule(given: unknown, place: Place, now: Date): CheckedRule {
  const parsed = ruleSchema.safeParse(given)
  if (!parsed.success) throw new PlainError('recurrence:wrong.shape')
  const rule: Rule = parsed.data
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(place.zone) || !IANAZone.isValidZone(place.zone)) {
    throw new PlainError('recurrence:wrong.zone', { zone: place.zone.slice(0, 60) })
  }
  if (rule.type === 'once') requireLocalTime(rule.at)
  else if (rule.type === 'rrule') checkRrule(rule)
  else if (rule.type === 'working-day') checkPeriods(rule)
  else checkTarget(rule)
  if (occurrencesFrom(rule, place, now, 1).length > 0) return { rule, warning: null }
  if (nextOccurrence(rule, place, null) === null) throw new PlainError('recurrence:wrong.never')
  return { rule, warning: 'recurrence:over' }
}

function checkRrule(rule: Extract<Rule, { type: 'rrule' }>): void {
  requireLocalTime(rule.from)
  const parts = readRruleParts(rule.rrule)
  const until = untilOf(parts)
  if (until !== null && until < rule.from) {
    throw new PlainError('recurrence:wrong.end', { end: until.slice(0, 10), start: rule.from.slice(0, 10) })
  }
  const isMoved = rule.onDayOff === 'next-working-day' || rule.onDayOff === 'previous-working-day'
  const severalADay = parts.get('FREQ') === 'HOURLY' || numbersOf(parts, 'BYHOUR').length > 1
  // Moved onto a day that has its own, they would come in another order than they are named in.
  if (isMoved && severalADay) throw new PlainError('recurrence:wrong.several-moved')
}

function checkPeriods({ period, nth, from, until }: Extract<Rule, { type: 'working-day' }>): void {
  requireDay(from)
  if (until !== null) requireDay(until)
  if (until !== null && until < from) {
    throw new PlainError('recurrence:wrong.end', { end: until, start: from })
  }
  if (nth === 0 || Math.abs(nth) > mostWorkingDays[period]) {
    throw new PlainError('recurrence:wrong.nth', { most: mostWorkingDays[period] })
  }
}

function checkTarget({ days, target, from }: Extract<Rule, { type: 'before' }>): void {
  requireDay(from)
  if (days < 0 || days > mostDaysBefore) {
    throw new PlainError('recurrence:wrong.days-before', { most: mostDaysBefore })
  }
  // A leap year has every day that any year has.
  requireDay(/^\d\d-\d\d$/.test(target) ? `2024-${target}` : target, target)
}

function requireDay(text: string, shown = text): void {
  if (!isDay(text)) throw new PlainError('recurrence:wrong.day', { day: shown.slice(0, 40) })
}

function requireLocalTime(text: string): void {
  const [, y, m, d, time] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)$/.exec(text) ?? []
  const isRight = dayOf(Number(y), Number(m), Number(d)) !== null && timeOfDay.safeParse(time).success
  if (!isRight) throw new PlainError('recurrence:wrong.day', { day: text.slice(0, 40) })
}
