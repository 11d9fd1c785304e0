import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultCalendar } from '../../../timers/calendar/work-calendar.ts'
import type { Rule } from '../../../timers/recurrence/rule.ts'
import type { Reminder } from '../records.ts'
import { goneTimes, nextTime } from './due-times.ts'

const place = { calendar: defaultCalendar(() => null), zone: 'Asia/Shanghai' }
const at = (local: string) => new Date(`${local}:00+08:00`)
const daily: Rule = { type: 'rrule', rrule: 'FREQ=DAILY', from: '2026-03-02T09:00', onDayOff: 'send' }

function reminder(rule: Rule, row: Partial<Reminder['row']> = {}, exceptions: Reminder['exceptions'] = {}) {
  const base = { last_key: null, next_key: null, next_at: null, useful_for: 2880, state: 'active' }
  return {
    row: { ...base, changed_at: at('2026-03-01T12:00').toISOString(), ...row },
    ...{ rule, exceptions, targets: [], steps: [], context: {} },
  } as unknown as Reminder
}

/** Lets a reminder live through moments; gives what was sent, as the day of China. */
function live(rule: Rule, moments: readonly Date[], exceptions: Reminder['exceptions'] = {}) {
  const sent: { at: Date; now: Date }[] = []
  let row: Partial<Reminder['row']> = {}
  const wait = (from?: Date) => {
    const next = nextTime(reminder(rule, row, exceptions), place, from)
    row = { ...row, next_key: next?.key ?? null, next_at: next?.at.toISOString() ?? null }
  }
  wait()
  for (const now of moments) {
    if (!row.next_at || new Date(row.next_at) > now) continue
    const { gone, followedBy } = goneTimes(reminder(rule, row, exceptions), place, now)
    for (const time of gone) if (time.outcome === 'sent') sent.push({ at: time.at, now })
    row = {
      last_key: gone
        .map(({ key }) => key)
        .toSorted()
        .at(-1)!,
    }
    wait(followedBy)
  }
  return { sent, row }
}

test('whenever it is looked, each time is sent once at most, never early, and the last useful one always', () => {
  const minutes = fc.array(fc.integer({ min: 0, max: 60 * 24 * 12 }), { maxLength: 12 })
  fc.assert(
    fc.property(minutes, (given) => {
      const begin = at('2026-03-01T12:00').getTime()
      const moments = given.map((minute) => new Date(begin + minute * 60_000))
      const { sent } = live(daily, moments)
      expect(new Set(sent.map((one) => one.at.getTime())).size).toBe(sent.length)
      for (const one of sent) expect(one.at <= one.now).toBe(true)
      const latest = Math.max(...moments.map(Number))
      if (latest >= at('2026-03-02T09:00').getTime()) {
        const last = Math.max(...sent.map((one) => one.at.getTime()))
        expect(latest - last).toBeLessThan(24 * 3600_000)
      }
    }),
    { numRuns: 60 },
  )
})

test('what is skipped is left out, what is moved comes at its new time, and the next is not shifted', () => {
  const exceptions = { '2026-03-03T09:00': 'skip', '2026-03-04T09:00': '2026-03-04T15:30' } as const
  const moments = ['02T09:00', '03T09:00', '04T09:00', '04T15:30', '05T09:00'].map((day) =>
    at(`2026-03-${day}`),
  )
  const { sent } = live(daily, moments, exceptions)
  expect(sent.map((one) => one.at)).toEqual([moments[0], moments[3], moments[4]])
})

test('month ends and 29 February keep their day', () => {
  const ends: Rule = {
    type: 'rrule',
    rrule: 'FREQ=MONTHLY;BYMONTHDAY=-1',
    from: '2028-01-31T09:00',
    onDayOff: 'send',
  }
  const days = ['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30'].map((day) => at(`${day}T09:00`))
  const { sent, row } = live(ends, days)
  expect(sent.map((one) => one.at)).toEqual(days)
  expect(row.next_at).toBe(at('2028-05-31T09:00').toISOString())
})

test('times that passed before it was changed are passed over, the one that waits is not', () => {
  const changed = { changed_at: at('2026-03-10T12:00').toISOString() }
  expect(nextTime(reminder(daily, changed), place)?.at).toEqual(at('2026-03-11T09:00'))
  const resumed = { ...changed, last_key: '2026-03-02T09:00' }
  expect(nextTime(reminder(daily, resumed), place)?.at).toEqual(at('2026-03-11T09:00'))
  const waits = { next_key: '2026-03-03T09:00', next_at: at('2026-03-03T09:00').toISOString() }
  for (const row of [
    { ...resumed, ...waits },
    { ...changed, ...waits },
  ]) {
    expect(nextTime(reminder(daily, row), place)?.at).toEqual(at('2026-03-03T09:00'))
  }
})

test('several of one moment are one; thousands that were missed are not walked one by one', () => {
  const moved: Rule = { ...daily, type: 'rrule', from: '2026-03-07T09:00', onDayOff: 'next-working-day' }
  const weekend = live(moved, [at('2026-03-09T09:00')])
  expect(weekend.sent).toHaveLength(1)
  const hourly: Rule = { ...daily, rrule: 'FREQ=HOURLY' }
  const row = { next_key: '2026-03-02T09:00', next_at: at('2026-03-02T09:00').toISOString(), useful_for: 120 }
  const { gone, followedBy } = goneTimes(reminder(hourly, row), place, at('2027-03-02T09:30'))
  expect(gone.length).toBeLessThan(60)
  expect(gone.findLast(({ outcome }) => outcome === 'sent')).toMatchObject({
    at: at('2027-03-02T09:00'),
    late: true,
  })
  expect(followedBy).toEqual(at('2027-03-02T09:30'))
})
