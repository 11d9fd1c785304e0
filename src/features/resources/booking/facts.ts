import { DateTime } from 'luxon'
import type { Language } from '../../../chat/language.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { showDay } from '../../../timers/calendar/show-day.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import type { ResourcesContext } from '../context.ts'
import type { BookingRow, ResourceRow } from '../records.ts'
import { type BookingDetails, openDetails } from './details.ts'

/** A booking as cards and pages show it. */
export interface BookingFacts {
  booking: BookingRow
  resource: ResourceRow
  /** Null: erased. */
  details: BookingDetails | null
  /** A day of China, from which other days are told. */
  today: string
}

export async function factsOf(
  db: Reads,
  { sealer }: Pick<ResourcesContext, 'sealer'>,
  booking: BookingRow,
  now: Date,
): Promise<BookingFacts> {
  const resource = await db
    .selectFrom('resource_entry')
    .selectAll()
    .where('id', '=', booking.resource)
    .executeTakeFirstOrThrow()
  const details = await openDetails(db, sealer, booking)
  return { booking, resource, details, today: dayInChina(now) }
}

/** 3月5日周四 14:00–16:00, by the clock of the place; with its zone, where that is not China's. */
export function showTime(
  { starts_at, ends_at }: Pick<BookingRow, 'starts_at' | 'ends_at'>,
  zone: string,
  language: Language,
  today: string,
): string {
  const begin = DateTime.fromISO(starts_at, { zone })
  const end = DateTime.fromISO(ends_at, { zone })
  const to = end.toFormat('yyyy-MM-dd') === begin.toFormat('yyyy-MM-dd') ? end.toFormat('HH:mm') : '24:00'
  const when = `${showDay(begin.toFormat('yyyy-MM-dd'), language, today)} ${begin.toFormat('HH:mm')}–${to}`
  return zone === defaultZone ? when : translate(language, 'resources:card.zone', { when, zone })
}

/** Whether a booking is of a unit from outside, whose card and answers lie sealed. */
export function isOutside({ person }: Pick<BookingRow, 'person'>): boolean {
  return person === null
}

export async function languageOf(db: Reads, person: string): Promise<Language> {
  return (await readPerson(db, person))?.language ?? 'zh-CN'
}

/** Locks a resource until the transaction ends, so that whoever takes its time does so one after another. */
export async function lockResource(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable('resource_entry')
    .set((set) => ({ state: set.ref('state') }))
    .where('id', '=', id)
    .execute()
}
