import type { Store } from '../store/store.ts'
import { checkDataKey } from './check-key.ts'
import { readDataKey } from './data-key.ts'
import { createSealer, type Sealer } from './sealer.ts'

/** The sealer of a database, with the key that `readDataKey` finds. Throws PlainError where it is sealed with another. */
export async function openSealer(store: Store, key: Parameters<typeof readDataKey>[0]): Promise<Sealer> {
  const sealer = createSealer(readDataKey(key))
  await checkDataKey(store, sealer)
  return sealer
}
