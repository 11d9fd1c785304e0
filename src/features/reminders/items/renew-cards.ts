import type { Card } from '../../../chat/card.ts'
import { lateMessages } from '../../../delivery/held-messages.ts'
import { enqueueEdit, withdraw } from '../../../delivery/outbox.ts'
import { withdrawUrgent } from '../../../delivery/urgent.ts'
import type { Trx } from '../../../store/store.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import { lateFrom } from '../running/due-times.ts'
import { aboveCard, tellGroupCard } from './above-card.ts'
import { type CardRow, closeCards, itemsOnCards, liveCardsOf } from './cards-kept.ts'
import { digestCard } from './digest-card.ts'
import { groupCard } from './group-card.ts'
import { itemCard } from './item-card.ts'
import type { CardReader } from './item-texts.ts'
import { type ItemView, readItems, urgentId, withNames } from './views.ts'

/** Puts what is now in place of every standing message that shows one of these items. */
export async function renewCards(trx: Trx, items: readonly string[], now: Date): Promise<void> {
  await renewThese(trx, await liveCardsOf(trx, items), now)
}

/** The same of messages. What shows nothing open any more and has surely not gone out does not go out. */
export async function renewThese(trx: Trx, cards: readonly CardRow[], now: Date): Promise<void> {
  const shown = await itemsOnCards(
    trx,
    cards.map(({ message }) => message),
  )
  const views = await withNames(trx, await readItems(trx, [...shown.values()].flat()))
  const byId = new Map(views.map((view) => [view.row.id, view]))
  const readers = await readersOf(trx, cards, now)
  const late = await lateMessages(
    trx,
    cards.map(({ message }) => message),
    { from: lateFrom, now },
  )
  const over: string[] = []
  for (const card of cards) {
    const theirs = (shown.get(card.message) ?? []).flatMap((id) => byId.get(id) ?? [])
    if (theirs.length === 0) continue
    const inOrder = views
      .filter((view) => theirs.includes(view))
      .map((view) => ({ ...view, late: view.late || late.has(card.message) }))
    const isOver = inOrder.every(({ row }) => row.state !== 'open')
    if (isOver) over.push(card.message)
    if (isOver && (await withdraw(trx, [card.message])).length > 0) continue
    await enqueueEdit(trx, { of: card.message, card: cardOf(card, inOrder, readers(card)), now })
    // What waited to press presses no more: after a press that comes first, nothing follows it.
    if (inOrder.every(({ row }) => row.state !== 'open' || row.snoozed_until !== null)) {
      await withdrawUrgent(
        trx,
        inOrder.map(({ row }) => urgentId(row)),
      )
    }
  }
  await closeCards(trx, over, 'over')
}

/** A message of a kind as it is to be seen now. */
export function cardOf(
  { kind, person }: Pick<CardRow, 'kind' | 'person'>,
  views: readonly ItemView[],
  reader: CardReader,
): Card {
  if (kind === 'group') return groupCard(views, reader)
  if (kind === 'above') return person === null ? tellGroupCard(views, reader) : aboveCard(views, reader)
  return kind === 'item' ? itemCard(views[0]!, reader) : digestCard(views, reader)
}

/** In whose language and by whose clock each of the messages is written; groups read Chinese. */
export async function readersOf(
  trx: Trx,
  cards: readonly Pick<CardRow, 'person'>[],
  now: Date,
): Promise<(card: Pick<CardRow, 'person'>) => CardReader> {
  const people = [...new Set(cards.flatMap(({ person }) => person ?? []))]
  const rows =
    people.length === 0
      ? []
      : await trx
          .selectFrom('person')
          .select(['id', 'language', 'time_zone'])
          .where('id', 'in', people)
          .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ({ person }) => {
    const row = byId.get(person ?? '')
    return {
      ...{ language: row?.language === 'en' ? 'en' : 'zh-CN', zone: row?.time_zone ?? defaultZone },
      now,
    }
  }
}
