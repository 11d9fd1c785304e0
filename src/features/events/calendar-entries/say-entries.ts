import type { Insertable, Selectable } from 'kysely'
import { enqueueEdit, enqueueMany, type OutgoingMessage } from '../../../delivery/outbox.ts'
import { contentHash } from '../../../store/content-hash.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import type { Tables } from '../../../store/tables.ts'
import type { EventsContext } from '../context.ts'
import type { Event, RegistrationRow } from '../records.ts'
import { addressesOfRegistrants, languageOfRegistrant } from '../registering/registrant.ts'
import { calendarFileCard, type SaidEntry } from './calendar-file.ts'
import { entryCard } from './entry-texts.ts'

type EntryRow = Selectable<Tables['event_calendar_entry']>

export interface Sayable {
  /** The event that takes the registrations. */
  registering: Event
  /** Those of which it is said. */
  events: readonly Event[]
  registrations: readonly RegistrationRow[]
}

/**
 * Tells the calendars of registrants what changed since they were last told, and notes that they were: a file each, by
 * name the same as before and with a higher SEQUENCE, and an entry for each event. What has not changed is not said.
 */
export async function sayEntries(
  trx: Trx,
  context: EventsContext,
  { registering, events, registrations }: Sayable,
  now: Date,
): Promise<void> {
  const known = await readKnown(trx, registrations)
  const addresses = await addressesOfRegistrants(trx, registrations)
  const rows: Insertable<Tables['event_calendar_entry']>[] = []
  const messages: OutgoingMessage[] = []
  for (const registration of registrations) {
    const to = addresses.get(registration.id)
    const language = languageOfRegistrant(registration)
    const said: SaidEntry[] = []
    for (const event of events) {
      const before = known.get(keyOf(registration.id, event.row.id))
      const next = nextOf(before, registration, event, now)
      if (!next) continue
      const entry = { event, sequence: next.sequence, isOut: next.state === 'out', changedAt: now }
      said.push(entry)
      const card = entryCard(event, entry, language)
      let message = before?.message ?? null
      // What was taken out is put in anew: the platform has forgotten it.
      if (before?.state === 'in' && message !== null) {
        await enqueueEdit(trx, { of: message, card, now })
      } else if (next.state === 'in' && to) {
        // After all that is said: an app has so many calls a minute for both.
        message = `calendar-entry:${registration.id}:${event.row.id}:${next.sequence}`
        messages.push({
          id: message,
          to: { type: 'calendar', account: to.account },
          card,
          lane: 'broadcast',
          now,
        })
      }
      rows.push({
        event: event.row.id,
        registration: registration.id,
        ...next,
        message,
        changed_at: now.toISOString(),
      })
    }
    if (to) {
      const files = filesOf(context, registering, registration, said, now)
      messages.push(...files.map((file) => ({ ...file, to })))
    }
  }
  for (const piece of inPieces(rows)) {
    await trx
      .insertInto('event_calendar_entry')
      .values(piece)
      .onConflict((conflict) =>
        conflict.columns(['registration', 'event']).doUpdateSet(({ ref }) => ({
          sequence: ref('excluded.sequence'),
          shown: ref('excluded.shown'),
          state: ref('excluded.state'),
          message: ref('excluded.message'),
          changed_at: ref('excluded.changed_at'),
        })),
      )
      .execute()
  }
  await enqueueMany(trx, messages)
}

/** What is to be said of an event to one registrant; null: nothing that they do not know. */
function nextOf(
  before: EntryRow | undefined,
  registration: RegistrationRow,
  { row }: Event,
  now: Date,
): Pick<EntryRow, 'sequence' | 'shown' | 'state'> | null {
  // What is past stays in calendars as it was.
  if (row.ends_at <= now.toISOString()) return null
  const state = registration.state === 'confirmed' && row.state === 'published' ? 'in' : 'out'
  if (!before) return state === 'in' ? { sequence: row.sequence, shown: row.sequence, state } : null
  const isNews = before.state !== state || (state === 'in' && before.shown < row.sequence)
  if (!isNews) return null
  return { sequence: Math.max(before.sequence + 1, row.sequence), shown: row.sequence, state }
}

/** Those that are in and those that are out are said by different methods, each in a file of its own. */
function filesOf(
  context: EventsContext,
  registering: Event,
  registration: RegistrationRow,
  said: readonly SaidEntry[],
  now: Date,
): Omit<OutgoingMessage, 'to'>[] {
  return [said.filter(({ isOut }) => !isOut), said.filter(({ isOut }) => isOut)]
    .filter((entries) => entries.length > 0)
    .map((entries) => ({
      id: contentHash(
        `ics ${registration.id} ${entries.map(({ event, sequence }) => `${event.row.id}:${sequence}`).join()}`,
      ),
      card: calendarFileCard(context, registering, registration, entries, now),
      lane: 'confirmation',
      now,
    }))
}

async function readKnown(
  trx: Trx,
  registrations: readonly RegistrationRow[],
): Promise<Map<string, EntryRow>> {
  const known = new Map<string, EntryRow>()
  for (const piece of inPieces(registrations)) {
    const rows = await trx
      .selectFrom('event_calendar_entry')
      .selectAll()
      .where(
        'registration',
        'in',
        piece.map(({ id }) => id),
      )
      .execute()
    for (const row of rows) known.set(keyOf(row.registration, row.event), row)
  }
  return known
}

function keyOf(registration: string, event: string): string {
  return `${registration} ${event}`
}
