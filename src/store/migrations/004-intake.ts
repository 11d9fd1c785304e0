import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** The inbox, the first answers of interactions, and domain events on their way. */
export async function createIntake(_db: Kysely<unknown>, _types: ColumnTypes): Promise<void> {}
