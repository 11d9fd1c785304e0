import type { Store } from '../../store/store.ts'
import { guestMessagesKeptFor, personKeptFor } from './limits.ts'

/** Clears what is past its time; a chat that is nobody's account is a guest's. */
export async function sweepTranscript(store: Store): Promise<void> {
  await store.transaction(
    async (trx) => {
      const now = (await store.now(trx)).getTime()
      const before = (kept: number) => new Date(now - kept).toISOString()
      await trx
        .deleteFrom('web_message')
        .where('at', '<', before(guestMessagesKeptFor))
        .where((where) =>
          where.or([
            where('at', '<', before(personKeptFor)),
            where.not(
              where.exists(
                where
                  .selectFrom('account')
                  .select('account.person')
                  .where('account.platform', '=', 'web')
                  .whereRef('account.user_id', '=', 'web_message.chat'),
              ),
            ),
          ]),
        )
        .execute()
      // The counter outlives the messages, so that a page left open never waits for numbers that begin anew.
      await trx.deleteFrom('web_chat').where('changed_at', '<', before(personKeptFor)).execute()
    },
    { isolation: 'row-locks' },
  )
}
