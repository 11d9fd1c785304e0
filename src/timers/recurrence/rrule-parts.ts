import { DateTime } from 'luxon'
import { PlainError } from '../../messages/plain-error.ts'
import { isDay } from '../calendar/day.ts'
import type { LocalTime } from './rule.ts'

/** The parts of an RRULE by their names, in upper case and in the order in which they were given. */
export type RruleParts = ReadonlyMap<string, string>

/** More would let the evaluation take long, and nobody counts so far. */
const mostTimes = 5_000

const weekday = '(?:MO|TU|WE|TH|FR|SA|SU)'
const list = (one: string) => new RegExp(`^${one}(?:,${one})*$`)
const upTo = (most: number, least = 1) => {
  const isOne = (one: string) => /^[+-]?\d{1,3}$/.test(one) && Math.abs(Number(one)) <= most
  return (text: string) =>
    text.split(',').every((one) => isOne(one) && (least < 0 ? Number(one) !== 0 : Number(one) >= least))
}

/** What each part may be, by RFC 5545 section 3.3.10; what is not here is refused. */
const allowed: Record<string, (value: string) => boolean> = {
  FREQ: (value) => /^(?:YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)$/.test(value),
  INTERVAL: (value) => /^[1-9]\d{0,3}$/.test(value),
  COUNT: (value) => /^[1-9]\d{0,3}$/.test(value) && Number(value) <= mostTimes,
  UNTIL: (value) => isUntil(value),
  BYMONTH: upTo(12),
  BYMONTHDAY: upTo(31, -31),
  BYYEARDAY: upTo(366, -366),
  BYWEEKNO: upTo(53, -53),
  BYSETPOS: upTo(366, -366),
  BYDAY: (value) => list(`(?:[+-]?\\d{1,2})?${weekday}`).test(value) && !/(?<!\d)[+-]?0+[A-Z]/.test(value),
  BYHOUR: upTo(23, 0),
  BYMINUTE: upTo(59, 0),
  BYSECOND: (value) => value === '0' || value === '00',
  WKST: (value) => new RegExp(`^${weekday}$`).test(value),
}

/** More of its periods between two times is a slip of the hand: nothing is kept for a hundred years. */
const longestInterval: Readonly<Record<string, number>> = { YEARLY: 100, MONTHLY: 1200, WEEKLY: 5200 }

/** Which parts make no sense with which frequency, by the table of the same section. */
const senseless: [part: string, frequencies: string[]][] = [
  ['BYMONTHDAY', ['WEEKLY']],
  ['BYYEARDAY', ['DAILY', 'WEEKLY', 'MONTHLY']],
  ['BYWEEKNO', ['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY']],
]

/**
 * Reads the value of an RRULE.
 * @throws PlainError where it is none, has parts that go together badly, or fires oftener than once an hour.
 */
export function readRruleParts(rrule: string): RruleParts {
  const parts = new Map<string, string>()
  for (const part of rrule
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .replace(/;$/, '')
    .split(';')) {
    const [name = '', value = '', ...more] = part.split('=').map((piece) => piece.trim())
    const shown = { part: part.slice(0, 60) }
    if (name === 'DTSTART') throw new PlainError('recurrence:wrong.start-inside')
    refuseTooOften(name, value)
    if (more.length > 0 || parts.has(name) || !allowed[name]?.(value)) {
      throw new PlainError('recurrence:wrong.part', shown)
    }
    // Zero seconds say nothing.
    if (name !== 'BYSECOND') parts.set(name, value)
  }
  const frequency = parts.get('FREQ')
  if (frequency === undefined) throw new PlainError('recurrence:wrong.no-frequency')
  const interval = parts.get('INTERVAL') ?? '1'
  if (Number(interval) > (longestInterval[frequency] ?? Number.POSITIVE_INFINITY)) {
    throw new PlainError('recurrence:wrong.part', { part: `INTERVAL=${interval}` })
  }
  if (parts.has('COUNT') && parts.has('UNTIL')) throw new PlainError('recurrence:wrong.two-ends')
  for (const [part, frequencies] of senseless) {
    if (parts.has(part) && frequencies.includes(frequency)) throw togetherBadly(part, frequency)
  }
  const hasNumber = /\d/.test(parts.get('BYDAY') ?? '')
  if (hasNumber && (!['YEARLY', 'MONTHLY'].includes(frequency) || parts.has('BYWEEKNO'))) {
    throw togetherBadly('BYDAY', frequency)
  }
  refuseBeyond(parts)
  const others = [...parts.keys()].filter((name) => name.startsWith('BY') && name !== 'BYSETPOS')
  if (parts.has('BYSETPOS') && others.length === 0) throw togetherBadly('BYSETPOS', frequency)
  return parts
}

/**
 * Of each weekday a month has five at most. A year has always 52; a 53rd, which few have, the evaluation would take from the
 * next year.
 */
