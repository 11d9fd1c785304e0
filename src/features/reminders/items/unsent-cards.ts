import { withdraw } from '../../../delivery/outbox.ts'
import type { Trx } from '../../../store/store.ts'
import { closeCards, itemsOnCards, liveCardsOf } from './cards-kept.ts'

/**
 * Takes back the messages that show the same readers nothing but these items and have surely not gone out: a platform
 * that was away would show them beside the newer message when it is back.
 * @param people as `reminder_card` has them; null: groups.
 */
export async function takeBackUnsent(
  trx: Trx,
  items: readonly string[],
  people: readonly (string | null)[],
): Promise<void> {
  const cards = (await liveCardsOf(trx, items)).filter(
    ({ kind, person }) => kind !== 'above' && people.includes(person),
  )
  const messages = cards.map(({ message }) => message)
  const shown = await itemsOnCards(trx, messages)
  const newer = new Set(items)
  const covered = messages.filter((message) => shown.get(message)?.every((item) => newer.has(item)))
  await closeCards(trx, await withdraw(trx, covered), 'over')
}
