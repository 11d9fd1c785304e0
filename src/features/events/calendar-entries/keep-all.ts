import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, registersWith } from '../records.ts'
import { sayEntries } from './say-entries.ts'

/** Registrants in one transaction: others register meanwhile. */
const batch = 100

/**
 * Has the calendars of all who come to an event told what changed: its SEQUENCE was raised, it was called off, or it was
 * published into a series that people are registered for. They are told a few at a time.
 */
export async function keepEntriesOfAll(trx: Trx, { row }: Event, now: Date): Promise<void> {
  if (row.state !== 'published' && row.state !== 'cancelled') return
  const timer = { id: `event calendars ${row.id}`, kind: 'events.keep-calendars', payload: { event: row.id } }
  await setTimer(trx, { ...timer, at: now, now })
}

/** Tells the next few, until nobody is left whose calendar shows another state. */
export function keepingCalendars(context: EventsContext): TimerHandler {
  return async (trx, { event: id = '' }, now) => {
    const event = await findEvent(trx, id)
    const registering = event && (await findEvent(trx, registersWith(event)))
    if (!event || !registering || event.row.ends_at <= now.toISOString()) return
    const stale = await staleRegistrations(trx, event)
    await sayEntries(trx, context, { registering, events: [event], registrations: stale }, now)
    if (stale.length === batch) await keepEntriesOfAll(trx, event, now)
  }
}

/** Those whose calendars say something else than what holds, or nothing yet. */
async function staleRegistrations(trx: Trx, { row }: Event) {
  const { id, state, sequence } = row
  const lead = row.registers_with ?? id
  return trx
    .selectFrom('event_registration as registration')
    .leftJoin('event_calendar_entry as entry', (join) =>
      join.onRef('entry.registration', '=', 'registration.id').on('entry.event', '=', id),
    )
    .selectAll('registration')
    .where('registration.event', '=', lead)
    .where(({ or, and, eb }) =>
      state === 'cancelled'
        ? eb('entry.state', '=', 'in')
        : and([
            eb('registration.state', '=', 'confirmed'),
            or([
              eb('entry.state', 'is', null),
              eb('entry.state', '=', 'out'),
              eb('entry.shown', '<', sequence),
            ]),
          ]),
    )
    .orderBy('registration.id')
    .limit(batch)
    .execute()
}
