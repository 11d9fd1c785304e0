import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** Drafts of forms, and the numbers of receipts. */
export async function createForms(_db: Kysely<unknown>, _types: ColumnTypes): Promise<void> {}
