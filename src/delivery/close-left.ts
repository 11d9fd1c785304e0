import type { Card } from '../chat/card.ts'
import type { Trx } from '../store/store.ts'
import { enqueueEdit } from './outbox.ts'

/** Whoever writes an answer is done with it by then, or is no more. Milliseconds. */
export const leftAfter = 10 * 60_000
/** What is older is not looked for: nobody reads it as an answer. */
const lookedFor = 8 * 24 * 3600_000

/**
 * Closes what was left open by a process that ended while an answer was being written: its last card becomes its end, so
 * that no message looks for ever as if more were to come, and one that was shown as a growing text gets its buttons.
 */
export async function closeLeft(trx: Trx, now: Date): Promise<void> {
  const before = (age: number) => new Date(now.getTime() - age).toISOString()
  const left = await trx
    .selectFrom('outbox as message')
    .select(['message.id', 'message.card'])
    .where('message.operation', '=', 'send')
    .where('message.state', '=', 'sent')
    .where('message.open', '=', 1)
    .where('message.card', 'is not', null)
    .where('message.created_at', '>', before(lookedFor))
    .where('message.created_at', '<', before(leftAfter))
    .execute()
  for (const { id, card } of left) {
    const edits = await trx
      .selectFrom('outbox')
      .select(['open', 'state', 'card'])
      .where('of', '=', id)
      .orderBy('seq', 'desc')
      .execute()
    const isEnded = edits.some(({ open, state }) => open === 0 && state !== 'superseded')
    const last = edits.find((edit) => edit.card !== null)?.card ?? card
    if (!isEnded && last !== null) {
      const { growing: _, ...whole } = JSON.parse(last) as Card
      await enqueueEdit(trx, { of: id, card: whole, now })
    }
    await trx
      .updateTable('outbox')
      .set({ card: null })
      .where('state', '=', 'sent')
      .where(({ or, eb }) => or([eb('id', '=', id), eb('of', '=', id)]))
      .execute()
  }
}
