import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql, type Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import { PlainError } from '../messages/plain-error.ts'
import type { Connections, DialectName } from './connections.ts'
import type { FullText } from './full-text.ts'
import { allMigrations } from './migrations/all.ts'
import { connectPostgres } from './postgres/connect.ts'
import { defaultRetry, type RetryPolicy, retrying } from './retry.ts'
import { connectSqlite } from './sqlite/connect.ts'
import type { Tables } from './tables.ts'

export type Trx = Transaction<Tables>

export interface Store {
  readonly dialect: DialectName
  /** Finds rows by the terms of their texts. */
  readonly fullText: FullText
  /** For reads outside a transaction; a write through it is an error. */
  readonly db: Kysely<Tables>
  /**
   * Runs `fn` so that all it writes is kept or none, as if no other transaction ran beside it: SQLite
   * `begin immediate`, one after another; PostgreSQL serializable. `fn` may run several times (a conflict
   * is retried), so it changes nothing but rows, and makes no network or model call: others wait meanwhile.
   * Nested use is an error; pass `trx` on instead.
   */
  transaction<T>(fn: (trx: Trx) => Promise<T>, options?: TransactionOptions): Promise<T>
  /**
   * The time by which things are due: PostgreSQL's own, which all replicas share, and the process's clock on SQLite,
   * where there is but one.
   * @param db `store.db` by default; within a transaction, that transaction.
   */
  now(db?: Kysely<Tables>): Promise<Date>
  /** Runs reads that must all see the same moment. */
  snapshot<T>(fn: (trx: Trx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface TransactionOptions {
  /**
   * What PostgreSQL isolates by. `row-locks` is read committed, for claims that lock the rows they take
   * (`for update skip locked`) and for lone inserts: workers side by side do not run into one another. SQLite has one
   * writer either way. Default serializable.
   */
  isolation?: 'serializable' | 'row-locks'
}

export interface StoreOptions {
  retry?: RetryPolicy
  /** The process's clock. Default: the machine's. */
  clock?: () => Date
  /** Stands in for PostgreSQL's clock, so that tests say what time it is there too. Default: PostgreSQL's own. */
  databaseClock?: (() => Date) | undefined
}

export interface StoreLocation {
  /** Folder of `kexie.db`, created if missing. */
  dataDir: string
  /** `postgres://…`; SQLite is used without. */
  databaseUrl?: string | undefined
}

/**
 * Opens the database and brings its tables up to date; two processes may do so at once.
 * Throws PlainError `chat:database-unreachable` where it cannot be opened.
 */
export async function openStore(location: StoreLocation, options: StoreOptions = {}): Promise<Store> {
  const retry = options.retry ?? defaultRetry
  const { dataDir, databaseUrl } = location
  const connections = databaseUrl
    ? connectPostgres(databaseUrl)
    : connectSqlite(join(dataDir, 'kexie.db'), retry)
  try {
    if (!databaseUrl) await mkdir(dataDir, { recursive: true })
    await migrate(connections)
  } catch (error) {
    await closeAll(connections)
    if (!connections.isUnreachable(error)) throw error
    throw new PlainError('chat:database-unreachable', {}, { cause: error })
  }
  return new DatabaseStore(connections, { ...options, retry })
}

/** All or nothing, under a lock: a second process waits, and then finds nothing left to do. */
async function migrate(connections: Connections): Promise<void> {
  if (await isUpToDate(connections)) return
  await connections.writes.transaction().execute(async (trx) => {
    await connections.lockForMigration(trx)
    const migrations = allMigrations(connections.types)
    const migrator = new Migrator({ db: trx, provider: { getMigrations: async () => migrations } })
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
  })
}

/**
 * Whether all migrations were run, and no others: Kysely would read every column of every table to say so, which is most
 * of what a start with nothing to do takes.
 */
async function isUpToDate({ writes, types, isUnreachable }: Connections): Promise<boolean> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(writes)
    const known = new Set(Object.keys(allMigrations(types)))
    return rows.length === known.size && rows.every(({ name }) => known.has(name))
  } catch (error) {
    if (isUnreachable(error)) throw error
    // Nothing was made in it yet; what else is wrong with it shows in migrating.
    return false
  }
}

async function closeAll(connections: Connections): Promise<void> {
  await connections.reads.destroy()
  await connections.writes.destroy()
}

class DatabaseStore implements Store {
  readonly #connections: Connections
  readonly #retry: RetryPolicy
  readonly #clock: () => Date
  readonly #databaseClock: (() => Date) | undefined
  /** Set while the current chain of calls is within a transaction that is still open. */
  readonly #within = new AsyncLocalStorage<{ open: boolean }>()

  constructor(connections: Connections, options: StoreOptions & { retry: RetryPolicy }) {
    this.#connections = connections
    this.#retry = options.retry
    this.#clock = options.clock ?? (() => new Date())
    this.#databaseClock = options.databaseClock
  }

  get dialect(): DialectName {
    return this.#connections.dialect
  }

  get fullText(): FullText {
    return this.#connections.types.fullText
  }

  get db(): Kysely<Tables> {
    return this.#connections.reads
  }

  async now(db: Kysely<Tables> = this.db): Promise<Date> {
    const databaseNow = await this.#connections.databaseNow(db)
    return databaseNow ? (this.#databaseClock?.() ?? databaseNow) : this.#clock()
  }

  async transaction<T>(fn: (trx: Trx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    // With one writer a nested transaction would wait for itself for ever.
    if (this.#within.getStore()?.open) throw new Error('transaction() within transaction(): pass trx on')
    const { beginWrite, isTransient } = this.#connections
    const state = { open: true }
    try {
      return await this.#within.run(state, () =>
        retrying(this.#retry, isTransient, () => beginWrite(options.isolation ?? 'serializable').execute(fn)),
      )
    } finally {
      state.open = false
    }
  }

  snapshot<T>(fn: (trx: Trx) => Promise<T>): Promise<T> {
    return this.#connections.beginSnapshot().execute(fn)
  }

  close(): Promise<void> {
    return closeAll(this.#connections)
  }
}
