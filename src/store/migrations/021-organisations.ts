import type { Kysely } from 'kysely'

/** What is known of an organisation: its association, its science and technology workers, its founding. */
export async function createProfiles(db: Kysely<unknown>): Promise<void> {
  void db
}
