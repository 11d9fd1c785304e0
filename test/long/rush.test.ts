import { afterEach, describe, expect, test } from 'vitest'
import { rush } from '../events/rush/rush.ts'
import { freshLocation } from '../store/each-database.ts'

/** A quiet machine of two cores is asked for less than half of these; in milliseconds. */
const [acknowledged, final] = [3000, 10_000]

describe.each([
  ['sqlite', 1],
  ['postgres', 3],
] as const)(
  'two thousand who press for a hundred seats within a second (%s, processes: %i)',
  (dialect, processes) => {
    const cleanUps: (() => Promise<void>)[] = []
    afterEach(async () => {
      for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
    })

    test('are acknowledged in time, get exactly the seats there are, and all know in time', async () => {
      const location = await freshLocation(dialect, cleanUps)
      const [people, seats, within] = [2000, 100, 1000]
      const result = await rush(location, { processes, people, seats, within })
      expect(result.problems).toEqual([])
      const { states } = result.rushed
      expect(states).toEqual(states.map((_, index) => (index < seats ? 'confirmed' : 'waiting')))
      expect(states).toHaveLength(people)
      expect(result.rushed).toMatchObject({ waiting: 0, wrong: [], replays: true })
      expect(result.answered).toHaveLength(people)
      expect(Math.max(...result.answered.map(({ took }) => took))).toBeLessThan(acknowledged)
      expect(result.answered.filter(({ said }) => said.includes('系统'))).toEqual([])
      expect(result.settledAfter).toBeLessThan(final)
    })
  },
)
