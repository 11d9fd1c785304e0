import { removeUnusedBlob } from '../../store/blob-use.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Store, Trx } from '../../store/store.ts'
import { dayInChina } from './day.ts'
import { type DocumentFile, type PreparedDocument, prepareDocument } from './prepare-document.ts'
import { readHeads, type VersionHead } from './stored-versions.ts'
import { formatVisibleTo } from './visible-to.ts'
import { type Details, insertVersion, updateVersion } from './write-version.ts'

export interface Addition {
  /** `changed`: the same clauses under a new title, issuer, date or visibility. `same`: nothing to do. */
  outcome: 'new' | 'newer' | 'changed' | 'same'
  document: string
  version: number
  title: string
  effective: string | null
  /** No date was given while an older version has one, so it holds from the day it was added. */
  effectiveAssumed: boolean
  visibility: VersionHead['visibility']
  clauses: number
}

/** How a document comes in. Rows from `seed` give way to a changed file, all others stay. */
export type Origin = 'seed' | 'added'

/**
 * Adds a document, or a newer version of one that is there (by its name, or else its title). Throws PlainError
 * for a file that cannot be read and for wrong details; whatever is thrown, the library stays as it was.
 */
export async function addDocument(
  store: Store,
  blobs: Blobs,
  file: DocumentFile,
  now: Date,
): Promise<Addition> {
  const prepared = await prepareDocument(file)
  const { addition, replaced } = await store.transaction((trx) =>
    placeDocument(trx, blobs, prepared, 'added', now),
  )
  if (replaced) await removeUnusedBlob(store, blobs, replaced)
  return addition
}

/** Writes what was read, within a transaction. `replaced` is a file that its version no longer needs. */
export async function placeDocument(
  trx: Trx,
  blobs: Blobs,
  prepared: PreparedDocument,
  origin: Origin,
  now: Date,
): Promise<{ addition: Addition; replaced: string | null }> {
  const versions = await versionsOf(trx, prepared)
  const latest = versions.at(-1)
  const sameClauses = latest?.textHash === prepared.textHash
  const { assumed, ...details } = detailsOf(prepared, versions, sameClauses, now)
  const addition = {
    document: latest?.document ?? prepared.name,
    title: details.title,
    effective: details.effective,
    effectiveAssumed: assumed,
    visibility: details.visibility,
    clauses: prepared.clauses.length,
  }
  if (latest && sameClauses) {
    const { version } = latest
    if (sameDetails(details, latest)) {
      return { addition: { ...addition, outcome: 'same', version }, replaced: null }
    }
    await updateVersion(trx, blobs, latest, details, origin, prepared)
    const replaced = latest.blob === prepared.blob ? null : latest.blob
    return { addition: { ...addition, outcome: 'changed', version }, replaced }
  }
  const version = await insertVersion(trx, blobs, addition.document, details, origin, prepared, now)
  return { addition: { ...addition, outcome: latest ? 'newer' : 'new', version }, replaced: null }
}

/** The versions there are of the same document, oldest first; none for a new one. */
export async function versionsOf(trx: Trx, prepared: PreparedDocument): Promise<VersionHead[]> {
  const { givenName, title, name, blob } = prepared
  if (givenName !== null) return readHeads(trx, givenName)
  const documents = [...Map.groupBy(await readHeads(trx), (head) => head.document).values()]
  const latestIs = (matches: (head: VersionHead) => boolean) =>
    documents.find((versions) => matches(versions.at(-1)!))
  return (
    latestIs((head) => head.title === title) ??
    latestIs((head) => head.document === name) ??
    // The very same file under another title is no second document.
    latestIs((head) => head.blob === blob) ??
    []
  )
}

/**
 * What is not said anew stays as it was where the clauses are the same. A newer text takes over only who may
 * see it, lest adding one without a word open to all what was not.
 */
function detailsOf(
  prepared: PreparedDocument,
  versions: readonly VersionHead[],
  sameClauses: boolean,
  now: Date,
): Details & { assumed: boolean } {
  const latest = versions.at(-1)
  const before = sameClauses ? latest : undefined
  const given = prepared.effective ?? before?.effective ?? null
  // Without a date it would never come to hold beside an older version that has one.
  const assumed = given === null && !before && versions.some((version) => version.effective !== null)
  return {
    title: before && !prepared.titleGiven ? before.title : prepared.title,
    issuers: prepared.issuers ?? before?.issuers ?? '',
    effective: assumed ? dayInChina(now) : given,
    visibility: prepared.visibility ?? latest?.visibility ?? { open: true },
    assumed,
  }
}

function sameDetails(details: Details, head: VersionHead): boolean {
  return (
    details.title === head.title &&
    details.issuers === head.issuers &&
    details.effective === head.effective &&
    formatVisibleTo(details.visibility) === formatVisibleTo(head.visibility)
  )
}
