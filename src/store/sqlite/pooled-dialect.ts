import { CompiledQuery, type DatabaseConnection, type Driver, SqliteAdapter } from 'kysely'
import { BaseSqliteDialect, GenericSqliteConnection, type IGenericSqlite } from 'kysely-generic-sqlite'
import type { RetryPolicy } from '../retry.ts'
import { openExecutor } from './executor.ts'

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

class PooledSqliteDriver implements Driver {
  readonly #options: SqliteOptions
  readonly #executors: IGenericSqlite[] = []
  readonly #idle: DatabaseConnection[] = []
  readonly #waiting: ((connection: DatabaseConnection) => void)[] = []
  #opened = 0

  constructor(options: SqliteOptions) {
    this.#options = options
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const idle = this.#idle.pop()
    if (idle) return idle
    if (this.#opened >= this.#options.connections) {
      return new Promise((resolve) => this.#waiting.push(resolve))
    }
    this.#opened++
    try {
      const executor = await openExecutor(this.#options)
      this.#executors.push(executor)
      return new GenericSqliteConnection(executor)
    } catch (error) {
      this.#opened--
      throw error
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const next = this.#waiting.shift()
    if (next) next(connection)
    else this.#idle.push(connection)
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(this.#options.begin))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy(): Promise<void> {
    for (const executor of this.#executors.splice(0)) await executor.close()
  }
}
