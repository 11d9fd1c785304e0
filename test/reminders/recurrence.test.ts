import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bothWays, randomRules } from './random-rules.ts'

test('500 random rules give the times of an independent implementation', () => {
  fc.assert(
    fc.property(randomRules, (rule) => {
      const { ours, theirs } = bothWays(rule)
      expect(ours).toEqual(theirs)
    }),
    { numRuns: 500 },
  )
})
