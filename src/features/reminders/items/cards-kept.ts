import type { Selectable } from 'kysely'
import type { Card } from '../../../chat/card.ts'
import type { Recipient } from '../../../chat/outgoing.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import type { ReminderTables } from '../../../store/tables/reminders.ts'

export type CardRow = Selectable<ReminderTables['reminder_card']>

/** A message that shows items. */
export interface ShownCard {
  /** Outbox id. */
  message: string
  to: Recipient
  card: Card
  kind: CardRow['kind']
  /** Whose language it is written in; null: a group. */
  person: string | null
  /** Of a group's card. */
  run: string | null
  items: readonly string[]
}

/** Keeps which message shows which items, so that it is edited as they change. */
export async function keepCards(trx: Trx, cards: readonly ShownCard[], now: Date): Promise<void> {
  for (const piece of inPieces(cards)) {
    const rows = piece.map(({ message, to, kind, person, run }) => ({
      ...{ message, recipient: JSON.stringify(to), kind, person, run },
      ...{ sent_at: now.toISOString(), state: 'live' as const },
    }))
    await trx.insertInto('reminder_card').values(rows).execute()
  }
  for (const piece of inPieces(
    cards.flatMap(({ message, items }) => items.map((item) => ({ message, item }))),
  )) {
    await trx.insertInto('reminder_card_item').values(piece).execute()
  }
}

/** The messages that stand and show one of these items. */
export async function liveCardsOf(trx: Trx, items: readonly string[]): Promise<CardRow[]> {
  const cards = new Map<string, CardRow>()
  for (const piece of inPieces(items)) {
    const rows = await trx
      .selectFrom('reminder_card')
      .innerJoin('reminder_card_item', 'reminder_card_item.message', 'reminder_card.message')
      .selectAll('reminder_card')
      .where('reminder_card_item.item', 'in', piece)
      .where('reminder_card.state', '=', 'live')
      .execute()
    for (const row of rows) cards.set(row.message, row)
  }
  return [...cards.values()]
}

/** The items that messages show, by message. */
export async function itemsOnCards(
  trx: Trx,
  messages: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  for (const piece of inPieces(messages)) {
    const rows = await trx
      .selectFrom('reminder_card_item')
      .selectAll()
      .where('message', 'in', piece)
      .execute()
    for (const [message, items] of Map.groupBy(rows, (row) => row.message)) {
      found.set(
        message,
        items.map(({ item }) => item),
      )
    }
  }
  return found
}

/** From now on these messages are edited no more. */
export async function closeCards(
  trx: Trx,
  messages: readonly string[],
  state: 'pointer' | 'over',
): Promise<void> {
  for (const piece of inPieces(messages)) {
    await trx.updateTable('reminder_card').set({ state }).where('message', 'in', piece).execute()
  }
}

/** Messages that show an item show another one too from now on. */
export async function joinCards(
  trx: Trx,
  shown: string,
  next: string,
  kinds: readonly ('group' | 'above')[],
): Promise<void> {
  const cards = await trx
    .selectFrom('reminder_card_item')
    .innerJoin('reminder_card', 'reminder_card.message', 'reminder_card_item.message')
    .select('reminder_card.message')
    .where('item', '=', shown)
    .where('kind', 'in', kinds)
    .where('reminder_card.state', 'in', ['live', 'waiting'])
    .execute()
  if (cards.length === 0) return
  await trx
    .insertInto('reminder_card_item')
    .values(cards.map(({ message }) => ({ message, item: next })))
    .execute()
}
