import { expect, test } from 'vitest'
import { describeEachDatabase } from './each-database.ts'

describeEachDatabase('full text', (open) => {
  test('finds the greatest rows that have all terms, and none that was removed', async () => {
    const { store } = await open()
    const { fullText } = store
    await store.transaction(async (trx) => {
      await fullText.add(trx, 'submission_words', 1, ['a1', 'b2'])
      await fullText.add(trx, 'submission_words', 2, ['a1', 'and', 'c3'])
      await fullText.add(trx, 'submission_words', 7, ['a1', 'b2', 'c3'])
    })
    const rows = async (terms: string[], limit = 10, before: number | null = null) => {
      const hits = fullText.rowsWith('submission_words', terms, { limit, before }).as('hit')
      return (await store.db.selectFrom(hits).select('hit.row').execute()).map(({ row }) => row)
    }
    expect(await rows(['a1'])).toEqual([7, 2, 1])
    expect(await rows(['a1', 'b2'])).toEqual([7, 1])
    expect(await rows(['a1'], 2)).toEqual([7, 2])
    expect(await rows(['a1'], 2, 2)).toEqual([1])
    expect(await rows(['and'])).toEqual([2])
    expect(await rows(['a'])).toEqual([])
    await store.transaction((trx) => fullText.remove(trx, 'submission_words', 7))
    expect(await rows(['b2'])).toEqual([1])
  })

  test('belongs to the transaction', async () => {
    const { store } = await open()
    const failing = store.transaction(async (trx) => {
      await store.fullText.add(trx, 'submission_words', 1, ['a1'])
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    const hits = store.fullText.rowsWith('submission_words', ['a1'], { limit: 1, before: null }).as('hit')
    expect(await store.db.selectFrom(hits).select('hit.row').execute()).toEqual([])
  })
})
