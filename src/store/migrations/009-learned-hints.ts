import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** Hints that were learned from cadres and from thanks. */
export async function createLearnedHints(_db: Kysely<unknown>, _types: ColumnTypes): Promise<void> {}
