import { randomUUID } from 'node:crypto'
import { enqueue } from '../../../delivery/outbox.ts'
import type { Trx } from '../../../store/store.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { changeSeats } from '../change-seats.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, type RegistrationRow } from '../records.ts'
import { keepClosing } from './keep-closing.ts'
import { keepOfferEnd } from './keep-offers.ts'
import { addressOfRegistrant } from './registrant.ts'
import { offerAgainCard } from './tell-card.ts'

/** What happens when the time of an offer is over, in the middle of it, and when the event begins. */
export function offerTimers(context: EventsContext): Record<string, TimerHandler> {
  return {
    async 'events.offer-ends'(trx, { event: id = '', registration = '' }, now) {
      const offer = await standingOffer(trx, registration)
      const event = offer && (await findEvent(trx, id))
      // It may have been offered anew since: that has an end of its own.
      const until = offer?.offer_until ?? ''
      if (!event || until > now.toISOString()) return
      // Whoever pressed in time has the seat, however late it is their turn.
      if (await pressesWait(trx, event, until))
        return void (await keepOfferEnd(trx, offer, { at: soon(now), now }))
      await changeSeats(trx, context, event.row.id, [{ type: 'expire', id: registration }], { by: null, now })
    },

    async 'events.close-seats'(trx, { event: id = '' }, now) {
      const event = await findEvent(trx, id)
      if (event?.row.state !== 'published') return
      // It was put off by whoever committed just now: the timer was moved with it.
      if (event.row.starts_at > now.toISOString()) return keepClosing(trx, event, now)
      await changeSeats(trx, context, id, [{ type: 'close' }], { by: null, now })
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

/** A settler takes no longer, unless it was away. */
const soon = (now: Date) => new Date(now.getTime() + 1000)

/** Whether something was accepted before a moment that is not settled yet. */
async function pressesWait(trx: Trx, { row }: Event, before: string): Promise<boolean> {
  const found = await trx
    .selectFrom('event_press')
    .select('seq')
    .where('event', '=', row.id)
    .where('state', '=', 'waiting')
    .where('accepted_at', '<', before)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
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
