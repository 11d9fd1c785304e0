import type { Blobs } from './blobs.ts'
import type { Store, Trx } from './store.ts'

/** Files that people sent, and what holds them: a draft, a record. One that nothing holds any more is removed. */

/** Where files are put that come from outside: what nobody takes up is removed at night, as what was let go of. */
export function receivingBlobs(store: Store, blobs: Blobs): Blobs {
  return {
    async put(bytes, trx) {
      const hash = await blobs.put(bytes, trx)
      const note = (inner: Trx) => dropBlob(inner, hash)
      await (trx ? note(trx) : store.transaction(note))
      return hash
    },
    get: (hash, trx) => blobs.get(hash, trx),
    remove: (hash, trx) => blobs.remove(hash, trx),
  }
}

/**
 * Says which files something holds from now on; what it let go of is removed later, if nothing else holds it.
 * @param user `draft TAG` or `submission TAG`, by which nobody finds to the draft or the record without `DATA_KEY`.
 */
export async function holdBlobs(trx: Trx, user: string, hashes: readonly string[]): Promise<void> {
  const held = await trx.selectFrom('blob_use').select('hash').where('used_by', '=', user).execute()
  const before = new Set(held.map(({ hash }) => hash))
  const wanted = new Set(hashes)
  for (const hash of wanted) {
    if (before.has(hash)) continue
    await trx.insertInto('blob_use').values({ hash, used_by: user }).execute()
  }
  for (const hash of before) {
    if (wanted.has(hash)) continue
    await trx.deleteFrom('blob_use').where('hash', '=', hash).where('used_by', '=', user).execute()
    await dropBlob(trx, hash)
  }
}

async function dropBlob(trx: Trx, hash: string): Promise<void> {
  await trx
    .insertInto('blob_dropped')
    .values({ hash })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
}

/** Whether a message that nobody has come to yet brings the file. */
async function isAwaited(trx: Trx, hash: string): Promise<boolean> {
  const message = await trx
    .selectFrom('inbox')
    .select('position')
    .where('state', '=', 'waiting')
    .where('payload', 'like', `%"${hash}"%`)
    .limit(1)
    .executeTakeFirst()
  return message !== undefined
}

/** Whether a version of a document, a draft or a record names the file. */
async function isUsed(trx: Trx, hash: string): Promise<boolean> {
  const version = await trx
    .selectFrom('document_version')
    .select('document')
    .where('blob', '=', hash)
    .limit(1)
    .executeTakeFirst()
  const use = await trx
    .selectFrom('blob_use')
    .select('used_by')
    .where('hash', '=', hash)
    .limit(1)
    .executeTakeFirst()
  return version !== undefined || use !== undefined
}

/**
 * Removes a file that nothing names any more. In a transaction of its own after the one that let go of it: nobody can
 * take up the same file in between, and a crash leaves a file too many, never one too few.
 */
export async function removeUnusedBlob(store: Store, blobs: Blobs, hash: string): Promise<void> {
  await store.transaction(async (trx) => {
    if (!(await isUsed(trx, hash)) && !(await isAwaited(trx, hash))) await blobs.remove(hash, trx)
  })
}

/** Removes what was let go of before, as far as nothing names it. */
export async function sweepBlobs(trx: Trx, blobs: Blobs): Promise<void> {
  const dropped = await trx.selectFrom('blob_dropped').select('hash').execute()
  for (const { hash } of dropped) {
    // Looked at again the next night.
    if (await isAwaited(trx, hash)) continue
    if (!(await isUsed(trx, hash))) await blobs.remove(hash, trx)
    await trx.deleteFrom('blob_dropped').where('hash', '=', hash).execute()
  }
}
