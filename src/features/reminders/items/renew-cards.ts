import type { Card } from '../../../chat/card.ts'
import { enqueueEdit } from '../../../delivery/outbox.ts'
import type { Trx } from '../../../store/store.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import { aboveCard, tellGroupCard } from './above-card.ts'
import { type CardRow, closeCards, itemsOnCards, liveCardsOf } from './cards-kept.ts'
import { digestCard } from './digest-card.ts'
import { groupCard } from './group-card.ts'
import { itemCard } from './item-card.ts'
import type { CardReader } from './item-texts.ts'
import { type ItemView, readItems, withNames } from './views.ts'

/** Puts what is now in place of every standing message that shows one of these items. */
export async function renewCards(trx: Trx, items: readonly string[], now: Date): Promise<void> {
  const cards = await liveCardsOf(trx, items)
  const shown = await itemsOnCards(
    trx,
    cards.map(({ message }) => message),
  )
  const views = await withNames(trx, await readItems(trx, [...shown.values()].flat()))
  const byId = new Map(views.map((view) => [view.row.id, view]))
  const readers = await readersOf(trx, cards, now)
  const over: string[] = []
  for (const card of cards) {
    const theirs = (shown.get(card.message) ?? []).flatMap((id) => byId.get(id) ?? [])
    if (theirs.length === 0) continue
    const inOrder = views.filter((view) => theirs.includes(view))
    await enqueueEdit(trx, { of: card.message, card: cardOf(card, inOrder, readers(card)), now })
    if (inOrder.every(({ row }) => row.state !== 'open')) over.push(card.message)
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
