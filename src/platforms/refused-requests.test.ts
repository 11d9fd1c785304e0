import { expect, test } from 'vitest'
import { createRefusalLog } from './refused-requests.ts'

test('Refused requests make one line a minute for each reason, which counts what came meanwhile', () => {
  let now = 0
  const lines: { reason: string; count: number }[] = []
  const note = createRefusalLog(
    () => new Date(now),
    (line) => lines.push(line),
  )
  for (let request = 0; request < 1000; request++) note('signature')
  note('stale')
  expect(lines).toEqual([
    { reason: 'signature', count: 1 },
    { reason: 'stale', count: 1 },
  ])
  now = 59_999
  note('signature')
  expect(lines).toHaveLength(2)
  now = 60_000
  note('signature')
  expect(lines.at(-1)).toEqual({ reason: 'signature', count: 1001 })
})
