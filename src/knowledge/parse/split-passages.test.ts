import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitPassages } from './split-passages.ts'

const text = fc
  .array(fc.constantFrom('科协', '应当，', '活动。', '经费；', '\n', '𠮷', 'word ', '”'))
  .map((pieces) => pieces.join(''))

test('passages cover the text without gap, none is longer than the limit, no character is cut', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 60 }), (clause, limit) => {
      const passages = splitPassages(clause, limit)
      expect(passages.map(({ start, end }) => clause.slice(start, end)).join('')).toBe(clause)
      for (const { start, end } of passages) {
        expect(end - start).toBeLessThanOrEqual(limit)
        expect(end).toBeGreaterThan(start)
        expect(clause.slice(start, end).isWellFormed()).toBe(true)
      }
    }),
  )
})

test('cuts stand at the ends of sentences where sentences are short enough', () => {
  const clause = '甲应当加强学习。'.repeat(10)
  expect(splitPassages(clause, 20).every(({ end }) => clause[end - 1] === '。')).toBe(true)
  expect(splitPassages(clause)).toEqual([{ start: 0, end: clause.length }])
  expect(splitPassages('')).toEqual([])
})
