import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { KnowledgeBase } from './knowledge/knowledge-base.ts'
import { importSeed } from './knowledge/library/import-seed.ts'
import { PlainError } from './messages/plain-error.ts'
import type { Logger } from './platforms/logger.ts'
import { type Blobs, openBlobs } from './store/blobs.ts'
import { openStore, type Store } from './store/store.ts'

/** The database with its files, and what was imported into it at the opening. */
export interface OpenedLibrary {
  store: Store
  blobs: Blobs
}

/**
 * Opens the store and takes up what is new in the knowledge folder. A broken seed file is logged, not fatal.
 * @param databaseClock As the store has it.
 */
export async function openLibrary(
  config: Config,
  logger: Logger,
  clock: () => Date,
  databaseClock?: () => Date,
): Promise<OpenedLibrary> {
  if (!existsSync(config.KNOWLEDGE_DIR))
    throw new PlainError('knowledge:search.no-folder', { folder: config.KNOWLEDGE_DIR })
  const location = { dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL }
  const store = await openStore(location, { clock, databaseClock })
  try {
    const blobs = openBlobs(store, location)
    const { imported, failed } = await importSeed(store, blobs, config.KNOWLEDGE_DIR, clock())
    for (const { path, document, version } of imported) {
      logger.info({ path, document, version }, 'imported a document of the knowledge folder')
    }
    for (const { path, error } of failed) {
      logger.error({ path, err: error }, 'a document of the knowledge folder could not be read')
    }
    return { store, blobs }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** The library made searchable. */
export function openKnowledge(config: Config, store: Store, clock: () => Date): Promise<KnowledgeBase> {
  return KnowledgeBase.open({
    store,
    knowledgeDir: config.KNOWLEDGE_DIR,
    indexDir: join(config.DATA_DIR, 'index'),
    clock,
  })
}
