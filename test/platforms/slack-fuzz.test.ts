import { expect, test } from 'vitest'
import { fuzzSlack } from './fuzz.ts'

test.each(['socket', 'http'] as const)(
  'whatever Slack sends by %s is answered or counted, and ends nothing',
  { timeout: 120_000 },
  async (transport) => {
    const { taken, refused } = await fuzzSlack(transport, 250)
    expect(taken).toBeGreaterThan(0)
    expect(refused.malformed).toBeGreaterThan(50)
  },
)
