import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AnswerLine } from './ask.ts'
import { addToTally, confidence, emptyTally, type JudgedQuestion, ratesOf } from './measure.ts'

function answer(...cited: [clause: number | null, quote: string][]): AnswerLine {
  const citations = cited.map(([clause, quote]) => ({
    document: 'd',
    version: 1,
    key: String(clause),
    clause,
    label: '',
    quote,
  }))
  return { id: 1, answer: '', refused: false, citations, ms: 1 }
}
const refusal: AnswerLine = { ...answer(), refused: true }
const question = (clauses: number[], ...must: string[]): JudgedQuestion => ({ kind: 'plain', clauses, must })

function tallyOf(judged: readonly [JudgedQuestion, AnswerLine][]) {
  const tally = emptyTally()
  for (const [asked, given] of judged) addToTally(tally, asked, given)
  return tally
}

describe('a tally', () => {
  test('of a small set is what counting by hand gives', () => {
    const tally = tallyOf([
      // First place right, the quote holds the words (white space aside), one of two citations right.
      [question([10, 3], '应单独组建'), answer([10, '应 单独\n组建科协'], [5, '别的'])],
      // Right at the third place only; the words are not quoted.
      [question([7], '经费', '场地'), answer([1, 'a'], [2, 'b'], [7, 'c'])],
      // The second of several words is quoted, by a clause that is not right.
      [question([7], '经费', '场地'), answer([8, '提供场地'])],
      // Right at the fourth place is not within three.
      [question([4], 'x'), answer([1, ''], [2, ''], [3, ''], [4, ''])],
      // A clause without a number is never right.
      [question([1], 'x'), answer([null, 'y'])],
      // Refused although answerable, and as it should be, and not although it should be.
      [question([2], 'x'), refusal],
      [question([]), refusal],
      [question([]), refusal],
      [question([]), answer([3, 'x'])],
    ])
    expect(tally).toEqual({
      answerable: 6,
      hit1: 1,
      hit3: 2,
      must: 2,
      refusedAnswerable: 1,
      unanswerable: 3,
      refusedUnanswerable: 2,
      cited: 11,
      citedRight: 3,
    })
    expect(ratesOf(tally)).toEqual([
      { name: 'clause hit@1', successes: 1, of: 6 },
      { name: 'clause hit@3', successes: 2, of: 6 },
      { name: 'must-rate', successes: 2, of: 6 },
      { name: 'cited clauses that are right', successes: 3, of: 11 },
      { name: 'refusal precision', successes: 2, of: 3 },
      { name: 'refusal recall', successes: 2, of: 3 },
    ])
  })

  test('counts a refusal as a miss everywhere, whatever it comes with', () => {
    const tally = tallyOf([[question([2], 'x'), { ...answer([2, 'x']), refused: true }]])
    expect(tally).toEqual({ ...emptyTally(), answerable: 1, refusedAnswerable: 1 })
  })

  test('begins empty each time', () => {
    addToTally(emptyTally(), question([1], 'x'), answer([1, 'x']))
    expect(new Set(Object.values(emptyTally()))).toEqual(new Set([0]))
  })
})

describe('confidence', () => {
  // Published values of Wilson's interval without continuity correction.
  test.each([
    [8, 10, 0.49, 0.943],
    [0, 10, 0, 0.278],
    [10, 10, 0.722, 1],
    [50, 100, 0.404, 0.596],
    [1, 1, 0.207, 1],
  ])('of %i out of %i is %f to %f', (successes, of, low, high) => {
    const [least, most] = confidence({ name: '', successes, of })
    expect(least).toBeCloseTo(low, 3)
    expect(most).toBeCloseTo(high, 3)
  })

  test('knows nothing of none out of none', () => {
    expect(confidence({ name: '', successes: 0, of: 0 })).toEqual([0, 1])
  })

  test('lies within 0 and 1 around the share, and is turned round with it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(5000), (of, some) => {
        const successes = some % (of + 1)
        const [low, high] = confidence({ name: '', successes, of })
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low - 1e-9).toBeLessThanOrEqual(successes / of)
        expect(high + 1e-9).toBeGreaterThanOrEqual(successes / of)
        const turned = confidence({ name: '', successes: of - successes, of })
        expect(1 - turned[1]).toBeCloseTo(low, 9)
      }),
    )
  })
})
