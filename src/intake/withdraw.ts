import type { Card } from '../chat/card.ts'
import type { IncomingMessage } from '../chat/incoming.ts'
import { incomingKey } from '../chat/keys.ts'
import { languageOf } from '../chat/language.ts'
import { dropReplies } from '../delivery/drop-replies.ts'
import { enqueueEdit } from '../delivery/outbox.ts'
import { translate } from '../messages/translate.ts'
import type { Seals } from '../seal/passing.ts'
import type { Store } from '../store/store.ts'
import { withoutText } from './inbox.ts'
import { keepMessage, readMessage } from './kept-message.ts'
import { noticeId } from './notices.ts'

/**
 * A person took back what they had said: what waits is not answered any more, and an answer that waits is not sent. What
 * is just being worked on runs to its end; the platform then refuses to answer a message that is gone.
 */
export async function withdraw(
  store: Store,
  message: Pick<IncomingMessage, 'id' | 'account'>,
  seals?: Seals,
): Promise<void> {
  const { id, account } = message
  await store.transaction(async (trx) => {
    const now = await store.now(trx)
    const key = incomingKey({ type: 'message', id, account })
    const said = await trx
      .selectFrom('inbox')
      .select(['payload', 'noticed_at'])
      .where('key', '=', key)
      .executeTakeFirst()
    if (!said) return
    const { numUpdatedRows } = await trx
      .updateTable('inbox')
      .set({ state: 'done', payload: withoutText(said.payload), done_at: now.toISOString() })
      .where('key', '=', key)
      .where('state', '=', 'waiting')
      .where((where) =>
        where.or([where('lease_until', 'is', null), where('lease_until', '<=', now.toISOString())]),
      )
      .executeTakeFirst()
    const dropped = await dropReplies(trx, message)
    // Who was told to wait is not left waiting.
    const notice = noticeId(key)
    if ((said.noticed_at !== null && numUpdatedRows > 0n) || dropped.includes(notice)) {
      // Of one that was answered nothing but the ids is known any more.
      const { text = '', language }: Partial<IncomingMessage> = readMessage(said, seals)
      const words = translate(languageOf(text, language), 'chat:withdrawn')
      const card: Card = { tone: 'info', blocks: [{ type: 'text', runs: [{ text: words }] }] }
      await enqueueEdit(trx, { of: notice, card, now })
    }
  })
}

/**
 * A person changed what they had said: what waits is worked in its new words. False where somebody is working it, it was
 * answered, or it was never taken.
 */
export async function amend(
  store: Store,
  { id, account, text }: Pick<IncomingMessage, 'id' | 'account' | 'text'>,
  seals?: Seals,
): Promise<boolean> {
  return store.transaction(async (trx) => {
    const now = (await store.now(trx)).toISOString()
    const key = incomingKey({ type: 'message', id, account })
    const said = await trx
      .selectFrom('inbox')
      .select('payload')
      .where('key', '=', key)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    if (!said) return false
    const { numUpdatedRows } = await trx
      .updateTable('inbox')
      .set({ payload: keepMessage({ ...readMessage(said, seals), text }, seals) })
      .where('key', '=', key)
      .where('state', '=', 'waiting')
      .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', now)]))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  })
}
