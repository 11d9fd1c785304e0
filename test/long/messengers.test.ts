import { describe, expect, test } from 'vitest'
import { type Counts, nothingWrong } from '../faults/messengers/counts.ts'
import { allKills, playKills } from '../faults/messengers/kills.ts'
import { messengers, transports } from '../faults/messengers/messenger.ts'
import { playWith } from '../faults/messengers/play.ts'
import { placesOf, scenarios } from '../faults/messengers/scenarios.ts'
import { soak } from '../faults/messengers/soak.ts'

const places = messengers.flatMap((messenger) => transports.map((transport) => ({ messenger, transport })))

/**
 * What is left out of an answer because its process died while it was written is no fault: it is complete when it is
 * first shown.
 */
function expectNothingWrong(counts: Counts): void {
  expect(counts).toMatchObject({ ...nothingWrong, unfinished: counts.unfinished, answered: counts.taken })
}

describe('the table of faults', () => {
  for (const scenario of scenarios) {
    for (const place of placesOf(scenario)) {
      test.concurrent(`${scenario.name}: ${place.messenger} by ${place.transport}`, async () => {
        const counts = await playWith(place.messenger, place.transport, scenario.run)
        console.log(JSON.stringify({ scenario: scenario.name, ...place, ...counts }))
        expect(counts).toMatchObject({ ...nothingWrong, answered: counts.taken })
      })
    }
  }
})

describe('killed at each step', () => {
  for (const place of places) {
    test.concurrent(`${place.messenger} by ${place.transport}`, async () => {
      const counts = await playKills(place.messenger, place.transport, async ({ start, killAt }) => {
        await start()
        for (const kill of allKills) await killAt(kill)
      })
      console.log(JSON.stringify({ run: 'each step', ...place, kills: allKills.length, ...counts }))
      expectNothingWrong(counts)
    })
  }
})

describe('everything at once', () => {
  for (const [index, place] of places.entries()) {
    test.concurrent(`${place.messenger} by ${place.transport}`, async () => {
      const soaked = await soak(place.messenger, place.transport, { lasts: 45_000, seed: 11 + index })
      console.log(JSON.stringify({ run: 'soak', ...place, ...soaked }))
      // What the vendor gave up was never acknowledged; a card that is shown anew is by docs/intake.md.
      expectNothingWrong({ ...soaked, givenUp: 0, shownAnew: 0 })
    })
  }
})
