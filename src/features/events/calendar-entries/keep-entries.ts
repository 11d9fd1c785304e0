import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import { type Event, type EventRow, toEvent } from '../records.ts'
import type { Told } from '../registering/tell.ts'
import { sayEntries } from './say-entries.ts'

/**
 * Puts the event, with all dates that share its registrations, into the calendars of those who come, and takes it out of
 * those of whoever does not come any more: a file for them, and an entry where their platform keeps calendars.
 * @param event The one that takes the registrations.
 */
export async function keepCalendarEntries(
  trx: Trx,
  context: EventsContext,
  event: Event,
  told: readonly Told[],
  now: Date,
): Promise<void> {
  const changed = told.filter(
    ({ registration, from }) => (registration.state === 'confirmed') !== (from === 'confirmed'),
  )
  if (changed.length === 0) return
  const registrations = changed.map(({ registration }) => registration)
  await sayEntries(
    trx,
    context,
    { registering: event, events: await datesOf(trx, event), registrations },
    now,
  )
}

/** The event and those whose registrations it takes, but for drafts and what is over; the first first. */
async function datesOf(trx: Trx, { row }: Event): Promise<Event[]> {
  const rows: EventRow[] = await trx
    .selectFrom('event_entry')
    .selectAll()
    .where((where) => where.or([where('id', '=', row.id), where('registers_with', '=', row.id)]))
    .where('state', 'in', ['published', 'cancelled'])
    .orderBy('starts_at')
    .execute()
  return rows.map(toEvent)
}
