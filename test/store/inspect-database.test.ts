import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { inspectDatabase } from '../../src/store/inspect-database.ts'
import { describeEachDatabase } from './each-database.ts'

const clock = () => new Date()
const impatient = { attempts: 1, busyTimeout: 10, wait: async () => {}, random: Math.random }

describeEachDatabase('the state of a database', (open, dialect) => {
  test('well: up to date, writable, of some size, and nothing is left behind', async () => {
    const { location, store } = await open()
    const state = await inspectDatabase(location, { clock })
    expect(state).toMatchObject({ is: 'there', pending: 0, isNewer: false })
    expect(state.size).toBeGreaterThan(10_000)
    expect(state.clock === null).toBe(dialect === 'sqlite')
    const tables = await store.db.introspection.getTables()
    expect(tables.map(({ name }) => name)).not.toContain('kexie_doctor_trial')
  })

  test('tables that are behind, or ahead, are told', async () => {
    const { location, store } = await open()
    await store.transaction((trx) =>
      sql`delete from kysely_migration where name like '010%' or name like '009%'`.execute(trx),
    )
    expect(await inspectDatabase(location, { clock })).toMatchObject({ pending: 2, isNewer: false })
    await store.transaction((trx) =>
      sql`insert into kysely_migration (name, timestamp) values ('999-later', '2030')`.execute(trx),
    )
    expect(await inspectDatabase(location, { clock })).toMatchObject({ pending: 2, isNewer: true })
  })

  // SQLite has no such switch in the file; there it is the file’s rights, which do not bind every user.
  const readOnly = async () => {
    const { location, store } = await open()
    const name = new URL(location.databaseUrl!).pathname.slice(1)
    await store.transaction((trx) =>
      sql`alter database ${sql.id(name)} set default_transaction_read_only = on`.execute(trx),
    )
    expect(await inspectDatabase(location, { clock })).toMatchObject({ is: 'read-only' })
  }
  if (dialect === 'postgres') test('one that may only be read', readOnly)

  const locked = async () => {
    const { location, store } = await open()
    await store.transaction(async () => {
      expect(await inspectDatabase(location, { clock, retry: impatient })).toMatchObject({ is: 'locked' })
    })
    expect(await inspectDatabase(location, { clock, retry: impatient })).toMatchObject({ is: 'there' })
  }
  if (dialect === 'sqlite') test('one that another process holds', locked)
})

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kexie-inspect-'))
  folders.push(folder)
  return folder
}

test('none there yet, and none is made by looking', async () => {
  const dataDir = await makeFolder()
  expect(await inspectDatabase({ dataDir }, { clock })).toMatchObject({ is: 'not-there-yet' })
  expect(await inspectDatabase({ dataDir }, { clock })).toMatchObject({ is: 'not-there-yet' })
})

test('a server that says nothing is waited for no longer than that, and the connection is given up', async () => {
  const gone = Promise.withResolvers<void>()
  const server = createServer((socket) => {
    socket
      .on('close', gone.resolve)
      .on('error', () => {})
      .resume()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const databaseUrl = `postgres://u@127.0.0.1:${port}/x`
  const state = await inspectDatabase({ dataDir: '', databaseUrl }, { clock, patience: 20 })
  expect(state).toMatchObject({ is: 'unreachable' })
  await gone.promise
  server.close()
})

test('a file that is no database, and a server that is not there', async () => {
  const dataDir = await makeFolder()
  await writeFile(join(dataDir, 'kexie.db'), 'not a database, but long enough to be read as one '.repeat(100))
  expect(await inspectDatabase({ dataDir }, { clock })).toMatchObject({ is: 'unreachable' })
  const databaseUrl = 'postgres://kexie:secret@127.0.0.1:9/kexie'
  expect(await inspectDatabase({ dataDir, databaseUrl }, { clock })).toMatchObject({ is: 'unreachable' })
})
