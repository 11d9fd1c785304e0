import type { Kysely } from 'kysely'

/** Service carriers on organisations: what was agreed with partners, and what came of it. */
export async function createCarriers(_db: Kysely<unknown>): Promise<void> {}
