import { openBlobs } from '../../src/store/blobs.ts'
import { openStore, type StoreOptions } from '../../src/store/store.ts'
import { freshLocation, type OpenedStore } from './each-database.ts'

/** A fresh SQLite database for tests of what stands above the store; `close` clears it. */
export async function openTestStore(
  options: StoreOptions = {},
): Promise<OpenedStore & { close(): Promise<void> }> {
  const cleanUps: (() => Promise<void>)[] = []
  const location = await freshLocation('sqlite', cleanUps)
  const store = await openStore(location, options)
  return {
    store,
    blobs: openBlobs(store, location),
    location,
    async close() {
      await store.close()
      for (const cleanUp of cleanUps) await cleanUp()
    },
  }
}
