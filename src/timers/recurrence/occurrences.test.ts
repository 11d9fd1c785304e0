import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../calendar/day.ts'
import { libraryTable } from '../calendar/library-tables.ts'
import { defaultCalendar, kindOfDay } from '../calendar/work-calendar.ts'
import { nextOccurrence, occurrencesFrom } from './occurrences.ts'
import { periods, type Rule } from './rule.ts'

const calendar = defaultCalendar(libraryTable)
const place = { calendar, zone: 'Asia/Shanghai' }

const nthOf = (period: (typeof periods)[number], nth: number, from = '2024-01-01'): Rule => ({
  ...{ type: 'working-day', period, nth, time: '09:00', from, until: null },
})
const rruleOf = (
  rrule: string,
  from = '2026-01-01T09:00',
  onDayOff: 'send' | 'next-working-day' | 'previous-working-day' | 'skip' = 'send',
): Rule => ({
  ...{ type: 'rrule', rrule, from, onDayOff },
})
const days = (rule: Rule, from: string, most: number, at = place) =>
  occurrencesFrom(rule, at, new Date(`${from}T00:00:00+08:00`), most).map(({ local }) => local.slice(0, 10))

describe('the published tables of 2024 to 2026', () => {
  test('last working days of months', () => {
    expect(days(nthOf('month', -1), '2024-01-01', 12)).toEqual([
      ...['2024-01-31', '2024-02-29', '2024-03-29', '2024-04-30', '2024-05-31', '2024-06-28'],
      ...['2024-07-31', '2024-08-30', '2024-09-30', '2024-10-31', '2024-11-29', '2024-12-31'],
    ])
    // Spring Festival of 2025 began on 28 January; the 26th, a Sunday, was worked.
    expect(days(nthOf('month', -1), '2025-01-01', 3)).toEqual(['2025-01-27', '2025-02-28', '2025-03-31'])
    expect(days(nthOf('month', -1), '2025-09-01', 2)).toEqual(['2025-09-30', '2025-10-31'])
    // 28 February 2026 is a Saturday that is worked.
    expect(days(nthOf('month', -1), '2026-01-01', 3)).toEqual(['2026-01-30', '2026-02-28', '2026-03-31'])
  })

  test('first working days, quarters, and days before another', () => {
    expect(days(nthOf('month', 1), '2024-10-01', 2)).toEqual(['2024-10-08', '2024-11-01'])
    expect(days(nthOf('week', 1), '2024-09-30', 3)).toEqual(['2024-09-30', '2024-10-08', '2024-10-14'])
    expect(days(nthOf('quarter', -1), '2026-01-01', 4)).toEqual([
      ...['2026-03-31', '2026-06-30', '2026-09-30', '2026-12-31'],
    ])
    const before: Rule = {
      type: 'before',
      days: 5,
      working: true,
      target: '2024-10-14',
      time: '09:00',
      from: '2024-01-01',
    }
    // 8 to 12 October were worked, the Saturday too.
    expect(days(before, '2024-01-01', 3)).toEqual(['2024-10-08'])
  })

  test('a day off moves, and what moved is not passed over', () => {
    const first = rruleOf('FREQ=MONTHLY;BYMONTHDAY=1', '2024-01-01T09:00', 'next-working-day')
    expect(days(first, '2024-10-02', 2)).toEqual(['2024-10-08', '2024-11-01'])
    expect(nextOccurrence(first, place, '2024-09-01T09:00')?.key).toBe('2024-10-01T09:00')
    const earlier = rruleOf('FREQ=MONTHLY;BYMONTHDAY=1', '2024-01-01T09:00', 'previous-working-day')
    expect(days(earlier, '2024-09-15', 2)).toEqual(['2024-09-30', '2024-11-01'])
    const daily = rruleOf('FREQ=DAILY', '2024-09-01T09:00', 'skip')
    expect(days(daily, '2024-09-13', 4)).toEqual(['2024-09-13', '2024-09-14', '2024-09-18', '2024-09-19'])
  })
})

