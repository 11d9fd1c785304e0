import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, registersWith } from '../records.ts'
import { keepPlanned, readPlanned } from './keep-reminders.ts'
import { takeDue } from './plan-reminders.ts'
import { remindOrganisers } from './remind-organisers.ts'
import { type Reminder, remindRegistrants } from './remind-registrants.ts'

/** Registrants in one transaction: others register meanwhile. */
const batch = 200

/** A reminder of an event is due: whoever comes is reminded, a few at a time. */
export function remindingOfEvents(context: EventsContext): TimerHandler {
  return async (trx, { event: id = '' }, now) => {
    const event = await findEvent(trx, id)
    const planned = await readPlanned(trx, id)
    // It was called off, or moved by whoever committed just now: the timer was moved with it.
    if (event?.row.state !== 'published' || planned?.startsAt !== event.row.starts_at) return
    const { due, forOrganisers, later } = takeDue(planned, event.reminders, now)
    await keepPlanned(trx, id, { ...planned, pending: later }, now)
    if (forOrganisers) await remindOrganisers(trx, context, event, now)
    if (due === null) return
    await remindSome(trx, context, event, { minutes: due, startsAt: planned.startsAt, after: '' }, now)
  }
}

/** The next few of those who are reminded. */
export function remindingSome(context: EventsContext): TimerHandler {
  return async (trx, { event: id = '', minutes = '', startsAt = '', after = '' }, now) => {
    const event = await findEvent(trx, id)
    // Moved meanwhile: everybody is told of that, and reminded of the new time.
    if (event?.row.state !== 'published' || event.row.starts_at !== startsAt) return
    if (startsAt <= now.toISOString()) return
    await remindSome(trx, context, event, { minutes: Number(minutes), startsAt, after }, now)
  }
}

async function remindSome(
  trx: Trx,
  context: EventsContext,
  event: Event,
  reminder: Reminder & { after: string },
  now: Date,
): Promise<void> {
  const { after, ...rest } = reminder
  const some = await trx
    .selectFrom('event_registration')
    .selectAll()
    .where('event', '=', registersWith(event))
    .where('state', '=', 'confirmed')
    .where('id', '>', after)
    .orderBy('id')
    .limit(batch)
    .execute()
  await remindRegistrants(trx, context, event, rest, some, now)
  const last = some.at(-1)
  if (some.length < batch || !last) return
  const { minutes, startsAt } = rest
  const payload = { event: event.row.id, minutes: String(minutes), startsAt, after: last.id }
  const id = `event reminding ${event.row.id} ${startsAt} ${minutes}`
  await setTimer(trx, { id, kind: 'events.remind-some', payload, at: now, now })
}
