import { PostgresAdapter } from 'kysely'
import type { Trx } from './store.ts'

/**
 * Whether rows are locked one by one (`for update`): PostgreSQL's are. On SQLite whoever writes has the database to
 * themselves.
 */
export function hasRowLocks(trx: Trx): boolean {
  return trx.getExecutor().adapter instanceof PostgresAdapter
}
