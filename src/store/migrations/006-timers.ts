import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** Durable timers; working hours, days of organisations, leave. */
export async function createTimers(_db: Kysely<unknown>, _types: ColumnTypes): Promise<void> {}
