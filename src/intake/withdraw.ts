import type { IncomingMessage } from '../chat/incoming.ts'
import { incomingKey } from '../chat/keys.ts'
import { dropReplies } from '../delivery/drop-replies.ts'
import type { Store } from '../store/store.ts'
import { withoutText } from './inbox.ts'

/**
 * A person took back what they had said: what waits is not answered any more, and an answer that waits is not sent. What
 * is just being worked on runs to its end; the platform then refuses to answer a message that is gone.
 */
export async function withdraw(
  store: Store,
  message: Pick<IncomingMessage, 'id' | 'account'>,
): Promise<void> {
  const { id, account } = message
  await store.transaction(async (trx) => {
    const now = await store.now(trx)
    const key = incomingKey({ type: 'message', id, account })
    const said = await trx.selectFrom('inbox').select('payload').where('key', '=', key).executeTakeFirst()
    if (!said) return
    await trx
      .updateTable('inbox')
      .set({ state: 'done', payload: withoutText(said.payload), done_at: now.toISOString() })
      .where('key', '=', key)
      .where('state', '=', 'waiting')
      .where((where) =>
        where.or([where('lease_until', 'is', null), where('lease_until', '<=', now.toISOString())]),
      )
      .execute()
    await dropReplies(trx, message)
  })
}
