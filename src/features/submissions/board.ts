import type { Kysely } from 'kysely'
import type { Wording } from '../../messages/translate.ts'
import type { Tables } from '../../store/tables.ts'
import type { SubmissionsContext } from './context.ts'
import type { Kind } from './definition/schema.ts'
import { conditionOf, type ListFilters } from './list-submissions.ts'
import { readSubmissions, type Submission } from './records.ts'
import type { Asker } from './visible.ts'

/** The records of a kind that are in one state. */
export interface BoardColumn {
  state: string
  title: Wording
  isFinal: boolean
  /** The last sent in first, `mostShown` at the most. */
  submissions: Submission[]
  /** How many there are; from `mostCounted` on: at least so many. */
  count: number
}

/** More of a column is read in the list. */
const mostShown = 8
export const mostCounted = 100

/** A kind's states in the order of its file, with what the asker may see in each. */
export async function boardOf(
  db: Kysely<Tables>,
  context: Pick<SubmissionsContext, 'kinds' | 'sealer' | 'store'>,
  asker: Asker,
  kind: string,
  filters: Pick<ListFilters, 'organisation' | 'handler' | 'variety'> = {},
): Promise<BoardColumn[]> {
  const condition = await conditionOf(db, context, asker, filters)
  const columns: BoardColumn[] = []
  for (const [state, { title, final }] of statesOf(context.kinds.everyVersion(), kind)) {
    const rows = await db
      .selectFrom('submission')
      .select('id')
      .where('kind', '=', kind)
      .where('state', '=', state)
      .where(condition)
      .orderBy('submitted_at', 'desc')
      .orderBy('id', 'desc')
      .limit(mostCounted)
      .execute()
    const shown = rows.slice(0, mostShown).map(({ id }) => id)
    const submissions = await readSubmissions(db, context, shown)
    columns.push({ state, title, isFinal: final, submissions, count: rows.length })
  }
  return columns
}

/** The states of the newest version, and behind them those in which only older records can be. */
export function statesOf(versions: readonly Kind[], kind: string): [string, Kind['states'][string]][] {
  const own = versions.filter((one) => one.kind === kind).toReversed()
  const states = new Map<string, Kind['states'][string]>()
  for (const version of own) {
    for (const [name, state] of Object.entries(version.states)) {
      if (!states.has(name)) states.set(name, state)
    }
  }
  return [...states]
}
