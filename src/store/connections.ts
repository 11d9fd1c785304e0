import type { ColumnDataType, ColumnDefinitionBuilder, Kysely, TransactionBuilder } from 'kysely'
import type { FullText } from './full-text.ts'
import type { Tables } from './tables.ts'

export type DialectName = 'sqlite' | 'postgres'

/** The column types that have no common name. */
export interface ColumnTypes {
  bytes: ColumnDataType
  /** A number that the database gives, growing with each row; the table's primary key. */
  counter: { type: ColumnDataType; define: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder }
  fullText: FullText
}

/**
 * What each database gives to the store. All that differs between them stands behind this; the folders
 * `sqlite/` and `postgres/` hold one implementation each.
 */
export interface Connections {
  readonly dialect: DialectName
  readonly types: ColumnTypes
  /** Refuses to write. */
  readonly reads: Kysely<Tables>
  readonly writes: Kysely<Tables>
  /** A transaction that changes rows, as isolated as this database can. */
  beginWrite(isolation: 'serializable' | 'row-locks'): TransactionBuilder<Tables>
  /** The database's own time; null where it has none but that of this process. */
  databaseNow(db: Kysely<Tables>): Promise<Date | null>
  /** A transaction whose reads all see one moment. */
  beginSnapshot(): TransactionBuilder<Tables>
  /** Waits until no other process is migrating; the lock ends with the transaction. */
  lockForMigration(trx: Kysely<Tables>): Promise<void>
  /** Whether the same transaction may go through at a second try. */
  isTransient(error: unknown): boolean
  /** Whether the database could not be reached or opened at all. */
  isUnreachable(error: unknown): boolean
}
