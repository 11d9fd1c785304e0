import type { Card } from '../../../chat/card.ts'
import type { Conversation } from '../../../chat/incoming.ts'
import { enqueue, enqueueEdit } from '../../../delivery/outbox.ts'
import { contentHash } from '../../../store/content-hash.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer, setUnlessWaiting } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { EventsContext } from '../context.ts'
import { eventCard } from '../lists/event-card.ts'
import { readGroupView } from '../lists/event-view.ts'
import { type Event, findEvent, registersWith } from '../records.ts'
import { nextMoment } from './card-moments.ts'

/** A group has no language of its own; cards for many are in that of the house. */
const groupLanguage = 'zh-CN'

/** Milliseconds for which changes wait for one another; a vendor takes 5 edits a second of one message at the most. */
const coalesceFor = 3000

/**
 * So long a card is edited, in milliseconds. Feishu takes edits for 14 days (`im/v1/messages/{id}` PATCH), and the outbox
 * forgets messages after 30; what is older is sent anew wherever it stands, with a day to spare for the queue.
 */
const editableFor = 13 * 86_400_000

/** Has the cards in groups show the seats as they are now, soon: many changes go together in one edit. */
export async function refreshCards(trx: Trx, event: Event, now: Date): Promise<void> {
  const shown = await trx
    .selectFrom('event_card')
    .innerJoin('event_entry', 'event_entry.id', 'event_card.event')
    .select('event_card.event')
    .distinct()
    .where('event_card.replaced', '=', 0)
    .where(({ or, eb }) =>
      or([
        eb('event_entry.id', '=', registersWith(event)),
        eb('event_entry.registers_with', '=', registersWith(event)),
      ]),
    )
    .execute()
  for (const { event: id } of shown) {
    await setUnlessWaiting(trx, {
      ...{ id: `event cards ${id}`, kind: 'events.refresh-cards', payload: { event: id }, now },
      at: new Date(now.getTime() + coalesceFor),
    })
  }
}

/** Brings every card of an event up to date that shows something else by now. */
export function cardRefresher(context: EventsContext): TimerHandler {
  return async (trx, { event: id = '' }, now) => {
    const event = await findEvent(trx, id)
    if (!event) return
    const card = await cardForGroup(trx, context, event, now)
    const hash = contentHash(JSON.stringify(card))
    const stale = await trx
      .selectFrom('event_card')
      .selectAll()
      .where('event', '=', event.row.id)
      .where('replaced', '=', 0)
      .where('shown', '!=', hash)
      .orderBy('message')
      .execute()
    for (const { message, conversation, sent_at } of stale) {
      if (now.getTime() - Date.parse(sent_at) < editableFor) {
        await enqueueEdit(trx, { of: message, card, now })
        await trx.updateTable('event_card').set({ shown: hash }).where('message', '=', message).execute()
        continue
      }
      await trx.updateTable('event_card').set({ replaced: 1 }).where('message', '=', message).execute()
      // Who reads the group has long seen it pass; only what is to come, or comes no more, is worth a new message.
      if (event.row.state === 'over') continue
      await sendInto(trx, event, JSON.parse(conversation) as Conversation, card, now)
    }
    await watchMoments(trx, event, now)
  }
}

/** Sends the card into a chat, and keeps that it stands there. */
export async function sendInto(
  trx: Trx,
  event: Event,
  conversation: Conversation,
  card: Card,
  now: Date,
): Promise<void> {
  const where = JSON.stringify(conversation)
  const before = await trx
    .selectFrom('event_card')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('event', '=', event.row.id)
    .where('conversation', '=', where)
    .executeTakeFirstOrThrow()
  const message = await enqueue(trx, {
    id: `event card ${event.row.id} ${contentHash(where)} ${Number(before.count)}`,
    to: { type: 'conversation', conversation },
    card,
    lane: 'broadcast',
    now,
  })
  await keepStanding(trx, event, { message, conversation, card, now })
}

/** Keeps that a card which was put into the outbox stands in a chat, so that it follows its event. */
export async function keepStanding(
  trx: Trx,
  event: Event,
  {
    message,
    conversation,
    card,
    now,
  }: { message: string; conversation: Conversation; card: Card; now: Date },
): Promise<void> {
  const row = {
    event: event.row.id,
    conversation: JSON.stringify(conversation),
    shown: contentHash(JSON.stringify(card)),
    sent_at: now.toISOString(),
    replaced: 0 as const,
  }
  await trx
    .insertInto('event_card')
    .values({ message, ...row })
    .execute()
}

/** The card as a group reads it. */
export async function cardForGroup(trx: Trx, context: EventsContext, event: Event, now: Date): Promise<Card> {
  const view = await readGroupView(trx, context, event, groupLanguage)
  return eventCard(view, { where: 'group', language: groupLanguage, now })
}

/** Registration opens, ends, the event begins and is over without anybody doing anything. */
export async function watchMoments(trx: Trx, event: Event, now: Date): Promise<void> {
  const lead = await findEvent(trx, registersWith(event))
  const at = nextMoment({ event, registering: (lead ?? event).row }, now)
  if (at === null) return
  await setTimer(trx, {
    ...{ id: `event cards at ${event.row.id}`, kind: 'events.refresh-cards', at, now },
    payload: { event: event.row.id },
  })
}
