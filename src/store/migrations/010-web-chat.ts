import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** What was said in the web chat. */
export async function createWebChat(_db: Kysely<unknown>, _types: ColumnTypes): Promise<void> {}
