import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff, longestTrying, mostAttempts } from './backoff.ts'

const attempts = fc.integer({ min: 1, max: mostAttempts })
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test('each pause is longer than the one before, up to an hour, and never less than half of its longest', () => {
  fc.assert(
    fc.property(attempts, random, (attempt, drawn) => {
      const longest = Math.min(2000 * 2.5 ** (attempt - 1), 3600_000)
      const pause = backoff(attempt, undefined, () => drawn)
      expect(pause).toBeGreaterThanOrEqual(Math.floor(longest / 2))
      expect(pause).toBeLessThanOrEqual(Math.ceil(longest))
    }),
  )
})

test('all tries together outlast a working day, and end within the time for trying', () => {
  const total = (drawn: number) =>
    Array.from({ length: mostAttempts - 1 }, (_, index) => backoff(index + 1, undefined, () => drawn)).reduce(
      (sum, pause) => sum + pause,
    )
  expect(total(0.999)).toBeLessThan(longestTrying)
  expect(total(0)).toBeGreaterThan(7.5 * 3600_000)
})

test('what the platform asks for is kept, up to the time for trying', () => {
  fc.assert(
    fc.property(fc.nat(2 * longestTrying), random, (asked, drawn) => {
      const pause = backoff(1, asked, () => drawn)
      expect(pause).toBeGreaterThanOrEqual(Math.min(asked, longestTrying))
      expect(pause).toBeLessThanOrEqual(Math.ceil(Math.min(asked, longestTrying) * 1.1))
    }),
  )
})
