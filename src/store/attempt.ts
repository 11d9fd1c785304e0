import { sql } from 'kysely'
import { isTransient as isPostgresConflict } from './postgres/errors.ts'
import { isTransient as isSqliteBusy } from './sqlite/errors.ts'
import type { Trx } from './store.ts'

/**
 * Runs work of which nothing is kept where it fails, though the transaction goes on. Rejects where the transaction as a
 * whole is lost (connection gone, disk full) or is to be tried again: then the work is not what failed.
 */
export async function attempt<T>(
  trx: Trx,
  work: () => Promise<T>,
): Promise<{ result: T } | { error: unknown }> {
  await sql`savepoint attempt`.execute(trx)
  try {
    const result = await work()
    await sql`release savepoint attempt`.execute(trx)
    return { result }
  } catch (error) {
    if (isPostgresConflict(error) || isSqliteBusy(error)) throw error
    await sql`rollback to savepoint attempt`.execute(trx)
    await sql`release savepoint attempt`.execute(trx)
    return { error }
  }
}
