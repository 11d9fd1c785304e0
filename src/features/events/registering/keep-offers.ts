import { randomUUID } from 'node:crypto'
import { enqueue } from '../../../delivery/outbox.ts'
import type { Trx } from '../../../store/store.ts'
import { cancelTimer, countTimer, setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { changeSeats } from '../change-seats.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, type RegistrationRow } from '../records.ts'
import { addressOfRegistrant } from './registrant.ts'
import type { Told } from './tell.ts'
import { offerAgainCard } from './tell-card.ts'

/**
 * Gives each seat that was offered its end, with a timer, and takes back the timers of each offer that came to an end.
 * The end is said to the person, so it stays as it is whatever becomes of the calendar.
 */
export async function keepOffers(
  trx: Trx,
  _context: EventsContext,
  event: Event,
  told: readonly Told[],
  now: Date,
): Promise<void> {
  for (const { registration, from } of told) {
    if (from !== 'offered' || registration.state === 'offered') continue
    await cancelTimer(trx, endTimer(registration.id))
    await cancelTimer(trx, halfwayTimer(registration.id))
  }
  const offered = told.filter(
    ({ registration, from }) => registration.state === 'offered' && from !== 'offered',
  )
  if (offered.length === 0) return
  const { until, halfway } = await endOf(trx, event, now)
  const ids = offered.map(({ registration }) => registration.id)
  await trx
    .updateTable('event_registration')
    .set({ offer_until: until.toISOString() })
    .where('id', 'in', ids)
    .execute()
  for (const { registration } of offered) {
    // Whoever tells them of it reads the row as it is here.
    registration.offer_until = until.toISOString()
    const payload = { event: event.row.id, registration: registration.id }
    const timer = { payload, now }
    await setTimer(trx, { ...timer, id: endTimer(registration.id), kind: 'events.offer-ends', at: until })
    if (halfway < until)
      await setTimer(trx, {
        ...timer,
        id: halfwayTimer(registration.id),
        kind: 'events.offer-halfway',
        at: halfway,
      })
  }
}

const endTimer = (registration: string) => `event offer ends ${registration}`
const halfwayTimer = (registration: string) => `event offer halfway ${registration}`

/** Working hours of the organisation whose event it is; an event that begins sooner ends its offers. */
async function endOf(trx: Trx, { row }: Event, now: Date): Promise<{ until: Date; halfway: Date }> {
  const after = (workingHours: number) =>
    countTimer(trx, { after: { workingHours }, organisation: row.organisation, person: null }, now)
  const begins = new Date(row.starts_at)
  const { at: counted } = await after(row.offer_hours)
  const { at: halfway } = await after(row.offer_hours / 2)
  return { until: counted < begins ? counted : begins, halfway }
}

/** What happens when the time of an offer is over, and in the middle of it. */
export function offerTimers(context: EventsContext): Record<string, TimerHandler> {
  return {
    async 'events.offer-ends'(trx, { event: id = '', registration = '' }, now) {
      const offer = await standingOffer(trx, registration)
      const event = offer && (await findEvent(trx, id))
      // It may have been offered anew since: that has an end of its own.
      if (!event || (offer.offer_until ?? '') > now.toISOString()) return
      await changeSeats(trx, context, event.row.id, [{ type: 'expire', id: registration }], { by: null, now })
    },

    async 'events.offer-halfway'(trx, { event: id = '', registration = '' }, now) {
      const offer = await standingOffer(trx, registration)
      const event = offer && (await findEvent(trx, id))
      if (!event || (offer.offer_until ?? '') <= now.toISOString()) return
      const to = await addressOfRegistrant(trx, offer)
      if (!to) return
      const card = offerAgainCard(event, offer, now)
      await enqueue(trx, { id: randomUUID(), to, card, lane: 'reminder', now })
    },
  }
}

/** Null where it was answered, or went on. */
async function standingOffer(trx: Trx, registration: string): Promise<RegistrationRow | null> {
  const row = await trx
    .selectFrom('event_registration')
    .selectAll()
    .where('id', '=', registration)
    .where('state', '=', 'offered')
    .executeTakeFirst()
  return row ?? null
}