function refuseBeyond(parts: RruleParts): void {
  const value = parts.get('BYDAY') ?? ''
  const most = parts.get('FREQ') === 'MONTHLY' || parts.has('BYMONTH') ? 5 : 52
  if ([...value.matchAll(/\d+/g)].some(([place]) => Number(place) > most)) {
    throw new PlainError('recurrence:wrong.part', { part: `BYDAY=${value}`.slice(0, 60) })
  }
}

function refuseTooOften(name: string, value: string): void {
  const isOften =
    (name === 'FREQ' && (value === 'SECONDLY' || value === 'MINUTELY')) ||
    (name === 'BYSECOND' && !allowed.BYSECOND!(value)) ||
    (name === 'BYMINUTE' && value.includes(','))
  if (isOften) throw new PlainError('recurrence:wrong.too-often')
}

function togetherBadly(part: string, frequency: string): PlainError {
  return new PlainError('recurrence:wrong.together', { part, frequency })
}

function isUntil(value: string): boolean {
  const [, y, m, d, h = '00', min = '00', s = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(value) ?? []
  return isDay(`${y}-${m}-${d}`) && Number(h) < 24 && Number(min) < 60 && Number(s) < 60
}

/** The UNTIL of a rule as a local time, a day as its last minute; null: it has none. */
export function untilOf(parts: RruleParts): LocalTime | null {
  const [, y, m, d, h = '23', min = '59'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d))?/.exec(parts.get('UNTIL') ?? '') ?? []
  return y === undefined ? null : `${y}-${m}-${d}T${h}:${min}`
}

/** The numbers of a part, in order; empty where it is not there. */
export function numbersOf(parts: RruleParts, name: string): number[] {
  const value = parts.get(name)
  if (value === undefined) return []
  return [...new Set(value.split(',').map(Number))].toSorted((a, b) => a - b)
}

/** An RRULE as people paste it. */
export interface PastedRrule {
  /** Parts alone; its UNTIL by the clock of the zone. */
  rrule: string
  /** What its DTSTART said; null: it had none. */
  from: LocalTime | null
}

/**
 * Reads `RRULE:FREQ=…`, the value alone, or the lines of a calendar file with DTSTART, which is taken over.
 * @param zone the zone whose clock counts: what is given in UTC is told by it, another zone is refused.
 * @throws PlainError where it is no rule, or holds more than one (EXDATE, RDATE).
 */
export function readPastedRrule(text: string, zone: string): PastedRrule {
  let rrule: string | null = null
  let from: LocalTime | null = null
  // Calendar files fold long lines: what begins with a space goes on.
  const lines = text
    .replaceAll(/\r?\n[ \t]/g, '')
    .split(/\r?\n|\s+(?=(?:RRULE|DTSTART|EXDATE|RDATE|EXRULE)[:;])/i)
  for (const line of lines.map((one) => one.trim()).filter((one) => one !== '')) {
    const start = /^DTSTART(?:;TZID=([^:;]+))?(?:;VALUE=[A-Z-]+)?:(\S+)$/i.exec(line)
    if (start && from === null) from = readStart(start[1], start[2]!, zone)
    else if (/^(?:RRULE:|FREQ=|[A-Z]+=)/i.test(line) && rrule === null) rrule = line.replace(/^RRULE:/i, '')
    else throw new PlainError('recurrence:wrong.line', { line: line.slice(0, 60) })
  }
  if (rrule === null) throw new PlainError('recurrence:wrong.no-frequency')
  const parts = readRruleParts(rrule)
  return {
    rrule: [...parts].map(([name, value]) => `${name}=${untilInZone(name, value, zone)}`).join(';'),
    from,
  }
}

function readStart(tzid: string | undefined, value: string, zone: string): LocalTime {
  if (tzid !== undefined && tzid !== zone) {
    throw new PlainError('recurrence:wrong.other-zone', { other: tzid.slice(0, 60), zone })
  }
  const [, day, time = '000000', isUtc] = /^(\d{8})(?:T(\d{6})(Z)?)?$/i.exec(value) ?? []
  const told = DateTime.fromFormat(`${day}${time}`, 'yyyyMMddHHmmss', { zone: 'utc' })
  if (!told.isValid) throw new PlainError('recurrence:wrong.line', { line: value.slice(0, 60) })
  return (isUtc ? told.setZone(zone) : told).toFormat("yyyy-MM-dd'T'HH:mm")
}

function untilInZone(name: string, value: string, zone: string): string {
  if (name !== 'UNTIL' || !value.endsWith('Z')) return value
  const told = DateTime.fromFormat(value, "yyyyMMdd'T'HHmmss'Z'", { zone: 'utc' })
  return told.setZone(zone).toFormat("yyyyMMdd'T'HHmmss")
}
