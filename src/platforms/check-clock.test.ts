import { expect, test } from 'vitest'
import { checkClock, checkDateHeader } from './check-clock.ts'

const theirs = new Date('2026-03-02T01:02:03.000Z')

test.each([
  [-3600, 'wrong', 'doctor:clock.behind'],
  [-61, 'wrong', 'doctor:clock.behind'],
  [-60, 'well', 'doctor:clock.well'],
  [60, 'well', 'doctor:clock.well'],
  [61, 'wrong', 'doctor:clock.ahead'],
])('a clock that is %i s off is %s', (seconds, state, key) => {
  const ours = new Date(theirs.getTime() + seconds * 1000)
  const found = checkClock('clock', 'Slack', ours, theirs)
  expect(found).toMatchObject({ state, found: { key, values: { whose: 'Slack' } } })
  if (state === 'wrong') expect(found.found.values?.seconds).toBe(Math.abs(seconds))
})

test('a header that tells no time is no finding', () => {
  expect(checkDateHeader('clock', 'Slack', theirs, null)).toEqual([])
  expect(checkDateHeader('clock', 'Slack', theirs, 'soon')).toEqual([])
  expect(checkDateHeader('clock', 'Slack', theirs, 'Mon, 02 Mar 2026 01:02:03 GMT')).toMatchObject([
    { state: 'well' },
  ])
})
