import type { IncomingFile } from '../chat/incoming.ts'
import { PlainError } from '../messages/plain-error.ts'
import { removeUnusedBlob } from '../store/blob-use.ts'
import type { Blobs } from '../store/blobs.ts'
import { contentHash } from '../store/content-hash.ts'
import type { Store, Trx } from '../store/store.ts'
import { wrappedKey, wrappedKeyFor } from './matters.ts'
import type { Sealer } from './sealer.ts'

/**
 * Files that people send, encrypted under a matter's key where the matter is sealed. Such a file is named by the hash of
 * what lies on the disk: nobody sees by it whether it is a file that they know.
 */
export interface SealedFiles {
  /**
   * The file under a key, by the key's name; as it is where it lies there already. Throws PlainError `seal:file-gone`
   * where its bytes are not there.
   */
  seal(trx: Trx, under: string, file: IncomingFile): Promise<IncomingFile>
  /** The file as it lies in the open; as it is where it does. Throws as `seal`. */
  open(trx: Trx, file: IncomingFile): Promise<IncomingFile>
  /** What it holds; null where it is gone, or its matter was erased. Throws where it is not what was sealed. */
  read(file: IncomingFile): Promise<Uint8Array | null>
  /** Removes what came in the open and was sealed since, in transactions of their own; unless something else holds it. */
  clear(files: readonly IncomingFile[]): Promise<void>
}

export function createSealedFiles({
  store,
  blobs,
  sealer,
}: {
  store: Store
  blobs: Blobs
  sealer: Sealer
}): SealedFiles {
  async function bytesOf(file: IncomingFile, trx?: Trx): Promise<Uint8Array | null> {
    const bytes = await blobs.get(file.blob, trx)
    if (bytes === null || file.sealedUnder === undefined) return bytes
    // Another file of the same matter, put in its place, would open under the same key.
    if (contentHash(bytes) !== file.blob) throw new Error('another file lies in its place')
    const key = await wrappedKey(trx ?? store.db, file.sealedUnder)
    return key === null ? null : sealer.openBytes(key, bytes)
  }

  async function existing(trx: Trx, file: IncomingFile): Promise<Uint8Array> {
    const bytes = await bytesOf(file, trx)
    if (bytes === null) throw new PlainError('seal:file-gone', { name: file.name })
    return bytes
  }

  return {
    async seal(trx, under, file) {
      if (file.sealedUnder === under) return file
      const { name, type, size } = file
      const sealed = sealer.sealBytes(await wrappedKeyFor(trx, sealer, under), await existing(trx, file))
      return { name, type, size, blob: await blobs.put(sealed, trx), sealedUnder: under }
    },

    async open(trx, file) {
      if (file.sealedUnder === undefined) return file
      const { name, type, size } = file
      return { name, type, size, blob: await blobs.put(await existing(trx, file), trx) }
    },

    read: (file) => bytesOf(file),

    async clear(files) {
      for (const hash of new Set(files.map(({ blob }) => blob))) await removeUnusedBlob(store, blobs, hash)
    },
  }
}
