import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** The outbox and how fast each chat may be spoken to. */
export async function createDelivery(_db: Kysely<unknown>, _types: ColumnTypes): Promise<void> {}
