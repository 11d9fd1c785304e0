import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { PlainError } from '../messages/plain-error.ts'
import type { Connections } from './connections.ts'
import { allMigrations } from './migrations/all.ts'
import { connectPostgres } from './postgres/connect.ts'
import type { RetryPolicy } from './retry.ts'
import { connectSqlite } from './sqlite/connect.ts'
import type { StoreLocation } from './store.ts'
import type { Tables } from './tables.ts'

export interface DatabaseState {
  /** `unreachable`: it cannot be opened; `locked`: another process holds it; `read-only`: nothing can be written. */
  is: 'there' | 'not-there-yet' | 'unreachable' | 'locked' | 'read-only'
  /** How many changes of the tables are yet to be made. */
  pending: number
  /** A newer program has changed the tables already, and this one does not know how. */
  isNewer: boolean
  /** Bytes; null where nobody says. */
  size: number | null
  /** By the database's own clock, with ours of the same moment; null where it has none of its own. */
  clock: { theirs: Date; ours: Date } | null
}

export interface InspectOptions {
  clock: () => Date
  /** Default: a few seconds, for somebody waits. */
  retry?: RetryPolicy
  /** Milliseconds for all of it. Default 8000. */
  patience?: number
}

const impatient: RetryPolicy = { attempts: 2, busyTimeout: 1500, wait, random: Math.random }

/** Looks at the database without changing it: no table is made, and what is written as a trial is taken back. */
export async function inspectDatabase(
  { dataDir, databaseUrl }: StoreLocation,
  { clock, retry = impatient, patience = 8000 }: InspectOptions,
): Promise<DatabaseState> {
  const state: DatabaseState = { is: 'there', pending: 0, isNewer: false, size: null, clock: null }
  const file = join(dataDir, 'kexie.db')
  // To open it would make it.
  if (!databaseUrl && !existsSync(file)) return { ...state, is: 'not-there-yet' }
  const connections = databaseUrl ? connectPostgres(databaseUrl, patience) : connectSqlite(file, retry)
  const timeout = Promise.withResolvers<'late'>()
  const timer = setTimeout(timeout.resolve, patience, 'late')
  try {
    const looking = look(connections, clock)
    looking.catch(() => {})
    const looked = await Promise.race([looking, timeout.promise])
    if (looked === 'late') return { ...state, is: 'unreachable' }
    return { ...state, ...looked, size: databaseUrl ? looked.size : sizeOf(file) }
  } catch (error) {
    return { ...state, is: reasonOf(error) }
  } finally {
    clearTimeout(timer)
    // A connection that never came about may not be waited for either.
    void connections.reads.destroy().catch(() => {})
    void connections.writes.destroy().catch(() => {})
  }
}

async function look(
  connections: Connections,
  clock: () => Date,
): Promise<Pick<DatabaseState, 'pending' | 'isNewer' | 'size' | 'clock'>> {
  const { reads, types, dialect } = connections
  const theirs = await connections.databaseNow(reads)
  const ours = clock()
  const size = dialect === 'postgres' ? await databaseSize(reads) : null
  const migrations = allMigrations(types)
  const done = await namesOfMigrations(reads)
  await tryToWrite(connections.writes)
  return {
    pending: Object.keys(migrations).filter((name) => !done.includes(name)).length,
    isNewer: done.some((name) => !(name in migrations)),
    size,
    clock: theirs && { theirs, ours },
  }
}

/** Those that were made, by the list that Kysely keeps in the database; none where there is no such list. */
async function namesOfMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return rows.map(({ name }) => name)
}

class TakenBack extends Error {}

async function tryToWrite(db: Kysely<Tables>): Promise<void> {
  try {
    await db.transaction().execute(async (trx) => {
      await sql`create table kexie_doctor_trial (n integer)`.execute(trx)
      throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
}

async function databaseSize(db: Kysely<Tables>): Promise<number | null> {
  const { rows } = await sql<{
    size: string | number
  }>`select pg_database_size(current_database()) as size`.execute(db)
  return rows[0] ? Number(rows[0].size) : null
}

/** With what is not written into the file itself yet. */
function sizeOf(file: string): number {
  return [file, `${file}-wal`].reduce(
    (sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
}

function reasonOf(error: unknown): DatabaseState['is'] {
  if (error instanceof PlainError && error.key === 'chat:busy') return 'locked'
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  // SQLite: a file or folder without the right to write. PostgreSQL: no right to make tables, or a standby.
  return ['SQLITE_READONLY', '42501', '25006'].includes(code) ? 'read-only' : 'unreachable'
}
