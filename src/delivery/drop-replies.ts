import type { IncomingMessage } from '../chat/incoming.ts'
import type { Trx } from '../store/store.ts'

/**
 * What answers a message that was taken back, and has not been begun to be sent, is not sent any more. Returns the ids of
 * the messages whose edit was among it: they stay as they are.
 */
export async function dropReplies(
  trx: Trx,
  { id, account }: Pick<IncomingMessage, 'id' | 'account'>,
): Promise<string[]> {
  const dropped = await trx
    .updateTable('outbox')
    .set({ state: 'superseded', card: null })
    .where('reply_to', '=', id)
    .where('platform', '=', account.platform)
    .where('installation', '=', account.installation)
    .where('state', '=', 'waiting')
    .where('lease_owner', 'is', null)
    .returning('of')
    .execute()
  return dropped.flatMap(({ of }) => of ?? [])
}
