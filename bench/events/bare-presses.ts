import { join } from 'node:path'
import pg from 'pg'
import sqlite3 from 'sqlite3'
import { openStore, type StoreLocation } from '../../src/store/store.ts'

/** As many as one process of the house writes through (src/store/postgres/connect.ts). */
const postgresConnections = 4

type Row = Record<string, string | number | null>
interface Insert {
  table: string
  row: Row
}

/**
 * Milliseconds in which the database by its own driver keeps the rows of a rush, one durable transaction for each press:
 * the press, its registration, its history and what was said, each written once, and no foreign key looked up.
 * @param into another place, with the same tables and nothing in them.
 */
export async function timeBarePresses(
  location: StoreLocation,
  event: string,
  into: StoreLocation,
  processes: number,
): Promise<number> {
  const presses = await readRows(location, event)
  await (await openStore(into)).close()
  return into.databaseUrl
    ? keepInPostgres(into.databaseUrl, presses, processes * postgresConnections)
    : keepInSqlite(join(into.dataDir, 'kexie.db'), presses)
}

/** What was written for each press. */
async function readRows(location: StoreLocation, event: string): Promise<Insert[][]> {
  const store = await openStore(location)
  const { db } = store
  const presses = await db.selectFrom('event_press').selectAll().where('event', '=', event).execute()
  const registered = await db
    .selectFrom('event_registration')
    .selectAll()
    .where('event', '=', event)
    .execute()
  const histories = await db.selectFrom('event_history').selectAll().where('event', '=', event).execute()
  const said = await db.selectFrom('outbox').selectAll().execute()
  await store.close()
  const ofRegistration = Map.groupBy(histories, ({ registration }) => registration)
  const toAccount = Map.groupBy(said, ({ address }) => (JSON.parse(address) as string[]).at(-1))
  const bySeq = new Map(registered.map((row) => [row.seq, row]))
  return presses.map((press): Insert[] => {
    const { who } = JSON.parse(press.press) as { who: { account: { user: string } } }
    const registration = bySeq.get(press.seq)
    const rowsOf = (table: string, rows: readonly object[] = []) =>
      rows.map((row): Insert => ({ table, row: { ...row } }))
    return [
      ...rowsOf('event_press', [press]),
      ...rowsOf('event_registration', registration && [registration]),
      ...rowsOf('event_history', ofRegistration.get(registration?.id ?? '')),
      ...rowsOf('outbox', toAccount.get(who.account.user)),
    ]
  })
}

/** @param parameter how the n-th value is written, from 1. */
function statementOf({ table, row }: Insert, parameter: (n: number) => string): string {
  const columns = Object.keys(row)
  const values = columns.map((_, index) => parameter(index + 1))
  return `insert into ${table} (${columns.map((name) => `"${name}"`).join(', ')}) values (${values.join(', ')})`
}

async function keepInPostgres(
  url: string,
  presses: readonly Insert[][],
  connections: number,
): Promise<number> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }))
  for (const client of clients) {
    await client.connect()
    await client.query('set session_replication_role = replica')
  }
  let next = 0
  const work = async (client: pg.Client) => {
    for (let n = next++; n < presses.length; n = next++) {
      await client.query('begin')
      for (const insert of presses[n]!) {
        const text = statementOf(insert, (at) => `$${at}`)
        await client.query({ name: insert.table, text, values: Object.values(insert.row) })
      }
      await client.query('commit')
    }
  }
  const began = performance.now()
  await Promise.all(clients.map(work))
  const took = performance.now() - began
  for (const client of clients) await client.end()
  return took
}

async function keepInSqlite(file: string, presses: readonly Insert[][]): Promise<number> {
  const db = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened: sqlite3.Database = new sqlite3.Database(file, (error) =>
      error ? reject(error) : resolve(opened),
    )
  })
  const exec = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      db.exec(sql, (error) => (error ? reject(error) : resolve()))
    })
  await exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = off')
  const prepared = new Map<string, sqlite3.Statement>()
  const keep = (insert: Insert) =>
    new Promise<void>((resolve, reject) => {
      const known = prepared.get(insert.table) ?? db.prepare(statementOf(insert, () => '?'))
      prepared.set(insert.table, known)
      known.run(Object.values(insert.row), (error: Error | null) => (error ? reject(error) : resolve()))
    })
  const began = performance.now()
  for (const inserts of presses) {
    await exec('begin immediate')
    for (const insert of inserts) await keep(insert)
    await exec('commit')
  }
  const took = performance.now() - began
  for (const statement of prepared.values()) {
    await new Promise<void>((resolve) => statement.finalize(() => resolve()))
  }
  await new Promise<void>((resolve, reject) => db.close((error) => (error ? reject(error) : resolve())))
  return took
}
