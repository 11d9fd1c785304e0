import { readdir, readFile } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import { removeUnusedBlob } from '../../store/blob-use.ts'
import type { Blobs } from '../../store/blobs.ts'
import { contentHash } from '../../store/content-hash.ts'
import type { Store, Trx } from '../../store/store.ts'
import { type Addition, placeDocument, versionsOf } from './add-document.ts'
import { type PreparedDocument, prepareDocument } from './prepare-document.ts'
import { compareText } from './stored-versions.ts'

export interface SeedImport {
  imported: (Addition & { path: string })[]
  /** Changed files whose document was edited or added later in the database, which wins. */
  kept: { path: string; document: string }[]
  /** Files that could not be read; the others are imported all the same. */
  failed: { path: string; error: unknown }[]
}

/**
 * Imports what is new or changed in `documents/` of the knowledge folder. A file whose hash is on record costs
 * its reading only. Hidden files and READMEs are no documents; a folder that is missing has none.
 */
export async function importSeed(
  store: Store,
  blobs: Blobs,
  knowledgeDir: string,
  now: Date,
): Promise<SeedImport> {
  const folder = join(knowledgeDir, 'documents')
  const records = await store.db.selectFrom('seed_import').select(['path', 'hash']).execute()
  const known = new Map(records.map((record) => [record.path, record.hash]))
  const result: SeedImport = { imported: [], kept: [], failed: [] }
  for (const path of await seedFiles(folder)) {
    try {
      const bytes = new Uint8Array(await readFile(join(folder, path)))
      const hash = contentHash(bytes)
      if (known.get(path) === hash) continue
      const prepared = await prepareDocument({ fileName: basename(path), bytes })
      const placed = await store.transaction((trx) => placeSeed(trx, blobs, path, hash, prepared, now))
      if (!placed) continue
      if ('kept' in placed) result.kept.push({ path, document: placed.kept })
      else {
        if (placed.replaced) await removeUnusedBlob(store, blobs, placed.replaced)
        result.imported.push({ path, ...placed.addition })
      }
    } catch (error) {
      result.failed.push({ path, error })
    }
  }
  return result
}

async function placeSeed(
  trx: Trx,
  blobs: Blobs,
  path: string,
  hash: string,
  prepared: PreparedDocument,
  now: Date,
) {
  const record = await trx
    .selectFrom('seed_import')
    .select('hash')
    .where('path', '=', path)
    .executeTakeFirst()
  // Another process that started at the same time was first.
  if (record?.hash === hash) return null
  const versions = await versionsOf(trx, prepared)
  const edited = versions.some((version) => version.origin !== 'seed')
  const placed = edited ? null : await placeDocument(trx, blobs, prepared, 'seed', now)
  const document = placed?.addition.document ?? versions[0]!.document
  const row = { hash, document, imported_at: now.toISOString() }
  await trx
    .insertInto('seed_import')
    .values({ path, ...row })
    .onConflict((conflict) => conflict.column('path').doUpdateSet(row))
    .execute()
  return placed ?? { kept: document }
}

/** Tries to read every file of `documents/`, imported or not; gives the error of each that fails. */
export async function findBrokenSeeds(knowledgeDir: string): Promise<{ path: string; error: unknown }[]> {
  const folder = join(knowledgeDir, 'documents')
  const broken: { path: string; error: unknown }[] = []
  for (const path of await seedFiles(folder)) {
    try {
      const bytes = new Uint8Array(await readFile(join(folder, path)))
      await prepareDocument({ fileName: basename(path), bytes })
    } catch (error) {
      broken.push({ path, error })
    }
  }
  return broken
}

/** Paths within the folder, with `/`, in an order that is the same on every machine. */
async function seedFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .split(sep)
          .join('/'),
      )
      .filter(
        (path) => !path.split('/').some((name) => /^[.~]/.test(name)) && !/^readme/i.test(basename(path)),
      )
      .sort(compareText)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
