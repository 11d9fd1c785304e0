import { expect, test } from 'vitest'
import { PlainError } from '../../src/messages/plain-error.ts'
import { defaultRetry } from '../../src/store/retry.ts'
import { openStore, type Store, type Trx } from '../../src/store/store.ts'
import { describeEachDatabase } from './each-database.ts'

async function revisionOf(store: Store): Promise<number> {
  return (await store.db.selectFrom('library_state').select('revision').executeTakeFirstOrThrow()).revision
}

async function addOne(trx: Trx): Promise<void> {
  const { revision } = await trx.selectFrom('library_state').select('revision').executeTakeFirstOrThrow()
  await trx
    .updateTable('library_state')
    .set({ revision: revision + 1 })
    .execute()
}

describeEachDatabase('store', (open, dialect) => {
  test('keeps what a transaction wrote, also after it was closed and opened again', async () => {
    const { store, location } = await open()
    expect(store.dialect).toBe(dialect)
    expect(await store.transaction(async (trx) => addOne(trx).then(() => 'done'))).toBe('done')
    await store.close()
    const again = await open({ at: location })
    expect(await revisionOf(again.store)).toBe(1)
  })

  test('keeps nothing of a transaction that fails', async () => {
    const { store } = await open()
    const failing = store.transaction(async (trx) => {
      await addOne(trx)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await revisionOf(store)).toBe(0)
    await store.transaction(addOne)
    expect(await revisionOf(store)).toBe(1)
  })

  test('loses no update of many that read and write at once', async () => {
    const { store } = await open()
    await Promise.all(Array.from({ length: 12 }, () => store.transaction(addOne)))
    expect(await revisionOf(store)).toBe(12)
  })

  test('refuses a transaction within a transaction, and goes on afterwards', async () => {
    const { store } = await open()
    await expect(store.transaction(() => store.transaction(addOne))).rejects.toThrow('pass trx on')
    await store.transaction(addOne)
    expect(await revisionOf(store)).toBe(1)
  })

  test('refuses writes outside a transaction', async () => {
    const { store } = await open()
    await expect(store.db.updateTable('library_state').set({ revision: 9 }).execute()).rejects.toThrow()
    expect(await revisionOf(store)).toBe(0)
  })

  test('reads go on while a transaction is open, and see nothing of it yet', async () => {
    const { store } = await open()
    await store.transaction(async (trx) => {
      await addOne(trx)
      expect(await revisionOf(store)).toBe(0)
    })
    expect(await revisionOf(store)).toBe(1)
  })

  test('all reads of a snapshot see the same moment', async () => {
    const { store } = await open()
    await store.snapshot(async (trx) => {
      const read = () => trx.selectFrom('library_state').select('revision').executeTakeFirstOrThrow()
      const before = await read()
      await store.transaction(addOne)
      expect(await read()).toEqual(before)
    })
    expect(await revisionOf(store)).toBe(1)
  })

  test('checks foreign keys', async () => {
    const { store } = await open()
    const orphan = store.transaction((trx) =>
      trx
        .insertInto('feedback')
        .values({ answer: 'none', account: 'a', verdict: 'up', at: new Date(0).toISOString() })
        .execute(),
    )
    await expect(orphan).rejects.toThrow(/foreign key/i)
  })

  test('tells in plain words when it cannot be opened', async () => {
    const { location } = await open()
    const nowhere =
      dialect === 'sqlite'
        ? { dataDir: '/dev/null/data' }
        : { ...location, databaseUrl: location.databaseUrl!.replace(/[^/]+$/, 'no_such_database') }
    await expect(openStore(nowhere)).rejects.toThrow(new PlainError('chat:database-unreachable'))
  })

  test('a conflict is tried again, and after the last attempt told in plain words', async () => {
    const first = await open()
    const pauses: number[] = []
    const retry = { ...defaultRetry, attempts: 3, busyTimeout: 0, random: () => 0 }
    const other = await open({
      at: first.location,
      retry: { ...retry, wait: async (milliseconds) => pauses.push(milliseconds) },
    })
    // Before each attempt of `other` ends, `first` has written what it read (PostgreSQL) or holds the lock (SQLite).
    const collide =
      dialect === 'sqlite'
        ? first.store.transaction(async (trx) => {
            await addOne(trx)
            await expect(other.store.transaction(addOne)).rejects.toThrow(new PlainError('chat:busy'))
          })
        : expect(
            other.store.transaction(async (trx) => {
              await trx.selectFrom('library_state').selectAll().execute()
              // A transaction of another store, in PostgreSQL beside this one.
              await first.store.transaction(addOne)
              await addOne(trx)
            }),
          ).rejects.toThrow(new PlainError('chat:busy'))
    await collide
    expect(pauses).toEqual([5, 10])
    await other.store.transaction(addOne)
    expect(await revisionOf(other.store)).toBe(dialect === 'sqlite' ? 2 : 4)
  })
})
