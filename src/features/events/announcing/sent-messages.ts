import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import { deliveriesOf } from '../../../delivery/deliveries.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { eventToManage } from '../lists/asked-event.ts'
import { type Event, registersWith } from '../records.ts'
import { messagesCard, type SentMessage } from './message-cards.ts'
import { groupNamed } from './message-groups.ts'
import { messageTo } from './send-message.ts'

/** The last of them that are shown. */
const mostShown = 5

/** 已发通知: what was written, and how many got it. */
export async function showMessages(click: Click): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const event = await eventToManage(trx, action.value.event ?? '', { person, action: 'event.manage', now })
  const messages = await sentMessages(trx, event, mostShown)
  return { beside: messagesCard(event, messages, language, now), besideAlone: true }
}

/** What was written to those of an event, the last first. Who may read it is for the caller to ask. */
export async function sentMessages(db: Reads, event: Event, most: number): Promise<SentMessage[]> {
  const rows = await db
    .selectFrom('event_message')
    .selectAll()
    .where('event', '=', event.row.id)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(most)
    .execute()
  if (rows.length === 0) return []
  const registrations = await db
    .selectFrom('event_registration')
    .select('id')
    .where('event', '=', registersWith(event))
    .execute()
  const messages: SentMessage[] = []
  for (const { id, audience, text, at, people, unreached, done_at } of rows) {
    const ids = registrations.map((registration) => messageTo(id, registration.id))
    const deliveries = await deliveriesOf(db, ids)
    const isKnown = deliveries.sent + deliveries.waiting + deliveries.failed > 0
    messages.push({
      ...{ text, at, people, unreached, isDone: done_at !== null },
      group: groupNamed(audience) ?? 'all',
      deliveries: isKnown ? deliveries : null,
    })
  }
  return messages
}
