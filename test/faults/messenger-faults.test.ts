import { expect, test } from 'vitest'
import { nothingWrong } from './messengers/counts.ts'
import { playWith } from './messengers/play.ts'
import { placesOf, scenarios } from './messengers/scenarios.ts'

for (const scenario of scenarios) {
  for (const { messenger, transport } of placesOf(scenario)) {
    test.concurrent(`${scenario.name}: ${messenger} by ${transport}`, async () => {
      const counts = await playWith(messenger, transport, scenario.run)
      expect(counts).toEqual({ ...nothingWrong, taken: counts.taken, answered: counts.taken })
      expect(counts.taken).toBeGreaterThanOrEqual(3)
    }, 60_000)
  }
}
