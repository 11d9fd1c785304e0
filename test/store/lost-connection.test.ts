import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../src/store/store.ts'
import { freshLocation } from './each-database.ts'

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const add = (store: Store) =>
  store.transaction(async (trx) => {
    await trx
      .updateTable('library_state')
      .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
      .execute()
  })

test('a connection to PostgreSQL that breaks between two statements undoes its transaction, and ends nothing else', async () => {
  const location = await freshLocation('postgres', cleanUps)
  const store = await openStore(location)
  cleanUps.push(() => store.close())
  const broken = store.transaction(async (trx) => {
    await trx.updateTable('library_state').set({ revision: 7 }).execute()
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
    await sql`select pg_terminate_backend(${rows[0]!.pid}, 5000)`.execute(store.db)
    // The client hears of it while it asks for nothing: one turn of the event loop at least.
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      await sql`select 1`.execute(trx)
    }
  })
  await expect(broken).rejects.toThrow()
  // More often than there are connections: the place of the broken one is free again.
  for (let time = 0; time < 10; time++) await add(store)
  const { revision } = await store.db.selectFrom('library_state').select('revision').executeTakeFirstOrThrow()
  expect(revision).toBe(10)
})

test('connections to PostgreSQL that the server ends while they are idle end nothing, and are replaced', async () => {
  const location = await freshLocation('postgres', cleanUps)
  const store = await openStore(location)
  cleanUps.push(() => store.close())
  await Promise.all([add(store), store.db.selectFrom('library_state').select('revision').execute()])
  const server = new pg.Client({ connectionString: location.databaseUrl })
  await server.connect()
  cleanUps.push(() => server.end())
  const others = `from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
  const { rows } = await server.query(`select pg_terminate_backend(pid, 5000) ${others}`)
  expect(rows.length).toBeGreaterThan(1)
  // Without a listener the process would hear of it by an uncaught error (57P01), which fails the run.
  await expect
    .poll(() =>
      add(store).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
})
