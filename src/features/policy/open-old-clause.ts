import type { Reader } from '../../knowledge/clause.ts'
import { readVersion } from '../../knowledge/library/versions.ts'
import type { OpenedClause } from '../../knowledge/search/search-engine.ts'
import type { Trx } from '../../store/store.ts'

/** PostgreSQL takes no larger number for a version, and a button can be made to carry any. */
const largestVersion = 2 ** 31 - 1

/** A clause of a version that no longer holds; null where there is none or the readers may not see it. */
export async function openOldClause(
  trx: Trx,
  document: string,
  version: number,
  key: string,
  readers: readonly Reader[],
): Promise<OpenedClause | null> {
  if (!Number.isInteger(version) || version < 1 || version > largestVersion) return null
  const found = await readVersion({ snapshot: (read) => read(trx) }, document, version, readers)
  const at = found?.clauses.findIndex((clause) => clause.key === key) ?? -1
  if (!found || at < 0) return null
  const { clauses } = found
  return {
    document: found,
    clause: clauses[at]!,
    previous: clauses[at - 1] ?? null,
    next: clauses[at + 1] ?? null,
  }
}
