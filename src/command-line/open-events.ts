import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { EventsContext } from '../features/events/context.ts'
import { openEventKinds } from '../features/events/making/kinds.ts'
import type { Logger } from '../platforms/logger.ts'
import { addressOf } from '../platforms/web/address.ts'
import { openSealer } from '../seal/open-sealer.ts'
import { openBlobs } from '../store/blobs.ts'
import type { Store } from '../store/store.ts'

/** Events, for a command beside a running bot: whoever is to be told is told by the bot, from what is kept here. */
export async function openEvents(
  config: Config,
  logger: Pick<Logger, 'error'>,
  store: Store,
): Promise<EventsContext> {
  const { DATA_KEY: dataKey, DATA_DIR: dataDir, DATABASE_URL } = config
  return {
    store,
    sealer: await openSealer(store, { dataKey, dataDir, isShared: DATABASE_URL !== undefined }),
    blobs: openBlobs(store, { dataDir }),
    kinds: await openEventKinds({
      folder: join(config.KNOWLEDGE_DIR, 'events'),
      refused: (file, reason) => logger.error({ file, reason }, 'a kind of events cannot be taken up'),
    }),
    publicUrl: () => config.PUBLIC_URL ?? addressOf(config.HOST, config.PORT),
    wakeWorkers() {},
  }
}
