import type { Kysely } from 'kysely'

/** Annual plans, reports to leaders, rules reviewed, learning plans. */
export async function createPlanning(db: Kysely<unknown>): Promise<void> {
  void db
}
