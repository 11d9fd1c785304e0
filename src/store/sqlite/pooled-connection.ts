import { CompiledQuery, type QueryResult } from 'kysely'
import { GenericSqliteConnection, type IGenericSqlite } from 'kysely-generic-sqlite'
import { isWithoutTransaction, mayRollBack } from './errors.ts'

/**
 * One connection and the transaction on it. On a full or broken disk SQLite undoes the transaction by itself; what
 * would follow then would be kept statement by statement, so nothing of that transaction is let through any more.
 */
export class PooledConnection extends GenericSqliteConnection {
  readonly #executor: IGenericSqlite
  #within = false
  /** Why the transaction is over already. */
  #undone: unknown
  #broken = false

  constructor(executor: IGenericSqlite) {
    super(executor)
    this.#executor = executor
  }

  /** Its transaction could not be ended. */
  get isBroken(): boolean {
    return this.#broken
  }

  override async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#undone) throw this.#undone
    try {
      return await super.executeQuery<R>(query)
    } catch (error) {
      if (this.#within && mayRollBack(error)) this.#undone = error
      throw error
    }
  }

  async begin(statement: 'begin' | 'begin immediate'): Promise<void> {
    await this.executeQuery(CompiledQuery.raw(statement))
    this.#within = true
  }

  async commit(): Promise<void> {
    await this.executeQuery(CompiledQuery.raw('commit'))
    this.#within = false
  }

  /** Never throws, so that the reason for it is what is heard of. */
  async rollback(): Promise<void> {
    this.#within = false
    this.#undone = undefined
    try {
      await this.executeQuery(CompiledQuery.raw('rollback'))
    } catch (error) {
      // There is nothing to roll back where SQLite has done so; else nobody knows what state it is in.
      this.#broken = !isWithoutTransaction(error)
    }
  }

  close(): Promise<void> {
    return Promise.resolve(this.#executor.close())
  }
}
