import type sqlite3 from 'sqlite3'

/** Beyond these the one that was not used for longest is given up; texts differ by how many rows they are about. */
const mostKept = 100
/** What is said again and again; tables are made and pragmas set once. */
const recurs = /^\s*(?:select|insert|update|delete|with|begin|commit|rollback)\b/i

export interface Change {
  insertId: bigint
  numAffectedRows: bigint
}

/**
 * The statements of one connection, each prepared once: the driver would prepare it anew each time, which takes as long
 * as carrying it out and a second way to its thread and back. SQLite itself prepares one again after the tables have
 * changed (sqlite.org/c3ref/prepare.html).
 */
export class Statements {
  readonly #db: sqlite3.Database
  readonly #kept = new Map<string, Promise<sqlite3.Statement>>()

  constructor(db: sqlite3.Database) {
    this.#db = db
  }

  all(sql: string, parameters: readonly unknown[]): Promise<unknown[]> {
    return this.#use(
      sql,
      parameters,
      (statement) =>
        new Promise((resolve, reject) => {
          statement.all([...parameters], (error: Error | null, rows: unknown[]) =>
            error ? reject(error) : resolve(rows),
          )
        }),
    )
  }

  run(sql: string, parameters: readonly unknown[]): Promise<Change> {
    return this.#use(
      sql,
      parameters,
      (statement) =>
        new Promise((resolve, reject) => {
          statement.run([...parameters], function (this: sqlite3.RunResult, error: Error | null) {
            if (error) reject(error)
            else resolve({ insertId: BigInt(this.lastID), numAffectedRows: BigInt(this.changes) })
          })
        }),
    )
  }

  /** To be done before the connection is closed, which else refuses. */
  async finalize(): Promise<void> {
    const kept = [...this.#kept.values()]
    this.#kept.clear()
    await Promise.all(kept.map((preparing) => preparing.then(finalize, () => {})))
  }

  async #use<T>(
    sql: string,
    parameters: readonly unknown[],
    work: (statement: sqlite3.Statement) => Promise<T>,
  ): Promise<T> {
    // What was bound last stays in memory with its statement: files are too large for it.
    const isKept = recurs.test(sql) && !parameters.some((parameter) => parameter instanceof Uint8Array)
    if (isKept) return work(await this.#keep(sql))
    const statement = await this.#prepare(sql)
    try {
      return await work(statement)
    } finally {
      await finalize(statement)
    }
  }

  #keep(sql: string): Promise<sqlite3.Statement> {
    const known = this.#kept.get(sql)
    const preparing = known ?? this.#prepare(sql)
    // Last in the map is what was used last.
    this.#kept.delete(sql)
    this.#kept.set(sql, preparing)
    if (known) return known
    preparing.catch(() => this.#kept.delete(sql))
    for (const [oldest, statement] of this.#kept) {
      if (this.#kept.size <= mostKept) break
      this.#kept.delete(oldest)
      // The driver does it after what the statement has still to do.
      void statement.then(finalize, () => {})
    }
    return preparing
  }

  #prepare(sql: string): Promise<sqlite3.Statement> {
    return new Promise((resolve, reject) => {
      const statement = this.#db.prepare(sql, (error: Error | null) =>
        error ? reject(error) : resolve(statement),
      )
    })
  }
}

function finalize(statement: sqlite3.Statement): Promise<void> {
  return new Promise((resolve) => statement.finalize(() => resolve()))
}
