import { Kysely } from 'kysely'
import type { Connections } from '../connections.ts'
import type { RetryPolicy } from '../retry.ts'
import type { Tables } from '../tables.ts'
import { isTransient, isUnreachable } from './errors.ts'
import { PooledSqliteDialect } from './pooled-dialect.ts'
import { columnTypes } from './types.ts'

/** Readers beside the writer; in WAL mode they never wait for it. */
const readers = 4

/**
 * SQLite as one file. All writes of this process go through one connection, which Kysely hands out to one
 * transaction after another; another process that writes is waited for.
 */
export function connectSqlite(file: string, retry: RetryPolicy): Connections {
  const writes = new Kysely<Tables>({
    dialect: new PooledSqliteDialect({
      file,
      connections: 1,
      begin: 'begin immediate',
      readOnly: false,
      retry,
    }),
  })
  const reads = new Kysely<Tables>({
    dialect: new PooledSqliteDialect({ file, connections: readers, begin: 'begin', readOnly: true, retry }),
  })
  return {
    dialect: 'sqlite',
    types: columnTypes,
    reads,
    writes,
    beginWrite: () => writes.transaction(),
    databaseNow: async () => null,
    beginSnapshot: () => reads.transaction(),
    // `begin immediate` holds the file's only write lock already.
    lockForMigration: async () => {},
    isTransient,
    isUnreachable,
  }
}
