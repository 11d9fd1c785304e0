import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { SubmissionsContext } from '../features/submissions/context.ts'
import { openKinds } from '../features/submissions/definition/kinds.ts'
import type { Logger } from '../platforms/logger.ts'
import { addressOf } from '../platforms/web/address.ts'
import { openSealer } from '../seal/open-sealer.ts'
import { createSealedFiles } from '../seal/sealed-files.ts'
import { openBlobs } from '../store/blobs.ts'
import type { Store } from '../store/store.ts'

/** What was sent in, for a command beside a running bot: nobody is told by it, so that it needs no workers. */
export async function openSubmissions(
  config: Config,
  logger: Pick<Logger, 'error'>,
  store: Store,
): Promise<SubmissionsContext> {
  const { DATA_KEY: dataKey, DATA_DIR: dataDir, DATABASE_URL, KNOWLEDGE_DIR: knowledgeDir } = config
  const sealer = await openSealer(store, { dataKey, dataDir, isShared: DATABASE_URL !== undefined })
  const files = createSealedFiles({ store, blobs: openBlobs(store, { dataDir }), sealer })
  const kinds = await openKinds({
    ...{ store, folder: join(knowledgeDir, 'submissions') },
    refused: (file, reason) => logger.error({ file, reason }, 'a kind of submissions cannot be taken up'),
  })
  return {
    ...{ store, kinds, sealer, files, knowledgeDir },
    publicUrl: () => config.PUBLIC_URL ?? addressOf(config.HOST, config.PORT),
    wakeWorkers() {},
  }
}
