import { PlainError } from '../../messages/plain-error.ts'
import { removeUnusedBlob } from '../../store/blob-use.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Store } from '../../store/store.ts'
import { readHeads } from './stored-versions.ts'
import { bumpRevision } from './write-version.ts'

/**
 * Removes a document with all its versions and files. What it was called and how many versions it had is
 * kept, and that its seed file was imported: it comes back only when that file changes or it is added again.
 * Throws PlainError where there is no such document.
 */
export async function removeDocument(store: Store, blobs: Blobs, document: string, now: Date): Promise<void> {
  const files = await store.transaction(async (trx) => {
    const heads = await readHeads(trx, document)
    if (heads.length === 0) throw new PlainError('knowledge:library.no-such-document', { document })
    await trx.deleteFrom('document_version').where('document', '=', document).execute()
    await trx
      .updateTable('document')
      .set({ removed_at: now.toISOString() })
      .where('document', '=', document)
      .execute()
    await bumpRevision(trx)
    return new Set(heads.map((head) => head.blob))
  })
  for (const hash of files) await removeUnusedBlob(store, blobs, hash)
}
