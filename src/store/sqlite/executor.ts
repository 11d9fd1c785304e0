import { buildQueryFn, defaultIsQuery, type IGenericSqlite } from 'kysely-generic-sqlite'
import sqlite3 from 'sqlite3'
import { retrying } from '../retry.ts'
import { isTransient } from './errors.ts'
import type { SqliteOptions } from './pooled-dialect.ts'
import { Statements } from './statements.ts'

/** Statements that return rows though Kysely sees raw text only: pragmas and its own look at the schema. */
const returnsRows = /^\s*(select|pragma|with|values)\b/i

/**
 * One connection to the file. A statement that meets a lock has changed nothing, so it is simply tried again;
 * within a transaction this cannot go wrong, since a writer takes its lock when it begins.
 */
export async function openExecutor(
  options: Pick<SqliteOptions, 'file' | 'readOnly' | 'retry'>,
): Promise<IGenericSqlite<sqlite3.Database>> {
  const db = await open(options.file)
  const statements = new Statements(db)
  const patiently = <T>(statement: () => Promise<T>) => retrying(options.retry, isTransient, statement)
  const all = (sql: string, parameters: readonly unknown[] = []) =>
    patiently(() => statements.all(sql, parameters))
  const run = (sql: string, parameters: readonly unknown[] = []) =>
    patiently(() => statements.run(sql, parameters))
  try {
    await all(`pragma busy_timeout = ${options.retry.busyTimeout}`)
    await all('pragma journal_mode = wal')
    // FULL also in WAL mode: what was confirmed to a person survives a power cut.
    await all('pragma synchronous = full')
    await all('pragma foreign_keys = on')
    if (options.readOnly) await all('pragma query_only = on')
  } catch (error) {
    await close(db)
    throw error
  }
  return {
    db,
    query: buildQueryFn({
      isQuery: (sql, node) =>
        defaultIsQuery(sql, node) || (node?.kind === 'RawNode' && returnsRows.test(sql)),
      all,
      run,
    }),
    async close() {
      await statements.finalize()
      await close(db)
    },
  }
}

function open(file: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const db = new sqlite3.Database(file, (error) => (error ? reject(error) : resolve(db)))
  })
}

function close(db: sqlite3.Database): Promise<void> {
  return new Promise((resolve, reject) => {
    db.close((error) => (error ? reject(error) : resolve()))
  })
}
