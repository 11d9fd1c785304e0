import { join } from 'node:path'
import pg from 'pg'
import sqlite3 from 'sqlite3'
import { conversationKey, incomingKey } from '../../src/chat/keys.ts'
import { addressKey } from '../../src/delivery/addresses.ts'
import type { StoreLocation } from '../../src/store/store.ts'
import { answerCard, messageOf, platformName } from './load.ts'

/** The database by its own driver, prepared statements and nothing else. */
export interface BareDatabase {
  /** Keeps so many messages with their answers, each in one durable transaction of four statements. */
  run(name: string, count: number): Promise<void>
  /** One such transaction; those before it are waited for. */
  one(name: string, n: number): Promise<void>
  close(): Promise<void>
}

/** As many as the store writes through (src/store/sqlite/connect.ts, src/store/postgres/connect.ts). */
const postgresConnections = 4

/** `?` stands for a parameter. The columns that the inbox and the outbox fill for one message, with the same sizes. */
const statements = [
  `insert into inbox (key, platform, chat, conversation, payload, state, attempts, claims, due_at, received_at)
   values (?, ?, ?, ?, ?, 'waiting', 0, 0, ?, ?)`,
  `update inbox set state = 'done', payload = ?, done_at = ? where key = ?`,
  `insert into outbox (id, platform, installation, address, recipient, operation, card, lane, reply_to, open, state,
     attempts, due_at, created_at)
   values (?, ?, ?, ?, ?, 'send', ?, 0, ?, 0, 'waiting', 0, ?, ?)`,
  `update outbox set state = 'sent', sent_at = ?, message = ?, card = null where id = ?`,
]

/** The parameters of the four statements. */
function rowsOf(name: string, n: number): unknown[][] {
  const message = messageOf(name, n)
  const { id, account, conversation, at } = message
  const key = incomingKey(message)
  const to = { type: 'conversation', conversation } as const
  const now = new Date().toISOString()
  const sent = `${key}#1`
  return [
    [
      ...[key, platformName, conversation.chat, conversationKey(conversation)],
      ...[JSON.stringify(message), now, now],
    ],
    [JSON.stringify({ id, account, conversation, at }), now, key],
    [
      ...[sent, platformName, conversation.installation, addressKey(to), JSON.stringify(to)],
      ...[JSON.stringify(answerCard), id, now, now],
    ],
    [now, sent, sent],
  ]
}

export function openBare({ dataDir, databaseUrl }: StoreLocation): Promise<BareDatabase> {
  return databaseUrl ? openPostgres(databaseUrl) : openSqlite(join(dataDir, 'kexie.db'))
}

async function openPostgres(url: string): Promise<BareDatabase> {
  const clients = Array.from({ length: postgresConnections }, () => new pg.Client({ connectionString: url }))
  for (const client of clients) await client.connect()
  const prepared = statements.map((text, index) => {
    let count = 0
    return { name: `bare-${index}`, text: text.replaceAll('?', () => `$${++count}`) }
  })
  const keep = async (client: pg.Client, name: string, n: number) => {
    await client.query('begin')
    for (const [index, values] of rowsOf(name, n).entries()) {
      await client.query({ ...prepared[index]!, values })
    }
    await client.query('commit')
  }
  return {
    async run(name, count) {
      let next = 0
      const work = async (client: pg.Client) => {
        for (let n = next++; n < count; n = next++) await keep(client, name, n)
      }
      await Promise.all(clients.map(work))
    },
    one: inTurn((name, n) => keep(clients[0]!, name, n)),
    async close() {
      for (const client of clients) await client.end()
    },
  }
}

async function openSqlite(file: string): Promise<BareDatabase> {
  const db = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened: sqlite3.Database = new sqlite3.Database(file, (error) =>
      error ? reject(error) : resolve(opened),
    )
  })
  const run = (statement: sqlite3.Statement, values: unknown[] = []) =>
    new Promise<void>((resolve, reject) => {
      statement.run(values, (error: Error | null) => (error ? reject(error) : resolve()))
    })
  for (const pragma of [
    'busy_timeout = 2000',
    'journal_mode = wal',
    'synchronous = full',
    'foreign_keys = on',
  ]) {
    await new Promise<void>((resolve, reject) => {
      db.all(`pragma ${pragma}`, (error) => (error ? reject(error) : resolve()))
    })
  }
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const prepared = statements.map((text) => db.prepare(text))
  const keep = async (name: string, n: number) => {
    await run(begin)
    for (const [index, values] of rowsOf(name, n).entries()) await run(prepared[index]!, values)
    await run(commit)
  }
  return {
    async run(name, count) {
      for (let n = 0; n < count; n++) await keep(name, n)
    },
    one: inTurn(keep),
    async close() {
      for (const statement of [begin, commit, ...prepared]) {
        await new Promise<void>((resolve) => statement.finalize(() => resolve()))
      }
      await new Promise<void>((resolve, reject) => db.close((error) => (error ? reject(error) : resolve())))
    },
  }
}

/** One after another, on one connection. */
function inTurn(keep: (name: string, n: number) => Promise<void>): BareDatabase['one'] {
  let before: Promise<void> = Promise.resolve()
  return (name, n) => {
    before = before.then(() => keep(name, n))
    return before
  }
}
