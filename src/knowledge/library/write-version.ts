import type { Blobs } from '../../store/blobs.ts'
import type { Trx } from '../../store/store.ts'
import type { Visibility } from '../clause.ts'
import type { Origin } from './add-document.ts'
import type { PreparedDocument } from './prepare-document.ts'
import { chunksOf, type VersionHead } from './stored-versions.ts'

/** What is known about a version beside its clauses. */
export interface Details {
  title: string
  issuers: string
  effective: string | null
  visibility: Visibility
}

/** Writes a version with its clauses and file; gives its number. A number is never given twice. */
export async function insertVersion(
  trx: Trx,
  blobs: Blobs,
  document: string,
  details: Details,
  origin: Origin,
  prepared: PreparedDocument,
  now: Date,
): Promise<number> {
  const known = await trx
    .selectFrom('document')
    .select('last_version')
    .where('document', '=', document)
    .executeTakeFirst()
  const version = (known?.last_version ?? 0) + 1
  await trx
    .insertInto('document')
    .values({ document, last_version: version, added_at: now.toISOString(), removed_at: null })
    .onConflict((conflict) =>
      conflict.column('document').doUpdateSet({ last_version: version, removed_at: null }),
    )
    .execute()
  await trx
    .insertInto('document_version')
    .values({
      document,
      version,
      title: details.title,
      issuers: details.issuers,
      effective: details.effective,
      open: details.visibility.open ? 1 : 0,
      format: prepared.format,
      file_name: prepared.fileName,
      blob: prepared.blob,
      text_hash: prepared.textHash,
      origin,
      added_at: now.toISOString(),
    })
    .execute()
  await insertVisibility(trx, document, version, details.visibility)
  const rows = prepared.clauses.map((clause, position) => ({
    document,
    version,
    position,
    ...clause,
    path: JSON.stringify(clause.path),
  }))
  for (const group of chunksOf(rows, 200)) await trx.insertInto('clause').values(group).execute()
  await blobs.put(prepared.bytes, trx)
  await bumpRevision(trx)
  return version
}

/** Changes what is known about a version whose clauses stay. By hand, it becomes the database's own. */
export async function updateVersion(
  trx: Trx,
  blobs: Blobs,
  head: VersionHead,
  details: Details,
  origin: Origin,
  prepared: PreparedDocument,
): Promise<void> {
  const { document, version } = head
  await trx
    .updateTable('document_version')
    .set({
      title: details.title,
      issuers: details.issuers,
      effective: details.effective,
      open: details.visibility.open ? 1 : 0,
      format: prepared.format,
      file_name: prepared.fileName,
      blob: prepared.blob,
      origin: origin === 'added' && head.origin === 'seed' ? 'edited' : head.origin,
    })
    .where('document', '=', document)
    .where('version', '=', version)
    .execute()
  await trx
    .deleteFrom('document_visibility')
    .where('document', '=', document)
    .where('version', '=', version)
    .execute()
  await insertVisibility(trx, document, version, details.visibility)
  await blobs.put(prepared.bytes, trx)
  await bumpRevision(trx)
}

async function insertVisibility(
  trx: Trx,
  document: string,
  version: number,
  visibility: Visibility,
): Promise<void> {
  if (visibility.open) return
  const rows = [
    ...visibility.organisations.map((name) => ({ kind: 'organisation' as const, name })),
    ...visibility.roles.map((name) => ({ kind: 'role' as const, name })),
  ].map((row) => ({ document, version, ...row }))
  await trx.insertInto('document_visibility').values(rows).execute()
}

/** Tells all processes that look at `libraryRevision` that something changed. */
export async function bumpRevision(trx: Trx): Promise<void> {
  await trx
    .updateTable('library_state')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .execute()
}
