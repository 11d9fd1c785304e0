import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bothWays, randomRules } from '../reminders/random-rules.ts'

test('10,000 random rules give the times of an independent implementation', { timeout: 600_000 }, () => {
  let fired = 0
  fc.assert(
    fc.property(randomRules, (rule) => {
      const { ours, theirs } = bothWays(rule)
      if (theirs.length > 0) fired++
      expect(ours).toEqual(theirs)
    }),
    { numRuns: 10_000 },
  )
  // Rules that never fire would prove little.
  expect(fired).toBeGreaterThan(5_000)
})
