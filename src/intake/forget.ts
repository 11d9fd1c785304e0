import type { Logger } from '../platforms/logger.ts'
import type { Store } from '../store/store.ts'
import { heardFor } from './heard.ts'
import type { IntakeLimits } from './limits.ts'

/**
 * Deletes what need not be known again. A message that nobody ever came to serve goes as well, later: it holds what a
 * person wrote.
 */
export async function forgetOld(
  store: Store,
  { keptFor, waitsFor }: Pick<IntakeLimits, 'keptFor' | 'waitsFor'>,
  logger: Logger,
): Promise<void> {
  const unserved = await store.transaction(async (trx) => {
    const now = await store.now(trx)
    const before = (milliseconds: number) => new Date(now.getTime() - milliseconds).toISOString()
    await trx
      .deleteFrom('inbox')
      .where('received_at', '<', before(keptFor))
      .where('done_at', '<', before(keptFor))
      .execute()
    await trx.deleteFrom('heard_chat').where('said_at', '<', before(heardFor)).execute()
    await trx.deleteFrom('interaction').where('at', '<', before(keptFor)).execute()
    const { numDeletedRows } = await trx
      .deleteFrom('inbox')
      .where('received_at', '<', before(waitsFor))
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    return Number(numDeletedRows)
  })
  if (unserved > 0) logger.warn({ messages: unserved }, 'messages that nobody came to serve were deleted')
}
