import { PlainError } from '../../messages/plain-error.ts'
import { contentHash } from '../../store/content-hash.ts'
import type { Store } from '../../store/store.ts'
import { type DocumentVersion, isVisibleTo, type Reader } from '../clause.ts'
import { readClauses, readHeads, type VersionHead } from './stored-versions.ts'
import { formatVisibleTo } from './visible-to.ts'

/**
 * The version of one document that holds on a day: of those in effect by then (no date: since ever) the one
 * with the latest date, of equal dates the one that came last. Null where all lie in the future.
 */
export function versionInForce<Version extends Pick<VersionHead, 'effective' | 'version'>>(
  versions: readonly Version[],
  today: string,
): Version | null {
  let inForce: Version | null = null
  for (const version of versions) {
    if (version.effective !== null && version.effective > today) continue
    const rank = (other: Version) => other.effective ?? ''
    const later =
      inForce === null ||
      rank(version) > rank(inForce) ||
      (rank(version) === rank(inForce) && version.version > inForce.version)
    if (later) inForce = version
  }
  return inForce
}

/**
 * What holds today, one version of each document, by name. With `readers`, only what every one of them may
 * see: a version that they may not see is left out, and no older one takes its place, for it no longer holds.
 * @param today `YYYY-MM-DD`, see `dayInChina`.
 * @param readers All documents where it is not given (to build the index).
 */
export function currentVersions(
  store: Store,
  today: string,
  readers?: readonly Reader[],
): Promise<DocumentVersion[]> {
  return store.snapshot(async (trx) => {
    const heads = inForceHeads(await readHeads(trx), today)
    return readClauses(trx, readers ? heads.filter((head) => isVisibleTo(head.visibility, readers)) : heads)
  })
}

/** What {@link currentVersions} would return, without the clauses. */
export async function currentHeads(store: Store, today: string): Promise<VersionHead[]> {
  return inForceHeads(await store.snapshot((trx) => readHeads(trx)), today)
}

/** One version, old and future ones too; null where there is none, or none for these readers. */
export function readVersion(
  store: Pick<Store, 'snapshot'>,
  document: string,
  version: number,
  readers?: readonly Reader[],
): Promise<DocumentVersion | null> {
  return store.snapshot(async (trx) => {
    const head = (await readHeads(trx, document)).find((one) => one.version === version)
    if (!head || (readers && !isVisibleTo(head.visibility, readers))) return null
    return (await readClauses(trx, [head]))[0]!
  })
}

export interface ListedVersion extends VersionHead {
  clauses: number
  /** Whether it holds today, held before, or will. */
  standing: 'current' | 'superseded' | 'future'
}

/** All versions of all documents, for those who keep the library. */
export function listVersions(store: Store, today: string): Promise<ListedVersion[]> {
  return store.snapshot(async (trx) => {
    const heads = await readHeads(trx)
    const current = new Set(inForceHeads(heads, today))
    const counts = await trx
      .selectFrom('clause')
      .select(({ fn }) => ['document', 'version', fn.countAll().as('clauses')])
      // A preamble and attachments are no clauses to whoever knows the document by its numbers.
      .where('kind', '=', 'clause')
      .groupBy(['document', 'version'])
      .execute()
    const countOf = new Map(counts.map((row) => [`${row.version} ${row.document}`, Number(row.clauses)]))
    return heads.map((head): ListedVersion => {
      const future = head.effective !== null && head.effective > today
      return {
        ...head,
        clauses: countOf.get(`${head.version} ${head.document}`) ?? 0,
        standing: current.has(head) ? 'current' : future ? 'future' : 'superseded',
      }
    })
  })
}

/** The name of the document that a keeper of the library means: its name, or its title. Throws PlainError. */
export async function findDocument(store: Store, given: string): Promise<string> {
  const heads = await store.snapshot((trx) => readHeads(trx))
  const wanted = given.replace(/^《(.*)》$/, '$1')
  const found = heads.find((head) => head.document === given) ?? heads.find((head) => head.title === wanted)
  if (!found) throw new PlainError('knowledge:library.no-such-document', { document: given })
  return found.document
}

/** Grows with every change of the library, whoever makes it: cheap to look at every few seconds. */
export async function libraryRevision(store: Store): Promise<number> {
  const row = await store.db.selectFrom('library_state').select('revision').executeTakeFirstOrThrow()
  return row.revision
}

/**
 * A hash of all that `currentVersions` would return. Equal ones mean an index built then still holds now; it
 * also changes with the day on which a future version takes effect.
 */
export async function libraryFingerprint(store: Store, today: string): Promise<string> {
  const heads = await currentHeads(store, today)
  const content = heads.map((head) => [
    head.document,
    head.version,
    head.title,
    head.issuers,
    head.effective,
    formatVisibleTo(head.visibility),
    head.textHash,
  ])
  return contentHash(JSON.stringify(content))
}

function inForceHeads(heads: readonly VersionHead[], today: string): VersionHead[] {
  return [...Map.groupBy(heads, (head) => head.document).values()].flatMap(
    (versions) => versionInForce(versions, today) ?? [],
  )
}
