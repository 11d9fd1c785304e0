import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type RankedEntry, rankEntries, type Ties } from './ranking.ts'
import { scoreEntry } from './score.ts'

const rubric = {
  criteria: (['novelty', 'benefit'] as const).map((name) => ({
    ...{ name, title: { 'zh-CN': name, en: name }, most: 50, bands: [] },
  })),
  outlier: 20,
  trim: { each: 1, from: 4 },
}
const review = (reviewer: string, novelty: number, benefit: number) => ({
  ...{ reviewer, scores: { novelty, benefit }, total: (novelty + benefit) * 1000 },
})

test('the highest and the lowest are left out where there are enough reviews', () => {
  const four = [review('a', 10, 10), review('b', 40, 40), review('c', 40, 42), review('d', 50, 50)]
  expect(scoreEntry(rubric, four)).toEqual({
    ...{ score: 81_000, criteria: [40_000, 41_000], lowest: [20_000], highest: [100_000] },
    outliers: new Set(['a']),
  })
  expect(scoreEntry(rubric, four.slice(0, 3)).score).toBe(60_667)
  expect(scoreEntry(rubric, four.slice(0, 1)).score).toBe(20_000)
  expect(scoreEntry(rubric, []).score).toBeNull()
})

test('the mean is the same whatever the order of the reviews', () => {
  const points = fc.integer({ min: 0, max: 50 })
  fc.assert(
    fc.property(fc.array(fc.tuple(points, points), { maxLength: 9 }), (given) => {
      const reviews = given.map(([novelty, benefit], at) => review(String(at), novelty, benefit))
      expect(scoreEntry(rubric, reviews.toReversed())).toEqual(scoreEntry(rubric, reviews))
      const { score } = scoreEntry(rubric, reviews)
      const totals = reviews.map(({ total }) => total)
      if (score !== null) expect(score).toBeGreaterThanOrEqual(Math.min(...totals))
    }),
    { numRuns: 60 },
  )
})

const entry = fc.record({
  submission: fc.uuid(),
  score: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
  benefit: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }),
  criteria: fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 1 })),
  enteredAt: fc.constantFrom('2026-03-01', '2026-03-02'),
})
const entries = fc.uniqueArray(entry, { selector: ({ submission }) => submission, maxLength: 14 })

/** The same written plainly: a place is one more than the number of those that are better. */
function placesPlainly(all: readonly RankedEntry[], ties: Ties): Map<string, number> {
  const key = ({ score, benefit, criteria, enteredAt }: RankedEntry) =>
    ties === 'shared'
      ? [score ?? 0]
      : [score ?? 0, benefit ?? -1, ...criteria, enteredAt === '2026-03-01' ? 1 : 0]
  const isBetter = (one: RankedEntry, other: RankedEntry) => {
    const [left, right] = [key(one), key(other)]
    const at = left.findIndex((value, i) => value !== right[i])
    return at >= 0 && left[at]! > right[at]!
  }
  const scored = all.filter(({ score }) => score !== null)
  return new Map(
    scored.map((one) => [one.submission, 1 + scored.filter((other) => isBetter(other, one)).length]),
  )
}

test.each(['resolved', 'shared'] as const)('places are those of a plain count: %s', (ties) => {
  fc.assert(
    fc.property(entries, (all) => {
      const placed = rankEntries(all, ties)
      expect(new Map(placed.map((one) => [one.entry.submission, one.place]))).toEqual(
        placesPlainly(all, ties),
      )
      expect(rankEntries(all.toReversed(), ties)).toEqual(placed)
      for (const { after, place } of placed.slice(1))
        if (after?.by !== 'shared') expect(place).toBeGreaterThan(1)
    }),
    { numRuns: 100 },
  )
})
