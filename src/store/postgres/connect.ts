import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Connections } from '../connections.ts'
import type { Tables } from '../tables.ts'
import { isTransient, isUnreachable } from './errors.ts'
import { columnTypes } from './types.ts'

/** Per replica: ten replicas stay below the hundred connections that a PostgreSQL server allows by default. */
const connections = { reads: 5, writes: 4 }

/**
 * How long a transaction that writes may stand still, in milliseconds, before the server rolls it back. A process that
 * hangs or was suspended in the middle of one would hold its locks, and every other replica, for as long.
 */
const longestIdle = 10_000

/** Any number, the same in every replica: the name of the lock that migrations take. */
const migrationLock = 7236410021

/**
 * PostgreSQL by its URL. Transactions are serializable: one of two that conflict is rolled back and retried.
 * @param patience Milliseconds for a connection to come about. Default 0: as long as it takes.
 */
export function connectPostgres(url: string, patience = 0): Connections {
  const writes = new Kysely<Tables>({
    dialect: new PostgresDialect({
      // What is claimed is the first few of a short index from which rows come and go. A plain scan stops at the
      // limit and takes dead entries out as it passes them; a bitmap scan reads all of them, alive or dead.
      pool: pool(
        url,
        connections.writes,
        patience,
        `set enable_bitmapscan = off; set idle_in_transaction_session_timeout = ${longestIdle}`,
      ),
    }),
  })
  const reads = new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: pool(url, connections.reads, patience, 'set session characteristics as transaction read only'),
    }),
  })
  return {
    dialect: 'postgres',
    types: columnTypes,
    reads,
    writes,
    beginWrite: (isolation) =>
      writes.transaction().setIsolationLevel(isolation === 'row-locks' ? 'read committed' : 'serializable'),
    databaseNow: async (db) => {
      const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
      return rows[0]!.now
    },
    beginSnapshot: () => reads.transaction().setIsolationLevel('repeatable read'),
    lockForMigration: async (trx) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(trx)
    },
    isTransient,
    isUnreachable,
  }
}

/** @param first What every connection is told first; one that breaks there is given up, and its place is free again. */
function pool(url: string, max: number, patience: number, first: string): pg.Pool {
  const created = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: patience,
    application_name: 'kexie',
    onConnect: (client) => client.query(first),
  })
  // An idle connection that the server closes (restart, failover) is replaced at the next query;
  // without a listener Node would end the process.
  created.on('error', () => {})
  // One that is in use tells so by its queries, and once more by itself: between two of them nobody else listens.
  created.on('connect', (client) => client.on('error', () => {}))
  return created
}
