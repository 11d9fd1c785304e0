import type { Clause } from '../../knowledge/clause.ts'
import { readClauses, readHeads } from '../../knowledge/library/stored-versions.ts'
import { versionInForce } from '../../knowledge/library/versions.ts'
import type { Trx } from '../../store/store.ts'
import type { Day } from '../../timers/calendar/day.ts'
import type { FoundingSteps } from './steps.ts'

/** A clause with the title of the document in which it stands. */
export interface CitedClause {
  title: string
  clause: Clause
}

/** The clause on founding as it holds today; null: the library has none that everybody may see. */
export async function readFoundingClause(
  trx: Trx,
  { document, clause: key }: Pick<FoundingSteps, 'document' | 'clause'>,
  today: Day,
): Promise<CitedClause | null> {
  const head = versionInForce(await readHeads(trx, document), today)
  if (!head?.visibility.open) return null
  const [version] = await readClauses(trx, [head])
  const clause = version?.clauses.find((one) => one.key === key)
  return clause ? { title: head.title, clause } : null
}
