import { expect, test } from 'vitest'
import { nothingWrong } from './messengers/counts.ts'
import { type Kill, playKills } from './messengers/kills.ts'

/** The others, and both transports for each: test/long/messengers.test.ts. */
const kills: readonly Kill[] = [
  { deed: 'message', step: 'intake:stored' },
  { deed: 'message', step: 'vendor:send:shown' },
  { deed: 'message', step: 'intake:worked' },
  { deed: 'press', step: 'intake:answer-committed' },
  { deed: 'form', step: 'feature:submitting' },
]

test.concurrent.each([
  { messenger: 'slack', transport: 'socket' },
  { messenger: 'feishu', transport: 'socket' },
  { messenger: 'slack', transport: 'http' },
  { messenger: 'feishu', transport: 'http' },
] as const)(
  '$messenger by $transport: a process that is killed loses nothing and says nothing twice',
  async ({ messenger, transport }) => {
    const counts = await playKills(messenger, transport, async ({ start, killAt }) => {
      await start()
      // By HTTP only what differs: the acknowledgement is the answer to the request.
      for (const kill of transport === 'socket' ? kills : kills.slice(0, 2)) await killAt(kill)
    })
    // An answer is complete when it is first shown; what was to be added to it may die with the process.
    const { taken, unfinished } = counts
    expect(counts).toEqual({ ...nothingWrong, taken, answered: taken, unfinished })
    expect(taken).toBeGreaterThanOrEqual(6)
  },
  60_000,
)
