import type { Card } from '../chat/card.ts'
import type { Conversation } from '../chat/incoming.ts'
import type { Trx } from '../store/store.ts'
import { enqueueEdit } from './outbox.ts'

export interface MessageEdit {
  /** Where the message stands. */
  conversation: Conversation
  /** The platform's id of the message, as `Delivered` gave it. */
  message: string
  card: Card
  /** Only where an older edit waits, which would come after a card that is shown already. Default false. */
  onlyAfterWaiting?: boolean
  /** Of `store.now(trx)`. */
  now: Date
}

/** Puts another card in place of a message that the platform names. False where it is known no longer (30 days). */
export async function editMessage(
  trx: Trx,
  { conversation, message, card, onlyAfterWaiting = false, now }: MessageEdit,
): Promise<boolean> {
  const sent = await trx
    .selectFrom('outbox')
    .select('id')
    .where('message', '=', message)
    .where('platform', '=', conversation.platform)
    .where('installation', '=', conversation.installation)
    .where('operation', '=', 'send')
    .executeTakeFirst()
  if (!sent) return false
  if (onlyAfterWaiting) {
    const waiting = await trx
      .selectFrom('outbox')
      .select('id')
      .where('of', '=', sent.id)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    if (!waiting) return true
  }
  await enqueueEdit(trx, { of: sent.id, card, now })
  return true
}
