import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Rubric, rubricSchema } from '../definition/rubric.ts'
import { outcomeOf } from './score.ts'

const rubric = (more: Partial<Rubric> = {}): Rubric => ({
  ...rubricSchema.parse({
    criteria: [
      { name: 'technical', title: '技术', most: 60 },
      { name: 'economic', title: '经济', most: 40 },
    ],
    proposes: [
      { from: 80, label: '推广', value: 'rollout' },
      { from: 60, label: '存档', value: 'filed' },
    ],
  }),
  ...more,
})

const review = (reviewer: string, technical: number, economic = 0) => ({
  reviewer,
  scores: { technical, economic },
})

test('nothing is said where nobody has reviewed', () => {
  expect(outcomeOf(rubric(), [])).toMatchObject({ mean: null, proposes: null })
})

test('the mean is of the sums, and each threshold counts from its very value', () => {
  const just = outcomeOf(rubric(), [review('a', 60, 20), review('b', 60, 20)])
  expect(just).toMatchObject({
    mean: 80,
    proposes: { value: 'rollout' },
    byCriterion: { technical: 60, economic: 20 },
  })
  expect(outcomeOf(rubric(), [review('a', 60, 19)]).proposes?.value).toBe('filed')
  expect(outcomeOf(rubric(), [review('a', 30, 29)]).proposes).toBeNull()
})

test('thresholds are hundredths of all points, whatever these are', () => {
  const small = rubric({ criteria: rubric().criteria.map((one) => ({ ...one, most: 5 })) })
  expect(outcomeOf(small, [review('a', 4, 4)]).proposes?.value).toBe('rollout')
})

test('the highest and the lowest are left out where enough have reviewed', () => {
  const trimmed = rubric({ trim: { each: 1, from: 4 } })
  const four = [review('a', 0), review('b', 30), review('c', 40), review('d', 60)]
  expect(outcomeOf(trimmed, four)).toMatchObject({ mean: 35, left: new Set(['a', 'd']) })
  expect(outcomeOf(trimmed, four.slice(0, 3))).toMatchObject({ mean: 23.3, left: new Set() })
})

test('whoever is far from the middle is marked, but not of two', () => {
  const three = [review('a', 50), review('b', 52), review('c', 20)]
  expect([...outcomeOf(rubric(), three).outliers]).toEqual(['c'])
  expect(outcomeOf(rubric(), [review('a', 0), review('b', 60)]).outliers.size).toBe(0)
})

test('the order of reviews tells nothing, and the mean lies between the lowest and the highest', () => {
  const reviews = fc.uniqueArray(
    fc.record({ reviewer: fc.uuid(), technical: fc.nat(60), economic: fc.nat(40) }),
    { selector: ({ reviewer }) => reviewer, minLength: 1, maxLength: 9 },
  )
  fc.assert(
    fc.property(reviews, fc.boolean(), (drawn, trims) => {
      const by = rubric(trims ? { trim: { each: 1, from: 3 } } : {})
      const given = drawn.map((one) => review(one.reviewer, one.technical, one.economic))
      const outcome = outcomeOf(by, given)
      expect(outcomeOf(by, given.toReversed())).toEqual(outcome)
      const sums = drawn.map(({ technical, economic }) => technical + economic)
      expect(outcome.mean).toBeGreaterThanOrEqual(Math.min(...sums))
      expect(outcome.mean).toBeLessThanOrEqual(Math.max(...sums))
      expect(outcome.left.size).toBe(trims && given.length >= 3 ? 2 : 0)
    }),
  )
})
