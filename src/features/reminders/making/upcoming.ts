import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { dayIn, weekdayOf } from '../../../timers/calendar/day.ts'
import { readWorkCalendar } from '../../../timers/calendar/work-calendar.ts'
import { instantOf } from '../../../timers/recurrence/local-time.ts'
import { nextOccurrence, type Occurrence, occurrencesFrom } from '../../../timers/recurrence/occurrences.ts'
import type { LocalTime, Rule } from '../../../timers/recurrence/rule.ts'
import type { Reminder } from '../records.ts'

/** A time to come, as it is after what was skipped and moved. */
export interface Upcoming extends Occurrence {
  moved: boolean
}

/** When a rule comes next, by the calendar of an organisation (null: the default one). */
export async function timesOf(
  db: Reads,
  { rule, organisation, zone }: { rule: Rule; organisation: string | null; zone: string },
  now: Date,
  most = 5,
): Promise<Occurrence[]> {
  const calendar = await readWorkCalendar(db, { organisation, person: null }, dayIn(zone, now))
  return occurrencesFrom(rule, { calendar, zone }, now, most)
}

/** The next times of a reminder, without what is skipped, with what was moved where it was moved to. */
export async function upcomingOf(
  db: Reads,
  { row, rule, exceptions }: Reminder,
  now: Date,
  most = 5,
): Promise<Upcoming[]> {
  const of = { rule, organisation: row.organisation, zone: row.time_zone }
  const count = most + Object.keys(exceptions).length
  const found = await timesOf(db, of, now, count)
  // Moved to later than its own time, which may have passed.
  const [next] = row.next_key === null || row.next_at === null ? [] : [row.next_key]
  const known = new Set(found.map(({ key }) => key))
  const isMovedNext = next !== undefined && !known.has(next) && Object.hasOwn(exceptions, next)
  const all = isMovedNext ? [{ key: next, local: '', at: now, provisional: false }, ...found] : found
  return all
    .flatMap((one): Upcoming[] => {
      const exception = exceptions[one.key]
      if (exception === 'skip') return []
      if (exception === undefined) return [{ ...one, moved: false }]
      return [{ ...one, local: exception, at: instantOf(exception, row.time_zone), moved: true }]
    })
    .filter(({ key, at }) => at >= now && (row.last_key === null || key > row.last_key))
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .slice(0, most)
}

/** The time after that of a key, past what is skipped; null: there is none. One that is moved may not pass it. */
export async function followingOf(
  db: Reads,
  { row, rule, exceptions }: Reminder,
  key: string,
  now: Date,
): Promise<Occurrence | null> {
  const { organisation, time_zone: zone } = row
  const calendar = await readWorkCalendar(db, { organisation, person: null }, dayIn(zone, now))
  let next = nextOccurrence(rule, { calendar, zone }, key)
  while (next && exceptions[next.key] === 'skip') next = nextOccurrence(rule, { calendar, zone }, next.key)
  return next
}

/** `2026-09-30（周三）09:00`, with what is to be known of it: provisional, moved. */
export function timeInWords(
  { local, provisional, moved = false }: Pick<Occurrence, 'local' | 'provisional'> & { moved?: boolean },
  language: Language,
): string {
  const [day = '', time = ''] = local.split('T')
  const weekday = translate(language, `reminders:weekday.${weekdayOf(day)}`)
  const marks = [
    ...(provisional ? [translate(language, 'reminders:time.provisional')] : []),
    ...(moved ? [translate(language, 'reminders:time.moved')] : []),
  ]
  return translate(language, 'reminders:time.at', { day, weekday, time, marks: marks.join('') })
}

/** An instant by the clock of a zone, `YYYY-MM-DDTHH:MM`. */
export function localOf(instant: Date, zone: string): LocalTime {
  const parts = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone })
  return parts.format(instant).replace(' ', 'T')
}
