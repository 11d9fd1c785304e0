import { type Driver, SqliteAdapter } from 'kysely'
import { BaseSqliteDialect } from 'kysely-generic-sqlite'
import type { RetryPolicy } from '../retry.ts'
import { openExecutor } from './executor.ts'
import { PooledConnection } from './pooled-connection.ts'

export interface SqliteOptions {
  file: string
  /** How many connections at most; who asks for one more waits in line. */
  connections: number
  begin: 'begin' | 'begin immediate'
  readOnly: boolean
  retry: RetryPolicy
}

/**
 * Kysely's SQLite, with as many connections as asked for. A connection belongs to one query or one transaction
 * at a time, so that with a single connection transactions queue instead of running into one another.
 */
export class PooledSqliteDialect extends BaseSqliteDialect {
  constructor(options: SqliteOptions) {
    super(() => new PooledSqliteDriver(options))
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter()
  }
}

/** SQLite can create and drop tables within a transaction; Kysely's adapter is more careful than it needs to be. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

interface Waiting {
  resolve(connection: PooledConnection): void
  reject(error: unknown): void
}

class PooledSqliteDriver implements Driver {
  readonly #options: SqliteOptions
  readonly #open = new Set<PooledConnection>()
  readonly #idle: PooledConnection[] = []
  readonly #waiting: Waiting[] = []
  /** Those being opened counted in. */
  #opened = 0

  constructor(options: SqliteOptions) {
    this.#options = options
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PooledConnection> {
    const idle = this.#idle.pop()
    if (idle) return idle
    if (this.#opened >= this.#options.connections) {
      return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
    }
    this.#opened++
    try {
      const connection = new PooledConnection(await openExecutor(this.#options))
      this.#open.add(connection)
      return connection
    } catch (error) {
      this.#opened--
      throw error
    }
  }

  async releaseConnection(connection: PooledConnection): Promise<void> {
    if (connection.isBroken) return this.#replace(connection)
    const next = this.#waiting.shift()
    if (next) next.resolve(connection)
    else this.#idle.push(connection)
  }

  /** Whoever waits gets a new one: with a transaction that cannot be ended the old one would refuse all that follow. */
  async #replace(connection: PooledConnection): Promise<void> {
    this.#open.delete(connection)
    this.#opened--
    await connection.close().catch(() => {})
    const next = this.#waiting.shift()
    if (next) this.acquireConnection().then(next.resolve, next.reject)
  }

  beginTransaction(connection: PooledConnection): Promise<void> {
    return connection.begin(this.#options.begin)
  }

  commitTransaction(connection: PooledConnection): Promise<void> {
    return connection.commit()
  }

  rollbackTransaction(connection: PooledConnection): Promise<void> {
    return connection.rollback()
  }

  async destroy(): Promise<void> {
    for (const connection of this.#open) await connection.close()
    this.#open.clear()
  }
}
