import { enqueueMany, type OutgoingMessage } from '../../../delivery/outbox.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent } from '../records.ts'
import { addressesOfRegistrants, languageOfRegistrant } from '../registering/registrant.ts'
import { materialsCard } from './after-cards.ts'
import { linksTo, materialsOf } from './materials.ts'
import { thereAfter } from './there.ts'

const kind = 'events.send-materials'

/**
 * Has what was not sent yet go to all who were there, in batches; nothing twice. Returns how many files go out; 0: there
 * are none.
 */
export async function sendMaterials(trx: Trx, event: Event, now: Date): Promise<number> {
  const marked = await markSent(trx, event, now)
  if (marked > 0) await next(trx, event.row.id, now.toISOString(), '', now)
  return marked
}

/** What was not sent yet counts as sent from now on; returns how many files. */
export async function markSent(trx: Trx, event: Event, now: Date): Promise<number> {
  const marked = await trx
    .updateTable('event_material')
    .set({ sent_at: now.toISOString() })
    .where('event', '=', event.row.id)
    .where('sent_at', 'is', null)
    .returning('id')
    .execute()
  return marked.length
}

function next(trx: Trx, event: string, sentAt: string, after: string, now: Date) {
  const id = `event materials ${event} ${sentAt}`
  return setTimer(trx, { id: `${id} ${after}`, kind, payload: { event, sentAt, after }, at: now, now })
}

/** One batch of those who were there. */
export function sendingMaterials(context: EventsContext): Record<string, TimerHandler> {
  return {
    async [kind](trx, { event: id = '', sentAt = '', after = '' }, now) {
      const event = await findEvent(trx, id)
      if (!event) return
      const sent = (await materialsOf(trx, id)).filter(({ sent_at }) => sent_at === sentAt)
      const { registrations, last } = await thereAfter(trx, event, after)
      const addresses = await addressesOfRegistrants(trx, registrations)
      const messages = registrations.flatMap((registration): OutgoingMessage[] => {
        const to = addresses.get(registration.id)
        if (!to) return []
        const links = linksTo(context, event, registration.id, sent, now)
        const card = materialsCard(event, { links, language: languageOfRegistrant(registration) })
        const message = `event materials ${id} ${sentAt} ${registration.id}`
        return [{ id: message, to, card, lane: 'broadcast', now }]
      })
      await enqueueMany(trx, messages)
      if (last !== null) await next(trx, id, sentAt, last, now)
    },
  }
}
