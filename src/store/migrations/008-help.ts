import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** Questions that were put to a person. */
export async function createHelp(_db: Kysely<unknown>, _types: ColumnTypes): Promise<void> {}
