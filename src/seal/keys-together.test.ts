import { expect, test } from 'vitest'
import { testSealer } from '../../test/fakes/test-sealer.ts'
import { describeEachDatabase } from '../../test/store/each-database.ts'
import { eraseMatters, keyNameOf, openText, sealText, wrappedKey } from './matters.ts'

describeEachDatabase('keys that are asked for at the same moment', (open) => {
  test('come each to whoever asked, and what was erased is not there', async () => {
    const { store } = await open()
    const matters = Array.from({ length: 5 }, (_, n) => `matter ${n}`)
    const sealed = await store.transaction(async (trx) => {
      const texts: string[] = []
      for (const matter of matters)
        texts.push(await sealText(trx, testSealer, matter, 'place', `of ${matter}`))
      await eraseMatters(trx, testSealer, ['matter 2'])
      // Also to whoever read it before, in the same transaction.
      expect(await openText(trx, testSealer, 'matter 2', 'place', texts[2]!)).toBeNull()
      return texts
    })
    const opened = await Promise.all(
      matters.map((matter, n) => openText(store.db, testSealer, matter, 'place', sealed[n]!)),
    )
    expect(opened).toEqual(['of matter 0', 'of matter 1', null, 'of matter 3', 'of matter 4'])
    // Nothing of it is remembered outside of a transaction.
    await store.transaction((trx) => eraseMatters(trx, testSealer, ['matter 0']))
    expect(await wrappedKey(store.db, keyNameOf(testSealer, 'matter 0'))).toBeNull()
  })
})
