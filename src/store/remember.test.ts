import { expect, test } from 'vitest'
import { describeEachDatabase } from '../../test/store/each-database.ts'
import { forgetRead, remember } from './remember.ts'

describeEachDatabase('what was read', (open) => {
  const reading = () => {
    let reads = 0
    const read = async () => {
      reads += 1
      return reads
    }
    return { read, count: () => reads }
  }

  test('is read once in a transaction, and anew in the next and outside', async () => {
    const { store } = await open()
    const { read } = reading()
    const twice = () =>
      store.transaction(async (trx) => [await remember(trx, 'a', read), await remember(trx, 'a', read)])
    expect(await twice()).toEqual([1, 1])
    expect(await twice()).toEqual([2, 2])
    expect(await remember(store.db, 'a', read)).toBe(3)
    expect(await remember(store.db, 'a', read)).toBe(4)
  })

  test('is read anew where it was forgotten or failed', async () => {
    const { store } = await open()
    const { read, count } = reading()
    await store.transaction(async (trx) => {
      await remember(trx, 'a 1', read)
      await remember(trx, 'b 1', read)
      forgetRead(trx, 'a ')
      expect(await remember(trx, 'a 1', read)).toBe(3)
      expect(await remember(trx, 'b 1', read)).toBe(2)
      const failing = remember(trx, 'c', () => Promise.reject(new Error('broken')))
      await expect(failing).rejects.toThrow('broken')
      expect(await remember(trx, 'c', read)).toBe(4)
    })
    expect(count()).toBe(4)
  })
})
