import type { Card } from '../chat/card.ts'
import type { Trx } from '../store/store.ts'
import { enqueueEdit } from './outbox.ts'

export interface Place {
  /** What `enqueue` returned. */
  of: string
  card: Card
  /** More edits are about to come. */
  open: boolean
  /** Of `store.now(trx)`. */
  now: Date
}

/**
 * Puts a card in the place of a message that only announced it. False where that message did not arrive, or nobody
 * knows whether it did: it is given up, and the card has to be said by itself.
 */
export async function takePlace(trx: Trx, { of, card, open, now }: Place): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('outbox')
    .set({ state: 'superseded', card: null })
    .where('id', '=', of)
    .where('state', 'in', ['dead', 'uncertain', 'superseded'])
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return false
  await enqueueEdit(trx, { of, card, open, now })
  return true
}
