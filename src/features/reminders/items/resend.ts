import { randomUUID } from 'node:crypto'
import type { Recipient } from '../../../chat/outgoing.ts'
import { enqueue, enqueueEdit } from '../../../delivery/outbox.ts'
import type { Trx } from '../../../store/store.ts'
import { addDays, dayIn } from '../../../timers/calendar/day.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { readWaiting } from '../../../timers/waiting-timers.ts'
import { type CardRow, closeCards, itemsOnCards, keepCards, liveCardsOf } from './cards-kept.ts'
import { pointerCard } from './item-card.ts'
import { cardOf, readersOf } from './renew-cards.ts'
import { type ItemOf, readItems, withNames } from './views.ts'

/** Looks every day for messages that a platform is about to let die. */
export const resendTimer = 'reminders.resend'

/**
 * Cards of Feishu can be pressed and edited for 14 days. What is older than this on a morning is sent anew, so no message
 * gets older than 13 days and some hours. Milliseconds.
 */
const oldest = 12.5 * 24 * 3_600_000
const mostAtOnce = 200

/** Sets the timer of the next morning, unless it waits. */
export async function keepResending(trx: Trx, now: Date): Promise<void> {
  const waits = (await readWaiting(trx, [resendTimer])).has(resendTimer)
  if (!waits) await setTimer(trx, { ...timer(nextMorning(now)), now })
}

const timer = (at: Date) => ({ id: resendTimer, kind: resendTimer, payload: {}, at })

function nextMorning(now: Date): Date {
  return new Date(`${addDays(dayIn(defaultZone, now), 1)}T09:00:00+08:00`)
}

/** Sends what is about to die anew; the old message points to it. Goes on tomorrow as long as there are messages. */
export const resend: TimerHandler = async (trx, _payload, now) => {
  const old = await trx
    .selectFrom('reminder_card')
    .selectAll()
    .where('state', '=', 'live')
    .where('sent_at', '<=', new Date(now.getTime() - oldest).toISOString())
    .orderBy('sent_at')
    .limit(mostAtOnce)
    .execute()
  const shown = await itemsOnCards(
    trx,
    old.map(({ message }) => message),
  )
  for (const card of old) await sendAnew(trx, card, shown.get(card.message) ?? [], now)
  const next = old.length === mostAtOnce ? now : nextMorning(now)
  const left = await trx
    .selectFrom('reminder_card')
    .select('message')
    .where('state', '=', 'live')
    .limit(1)
    .execute()
  if (left.length > 0) await setTimer(trx, { ...timer(next), now })
}

async function sendAnew(trx: Trx, card: CardRow, ids: readonly string[], now: Date): Promise<void> {
  const items = await readItems(trx, ids)
  const newer = await shownSince(trx, card, ids)
  const at = now.toISOString()
  const waits = ({ row, reminder }: ItemOf) =>
    row.state === 'open' &&
    reminder.state !== 'paused' &&
    (row.snoozed_until === null || row.snoozed_until <= at) &&
    !newer.has(row.id)
  const open = items.filter(waits)
  const reader = (await readersOf(trx, [card], now))(card)
  if (open.length > 0) {
    const message = `reminded-anew:${randomUUID()}`
    // A group's card says of everybody whether they have.
    const left = card.kind === 'group' ? items : open
    const kind = card.kind === 'digest' && left.length === 1 ? 'item' : card.kind
    const made = cardOf({ kind, person: card.person }, await withNames(trx, left), reader)
    const to = JSON.parse(card.recipient) as Recipient
    await enqueue(trx, { id: message, to, card: made, lane: 'reminder', now })
    const { person, run } = card
    const kept = left.map(({ row }) => row.id)
    await keepCards(trx, [{ message, to, card: made, kind, person, run, items: kept }], now)
  }
  await enqueueEdit(trx, { of: card.message, card: pointerCard(reader), now })
  await closeCards(trx, [card.message], 'pointer')
}

/** Those of the items that a later message shows to the same reader. */
async function shownSince(trx: Trx, card: CardRow, ids: readonly string[]): Promise<Set<string>> {
  const others = (await liveCardsOf(trx, ids)).filter(
    (other) =>
      other.recipient === card.recipient &&
      (other.kind === 'above') === (card.kind === 'above') &&
      other.sent_at > card.sent_at,
  )
  const shown = await itemsOnCards(
    trx,
    others.map(({ message }) => message),
  )
  return new Set([...shown.values()].flat())
}
