import { createHash, randomUUID } from 'node:crypto'
import type { Account } from '../../../chat/incoming.ts'
import { enqueueMany } from '../../../delivery/outbox.ts'
import { enqueueUrgent } from '../../../delivery/urgent.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimers } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { readWaiting } from '../../../timers/waiting-timers.ts'
import { keepCards, type ShownCard } from './cards-kept.ts'
import { digestCard } from './digest-card.ts'
import { type Holder, readHolders } from './holders.ts'
import { itemCard } from './item-card.ts'
import { keepLooking } from './late-cards.ts'
import { mayTellNow, nextTelling } from './telling-time.ts'
import { takeBackUnsent } from './unsent-cards.ts'
import {
  compareItems,
  type ItemOf,
  type ItemView,
  isUrgent,
  readItems,
  urgentId,
  withNames,
} from './views.ts'

/** One for each person: all that they are to be told of by then comes as one message. Its id is `reminders.tell:PERSON`. */
export const tellTimer = 'reminders.tell'

/** While a reminder is paused its items wait; this often it is looked whether it goes on. Milliseconds. */
const pausedFor = 6 * 3_600_000

/**
 * Tells people of items of their own that they may be told of now, each of them by one message; for the others sets the
 * timer of when they may. Whoever cannot be written to finds them under 我的提醒.
 * @param first These were just opened: the message's id is made of them, so that they are said once.
 */
export async function tellHolders(
  trx: Trx,
  items: readonly ItemOf[],
  holders: ReadonlyMap<string, Holder>,
  { now, first = false }: { now: Date; first?: boolean },
): Promise<void> {
  const views = await withNames(trx, items)
  const cards: ShownCard[] = []
  const later = new Map<string, Date>()
  const urgent: { ids: string[]; of: string; account: Account }[] = []
  for (const [person, theirs] of Map.groupBy(views, ({ row }) => row.person ?? '')) {
    const holder = holders.get(person)
    if (!holder?.to) continue
    const { to } = holder
    const mayNow = (view: ItemView) => mayTellNow(view.reminder.quiet, holder, now)
    const shown = theirs.filter(mayNow).toSorted(compareItems)
    for (const view of theirs.filter((one) => !mayNow(one))) {
      later.set(person, earlier(later.get(person), nextTelling(view.reminder.quiet, holder, now)))
    }
    if (shown.length === 0) continue
    const ids = shown.map(({ row }) => row.id)
    const message = first ? `reminded:${digest(ids)}` : `reminded:${randomUUID()}`
    const told = shown.map((view) => ({
      ...view,
      row: { ...view.row, told_at: now.toISOString(), snoozed_until: null },
    }))
    const reader = { ...holder, now }
    const card = told.length === 1 ? itemCard(told[0]!, reader) : digestCard(told, reader)
    const kind = told.length === 1 ? 'item' : 'digest'
    cards.push({ message, to, card, kind, person, run: null, items: ids })
    const pressing = told.filter(isUrgent).map(({ row }) => urgentId(row))
    if (pressing.length > 0) urgent.push({ ids: pressing, of: message, account: to.account })
  }
  if (cards.length > 0) await keepLooking(trx, now)
  if (!first) {
    const [items, people] = [cards.flatMap((card) => card.items), cards.map(({ person }) => person)]
    await takeBackUnsent(trx, items, people)
  }
  await enqueueMany(
    trx,
    cards.map(({ message, to, card }) => ({ id: message, to, card, lane: 'reminder', now })),
  )
  for (const one of urgent) await enqueueUrgent(trx, { ...one, lane: 'reminder', now })
  await keepCards(trx, cards, now)
  for (const piece of inPieces(cards.flatMap((card) => card.items))) {
    await trx
      .updateTable('reminder_item')
      .set({ told_at: now.toISOString(), snoozed_until: null })
      .where('id', 'in', piece)
      .execute()
  }
  await tellBy(trx, later, now)
}

/** Has each person told of what waits by then; who is told sooner anyway stays so. */
export async function tellBy(trx: Trx, at: ReadonlyMap<string, Date>, now: Date): Promise<void> {
  const timerOf = (person: string) => `${tellTimer}:${person}`
  const due = new Map([...at].map(([person, when]) => [person, when > now ? when : now]))
  for (const [id, waits] of await readWaiting(trx, [...at.keys()].map(timerOf))) {
    const person = id.slice(tellTimer.length + 1)
    due.set(person, earlier(due.get(person), waits))
  }
  const timers = [...due].map(([person, when]) => ({
    ...{ id: timerOf(person), kind: tellTimer, payload: { person }, at: when, now },
  }))
  await setTimers(trx, timers)
}

/** Tells a person of all that waits for them: not told yet, put off until now, or to be told once more. */
export const tellWhatWaits: TimerHandler = async (trx, { person = '' }, now) => {
  const rows = await trx
    .selectFrom('reminder_item')
    .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
    .select(['reminder_item.id', 'reminder_item.snoozed_until', 'reminder.state'])
    .where('reminder_item.person', '=', person)
    .where('reminder_item.state', '=', 'open')
    .where('told_at', 'is', null)
    .execute()
  const at = now.toISOString()
  const ready = rows.filter(({ snoozed_until }) => snoozed_until === null || snoozed_until <= at)
  const paused = ready.filter(({ state }) => state === 'paused')
  const items = await readItems(
    trx,
    ready.flatMap(({ id, state }) => (state === 'paused' ? [] : [id])),
  )
  const holders = await readHolders(trx, [person], now)
  await tellHolders(trx, items, holders, { now })
  const next = [
    ...rows.flatMap(({ snoozed_until: until }) => (until !== null && until > at ? [new Date(until)] : [])),
    ...(paused.length > 0 ? [new Date(now.getTime() + pausedFor)] : []),
  ].sort((one, other) => one.getTime() - other.getTime())[0]
  if (next) await tellBy(trx, new Map([[person, next]]), now)
}

function earlier(one: Date | undefined, other: Date): Date {
  return one && one < other ? one : other
}

function digest(ids: readonly string[]): string {
  return createHash('sha256').update(ids.toSorted().join('\n')).digest('base64url')
}