describe('months, years and clocks', () => {
  test('29 February', () => {
    const yearly: Rule = {
      type: 'before',
      days: 0,
      working: false,
      target: '02-29',
      time: '09:00',
      from: '2026-01-01',
    }
    expect(days(yearly, '2026-01-01', 3)).toEqual(['2026-02-28', '2027-02-28', '2028-02-29'])
    expect(days(rruleOf('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'), '2026-01-01', 2)).toEqual([
      '2028-02-29',
      '2032-02-29',
    ])
    expect(days(rruleOf('FREQ=MONTHLY;BYMONTHDAY=31'), '2026-01-31', 3)).toEqual([
      '2026-01-31',
      '2026-03-31',
      '2026-05-31',
    ])
  })

  test('an hour that is skipped, and one that comes twice', () => {
    const there = { calendar, zone: 'America/New_York' }
    const at = (time: string, day: string) =>
      occurrencesFrom(
        rruleOf('FREQ=DAILY', `2026-01-01T${time}`),
        there,
        new Date(`${day}T05:00:00Z`),
        1,
      )[0]?.at.toISOString()
    expect(at('02:30', '2026-03-08')).toBe('2026-03-08T07:30:00.000Z')
    expect(at('01:30', '2026-11-01')).toBe('2026-11-01T05:30:00.000Z')
  })

  test('the end of a rule, and of what a day includes', () => {
    expect(days(rruleOf('FREQ=DAILY;UNTIL=20260103'), '2026-01-01', 9)).toHaveLength(3)
    expect(days({ ...nthOf('month', -1), until: '2024-03-29' } as Rule, '2024-01-01', 9)).toHaveLength(3)
    expect(nextOccurrence({ type: 'once', at: '2026-01-01T09:00' }, place, '2026-01-01T09:00')).toBeNull()
  })

  test('a year without a table is provisional, and a table changes the day but not the key', () => {
    const rule = nthOf('month', -1, '2030-09-01')
    const [before] = occurrencesFrom(rule, place, new Date('2030-09-01T00:00:00Z'), 1)
    expect(before).toMatchObject({ key: '2030-09-01', local: '2030-09-30T09:00', provisional: true })
    const table = { year: 2030, source: 'test', off: { '2030-09-30': '国庆节' }, work: {} }
    const published = defaultCalendar((year) => (year === 2030 ? table : libraryTable(year)))
    const [after] = occurrencesFrom(
      rule,
      { ...place, calendar: published },
      new Date('2030-09-01T00:00:00Z'),
      1,
    )
    expect(after).toMatchObject({ key: '2030-09-01', local: '2030-09-27T09:00', provisional: false })
  })

  test('nothing comes after 2199, in years of five figures neither', () => {
    const times = (rrule: string) =>
      occurrencesFrom(rruleOf(rrule), place, new Date('2026-01-01T00:00:00+08:00'), 9).map(({ key }) => key)
    expect(times('FREQ=YEARLY;INTERVAL=9999')).toEqual(['2026-01-01T09:00'])
    expect(times('FREQ=YEARLY;INTERVAL=100')).toEqual(['2026-01-01T09:00', '2126-01-01T09:00'])
  })

  test('what never fires ends quickly', () => {
    for (const rule of [
      rruleOf('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'),
      rruleOf('FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4'),
      rruleOf('FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1', '2026-01-01T09:00', 'skip'),
      nthOf('week', 8),
    ]) {
      expect(nextOccurrence(rule, place, null)).toBeNull()
    }
  })
})

const workingDays = fc.record({
  period: fc.constantFrom(...periods),
  nth: fc.integer({ min: -6, max: 6 }).filter((nth) => nth !== 0),
  from: fc.integer({ min: 0, max: 1000 }).map((n) => addDays('2024-01-01', n)),
})

test('working days: on working days, keys in the order of time, one for each period, whatever the table', () => {
  const off = fc.uniqueArray(fc.integer({ min: 0, max: 1095 }), { maxLength: 60 })
  fc.assert(
    fc.property(workingDays, off, ({ period, nth, from }, closed) => {
      const rule = nthOf(period, nth, from)
      const own = new Map(closed.map((n) => [addDays('2024-01-01', n), { working: false, name: '' }]))
      const other = { ...place, calendar: { ...calendar, own } }
      const start = new Date(`${from}T00:00:00+08:00`)
      const found = occurrencesFrom(rule, place, start, 8)
      const changed = occurrencesFrom(rule, other, start, 8)
      for (const [at, list] of [
        [place, found],
        [other, changed],
      ] as const) {
        const keys = list.map(({ key }) => key)
        expect(keys).toEqual([...new Set(keys)].toSorted())
        expect(list.map((one) => one.at)).toEqual(
          list.map((one) => one.at).toSorted((a, b) => a.getTime() - b.getTime()),
        )
        for (const { local } of list) expect(kindOfDay(at.calendar, local.slice(0, 10)).working).toBe(true)
        // Step by step by keys they are the same as all from an instant.
        expect(
          list.slice(1).map(({ key }, index) => nextOccurrence(rule, at, list[index]!.key)?.key === key),
        ).not.toContain(false)
      }
    }),
    { numRuns: 100 },
  )
})
