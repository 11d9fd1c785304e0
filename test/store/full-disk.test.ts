import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import type { Store, Trx } from '../../src/store/store.ts'
import { openTestStore } from './open-test-store.ts'

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** SQLite's own limit says the same as a full disk. It belongs to the connection that writes. */
const limitTo = (store: Store, pages: number) =>
  store.transaction((trx) => sql.raw(`pragma max_page_count = ${pages}`).execute(trx))

const fill = (trx: Trx, id: string, bytes: number) =>
  trx
    .insertInto('blob')
    .values({ hash: id, bytes: Buffer.alloc(bytes) })
    .execute()

test('where the disk is full a transaction leaves nothing, says why, and the next ones go on when there is room', async () => {
  const { store, close } = await openTestStore()
  cleanUps.push(close)
  await limitTo(store, 1)
  let refused = 0
  const full = store.transaction(async (trx) => {
    await fill(trx, 'small', 10)
    await fill(trx, 'large', 10_000_000).catch(() => {
      refused += 1
    })
    // What comes after the failure must not be kept either, though the small one alone would find room.
    await fill(trx, 'after', 10)
  })
  await expect(full).rejects.toMatchObject({ code: 'SQLITE_FULL' })
  expect(refused).toBe(1)
  const kept = () => store.db.selectFrom('blob').select('hash').orderBy('hash').execute()
  expect(await kept()).toEqual([])

  await limitTo(store, 1_000_000)
  await store.transaction((trx) => fill(trx, 'large', 10_000_000))
  expect(await kept()).toEqual([{ hash: 'large' }])
})
