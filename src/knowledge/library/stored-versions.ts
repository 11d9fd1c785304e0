import type { Trx } from '../../store/store.ts'
import type { DocumentVersionTable } from '../../store/tables.ts'
import type { Clause, DocumentVersion, Visibility } from '../clause.ts'

/** A version without its clauses, as it is listed. */
export interface VersionHead extends Omit<DocumentVersion, 'clauses'> {
  format: string
  fileName: string
  blob: string
  textHash: string
  origin: DocumentVersionTable['origin']
}

/** Versions that stand in the library, by document name and version; all documents where none is named. */
export async function readHeads(db: Trx, document?: string): Promise<VersionHead[]> {
  let versions = db.selectFrom('document_version').selectAll()
  let visibility = db.selectFrom('document_visibility').selectAll()
  if (document !== undefined) {
    versions = versions.where('document', '=', document)
    visibility = visibility.where('document', '=', document)
  }
  const named = Map.groupBy(await visibility.execute(), (row) => `${row.version} ${row.document}`)
  const heads = (await versions.execute()).map((row): VersionHead => {
    const names = (kind: 'organisation' | 'role') =>
      (named.get(`${row.version} ${row.document}`) ?? [])
        .filter((entry) => entry.kind === kind)
        .map((entry) => entry.name)
        .sort()
    const whom: Visibility = row.open
      ? { open: true }
      : { open: false, organisations: names('organisation'), roles: names('role') }
    return {
      document: row.document,
      version: row.version,
      title: row.title,
      issuers: row.issuers,
      effective: row.effective,
      visibility: whom,
      format: row.format,
      fileName: row.file_name,
      blob: row.blob,
      textHash: row.text_hash,
      origin: row.origin,
    }
  })
  // Sorted here and not by the databases, which order Chinese names each in its own way.
  return heads.sort((one, other) => compareText(one.document, other.document) || one.version - other.version)
}

/** The same heads with their clauses in reading order. */
export async function readClauses(db: Trx, heads: readonly VersionHead[]): Promise<DocumentVersion[]> {
  const read: DocumentVersion[] = []
  for (const group of chunksOf(heads, 100)) {
    const rows = await db
      .selectFrom('clause')
      .selectAll()
      .where(
        'document',
        'in',
        group.map((head) => head.document),
      )
      .orderBy('position')
      .execute()
    const clauses = Map.groupBy(rows, (row) => `${row.version} ${row.document}`)
    for (const head of group) {
      const { document, version, title, issuers, effective, visibility } = head
      const own = clauses.get(`${version} ${document}`) ?? []
      read.push({ document, version, title, issuers, effective, visibility, clauses: own.map(toClause) })
    }
  }
  return read
}

function toClause(row: {
  key: string
  kind: Clause['kind']
  number: number | null
  label: string
  path: string
  lead: string
  text: string
}): Clause {
  const { key, kind, number, label, path, lead, text } = row
  return { key, kind, number, label, path: JSON.parse(path) as string[], lead, text }
}

/** Pieces of at most `size`, since a database takes a limited number of values in one statement. */
export function* chunksOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}

export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
