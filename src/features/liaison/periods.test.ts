import { expect, test } from 'vitest'
import { dutyRule, lastMonths, nextPeriod, periodOf } from './periods.ts'

test('a year is cut into periods of whole months', () => {
  expect(lastMonths(4)).toEqual([3, 6, 9, 12])
  expect(lastMonths(8)).toEqual([2, 3, 5, 6, 8, 9, 11, 12])
  expect(lastMonths(5)).toEqual([3, 5, 8, 10, 12])
  expect(periodOf('2026-02-14', 4)).toEqual({ first: '2026-01-01', last: '2026-03-31' })
  expect(periodOf('2026-03-01', 8)).toEqual({ first: '2026-03-01', last: '2026-03-31' })
  expect(nextPeriod('2026-12-31', 2)).toBe('2027-01-01')
})

test('for any number of times periods follow each other and fill the year', () => {
  for (let times = 1; times <= 12; times += 1) {
    const found: string[] = []
    for (let day = '2028-01-01'; day < '2029-01-01'; day = nextPeriod(day, times)) {
      expect(periodOf(day, times).first).toBe(day)
      found.push(day)
    }
    expect(found).toHaveLength(times)
  }
})

test('the reminder comes in the last month of a period', () => {
  expect(dutyRule(4, '2026-03-02', { 'remind-on': 15, 'remind-at': '09:00' })).toEqual({
    ...{ type: 'rrule', rrule: 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15' },
    ...{ from: '2026-03-02T09:00', onDayOff: 'next-working-day' },
  })
})
