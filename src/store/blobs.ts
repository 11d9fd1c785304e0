import { join } from 'node:path'
import { BlobFolder } from './blob-folder.ts'
import { BlobTable } from './blob-table.ts'
import type { Store, StoreLocation, Trx } from './store.ts'

/**
 * Files (originals, uploads) by the hash of their content: the same bytes are kept once, and a name can never
 * mean two contents. Where `trx` is given the work belongs to that transaction if the place is a database;
 * a folder does it at once, which is harmless: a file that no row names is only dead weight.
 */
export interface Blobs {
  /** Keeps the bytes, safely on disk when it resolves, and gives their SHA-256 in hexadecimal. */
  put(bytes: Uint8Array, trx?: Trx): Promise<string>
  /** The bytes, or null where there are none by that name. */
  get(hash: string, trx?: Trx): Promise<Uint8Array | null>
  /** Removing what is not there is no error. */
  remove(hash: string, trx?: Trx): Promise<void>
}

/** A folder beside SQLite; the database itself where replicas share PostgreSQL and nothing else. */
export function openBlobs(store: Store, location: StoreLocation): Blobs {
  return store.dialect === 'postgres' ? new BlobTable(store) : new BlobFolder(join(location.dataDir, 'blobs'))
}
