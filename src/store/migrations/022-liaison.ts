import type { Kysely } from 'kysely'

/** Who looks after whom, visits, promises. */
export async function createLiaison(db: Kysely<unknown>): Promise<void> {
  void db
}
