import { expect, test } from 'vitest'
import { nothingWrong } from './messengers/counts.ts'
import { playWith } from './messengers/play.ts'
import { placesOf, scenarios } from './messengers/scenarios.ts'

const plays = scenarios.flatMap((scenario) => placesOf(scenario).map((place) => ({ ...scenario, ...place })))

test.concurrent.each(plays)('$name: $messenger by $transport', async ({ messenger, transport, run }) => {
  const counts = await playWith(messenger, transport, run)
  expect(counts).toEqual({ ...nothingWrong, taken: counts.taken, answered: counts.taken })
  expect(counts.taken).toBeGreaterThanOrEqual(3)
})
