import { afterAll, expect, test } from 'vitest'
import { openTestStore } from '../store/open-test-store.ts'
import { fuzzFeishu } from './fuzz.ts'

const opened = await openTestStore()
afterAll(opened.close)

test.each(['ws', 'http'] as const)(
  'whatever Feishu sends by %s is answered or counted, and ends nothing',
  { timeout: 120_000 },
  async (transport) => {
    const { taken, refused } = await fuzzFeishu(opened, transport, 250)
    expect(taken).toBeGreaterThan(0)
    expect(refused.malformed).toBeGreaterThan(5)
  },
)
