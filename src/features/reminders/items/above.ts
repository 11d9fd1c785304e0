import { randomUUID } from 'node:crypto'
import type { Conversation } from '../../../chat/incoming.ts'
import type { Recipient } from '../../../chat/outgoing.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { addressOf } from '../../../people/address.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { itemsOnCards } from './cards-kept.ts'
import { readHolders } from './holders.ts'
import { cardOf, readersOf } from './renew-cards.ts'
import { readItems, withNames } from './views.ts'

/** The kind of the timers by which what waits for somebody above, or for a group, is sent as one message. */
export const aboveTimer = 'reminders.above'

type Told = { person: string } | { chat: Conversation }

/**
 * Has an item told to somebody who stands above, or to a group: with all others that are to be told them by then, at the
 * next moment at which they work.
 */
export async function tellAbove(trx: Trx, told: Told, item: string, now: Date): Promise<void> {
  const to: Recipient | null =
    'chat' in told ? { type: 'conversation', conversation: told.chat } : await addressOf(trx, told.person)
  if (!to) return
  const person = 'chat' in told ? null : told.person
  const recipient = JSON.stringify(to)
  const waiting = await trx
    .selectFrom('reminder_card')
    .select('message')
    .where('kind', '=', 'above')
    .where('state', '=', 'waiting')
    .where((where) => (person === null ? where('recipient', '=', recipient) : where('person', '=', person)))
    .executeTakeFirst()
  const message = waiting?.message ?? `above:${randomUUID()}`
  if (!waiting) {
    const row = { message, recipient, kind: 'above' as const, person, run: null }
    await trx
      .insertInto('reminder_card')
      .values({ ...row, sent_at: now.toISOString(), state: 'waiting' })
      .execute()
    const holder = person === null ? undefined : (await readHolders(trx, [person], now)).get(person)
    await setTimer(trx, {
      ...{ id: `${aboveTimer}:${message}`, kind: aboveTimer, payload: { message } },
      ...{ after: { workingHours: 0 }, organisation: holder?.organisation ?? null, person, now },
    })
  }
  await trx
    .insertInto('reminder_card_item')
    .values({ message, item })
    .onConflict((conflict) => conflict.columns(['message', 'item']).doNothing())
    .execute()
}

/** Sends a message that has waited, of what is still open by now. */
export const sendAbove: TimerHandler = async (trx, { message = '' }, now) => {
  const card = await trx
    .selectFrom('reminder_card')
    .selectAll()
    .where('message', '=', message)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  if (!card) return
  const items = await readItems(trx, (await itemsOnCards(trx, [message])).get(message) ?? [])
  const open = items.filter(({ row, reminder }) => row.state === 'open' && reminder.state !== 'paused')
  const state = open.length > 0 ? 'live' : 'over'
  await trx
    .updateTable('reminder_card')
    .set({ state, sent_at: now.toISOString() })
    .where('message', '=', message)
    .execute()
  if (open.length === 0) return
  const kept = open.map(({ row }) => row.id)
  await trx
    .deleteFrom('reminder_card_item')
    .where('message', '=', message)
    .where('item', 'not in', kept)
    .execute()
  const reader = (await readersOf(trx, [card], now))(card)
  const to = JSON.parse(card.recipient) as Recipient
  const made = cardOf(card, await withNames(trx, open), reader)
  await enqueue(trx, { id: message, to, card: made, lane: 'reminder', now })
}
