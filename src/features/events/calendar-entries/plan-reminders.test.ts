import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextMoment, organisersBefore, type Planned, planReminders, takeDue } from './plan-reminders.ts'

const startsAt = '2026-03-13T06:00:00.000Z'
const before = (minutes: number, start = startsAt) => new Date(Date.parse(start) - minutes * 60_000)

test('those to come are planned, the earliest first, and the organisers’ among them', () => {
  const pending = planReminders(null, { startsAt, reminders: [60, 4320] }, before(5000))
  expect(pending).toEqual([4320, 1440, 60])
  expect(nextMoment({ startsAt, pending })).toEqual(before(4320))
})

test('one whose moment has passed is not made up for, but one that is just due stays', () => {
  expect(planReminders(null, { startsAt, reminders: [1440, 60] }, before(100))).toEqual([60])
  const planned = { startsAt, pending: [1440, 60] }
  expect(planReminders(planned, { startsAt, reminders: [1440, 60, 30] }, before(1439))).toEqual([
    1440, 60, 30,
  ])
  // Of another beginning it was another reminder.
  const moved = '2026-03-13T07:00:00.000Z'
  expect(planReminders(planned, { startsAt: moved, reminders: [1440, 60] }, before(1439, moved))).toEqual([
    60,
  ])
})

test('after a downtime only the last that is due is sent, and none once it has begun', () => {
  const reminders = [4320, 1440, 60, 30]
  const planned = { startsAt, pending: reminders }
  expect(takeDue(planned, reminders, before(45))).toEqual({ due: 60, forOrganisers: true, later: [30] })
  expect(takeDue(planned, reminders, before(0))).toEqual({ due: null, forOrganisers: false, later: [] })
  expect(takeDue(planned, reminders, before(5000))).toEqual({
    ...{ due: null, forOrganisers: false, later: reminders },
  })
})

test('the organisers’ moment does not stand in for a reminder of those who come', () => {
  const planned = { startsAt, pending: [2880, 1440, 60] }
  expect(takeDue(planned, [2880, 60], before(1440))).toEqual({ due: 2880, forOrganisers: true, later: [60] })
  const alone = { startsAt, pending: [1440, 60] }
  expect(takeDue(alone, [60], before(1440))).toEqual({ due: null, forOrganisers: true, later: [60] })
})

test('whatever is changed when: each reminder of a beginning is taken at most once, never early and never late', () => {
  const hours = fc.integer({ min: 1, max: 200 })
  const steps = fc.array(
    fc.oneof(
      fc.record({ type: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 3000 }) }),
      fc.record({
        type: fc.constant('change' as const),
        start: hours,
        reminders: fc.uniqueArray(fc.constantFrom(30, 60, 1440, 2880), { maxLength: 4 }),
      }),
    ),
    { minLength: 2, maxLength: 30 },
  )
  fc.assert(
    fc.property(steps, (all) => {
      const beginning = Date.parse('2026-03-01T00:00:00Z')
      let now = beginning
      let planned: Planned | null = null
      let reminders: readonly number[] = []
      const taken = new Set<string>()
      const work = () => {
        for (;;) {
          const due: Date | null = planned && nextMoment(planned)
          if (!planned || !due || due.getTime() > now) return
          const { due: minutes, later } = takeDue(planned, reminders, new Date(now))
          if (minutes !== null) {
            const one = `${planned.startsAt} ${minutes}`
            expect(taken).not.toContain(one)
            taken.add(one)
            expect(before(minutes, planned.startsAt).getTime()).toBeLessThanOrEqual(now)
            expect(Date.parse(planned.startsAt)).toBeGreaterThan(now)
          }
          planned = { ...planned, pending: later }
        }
      }
      for (const step of all) {
        if (step.type === 'change') {
          reminders = step.reminders
          const start = new Date(beginning + step.start * 3_600_000).toISOString()
          planned = {
            startsAt: start,
            pending: planReminders(planned, { startsAt: start, reminders }, new Date(now)),
          }
          continue
        }
        // Minute by minute, as a bot that does not sleep: nothing that is to come is missed.
        const until = now + step.minutes * 60_000
        for (; now < until; now += 30 * 60_000) {
          const standing: Planned | null = planned
          work()
          if (!standing) continue
          for (const minutes of reminders) {
            const moment = before(minutes, standing.startsAt).getTime()
            if (moment === now && standing.pending.includes(minutes)) {
              expect(taken).toContain(`${standing.startsAt} ${minutes}`)
            }
          }
        }
        now = until
        work()
      }
      expect(organisersBefore).toBe(1440)
    }),
  )
})
