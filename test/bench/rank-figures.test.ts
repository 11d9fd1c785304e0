import { expect, test } from 'vitest'
import { plainBm25 } from '../../bench/plain-bm25.ts'
import { rankFigures } from '../../bench/rank-figures.ts'

test('the measures of a ranking', () => {
  const questions = [
    { id: 1, query: '', gold: [5] },
    { id: 2, query: '', gold: [7, 8] },
    { id: 3, query: '', gold: [9] },
  ]
  const eleventh = [...Array.from({ length: 10 }, (_, i) => i + 20), 9]
  expect(rankFigures(questions, [[5], [1, 7], eleventh])).toEqual({
    questions: 3,
    hit1: 1 / 3,
    recall10: (1 + 0.5 + 0) / 3,
    recall100: (1 + 0.5 + 1) / 3,
    mrr10: (1 + 0.5 + 0) / 3,
  })
})

test('the reference ranks by shared pairs, rarer ones first, and leaves out what shares nothing', () => {
  const rank = plainBm25(['科协的经费', '科协的组织', '组织的经费', '天气'], false)
  expect(rank('科协经费', 10)).toEqual([0, 1, 2])
  expect(rank('天', 10)).toEqual([])
  expect(plainBm25(['科协的经费', '天气'], true)('天', 10)).toEqual([1])
})
