import { expect, test } from 'vitest'
import { fuzzSlack } from '../platforms/fuzz.ts'

test.each(['socket', 'http'] as const)(
  '5,000 payloads of Slack by %s end no process and leave nothing unanswered',
  async (transport) => {
    const { taken, clicked, refused } = await fuzzSlack(transport, 5000)
    // For the table in docs/faults.md.
    console.log(transport, { taken, clicked, refused })
    expect(taken).toBeGreaterThan(500)
    expect(refused.malformed).toBeGreaterThan(1000)
  },
)
