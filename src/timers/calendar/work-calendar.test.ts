import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import { addWorkingTime } from './add-working-time.ts'
import { assumedHolidays } from './assumed-holidays.ts'
import { libraryTable } from './library-tables.ts'
import { defaultCalendar, kindOfDay, type WorkCalendar } from './work-calendar.ts'
import {
  countWorkingDays,
  lastWorkingDayOfMonth,
  lastWorkingDayOfQuarter,
  nextWorkingDay,
  workingDayAfter,
  workingDayBefore,
} from './working-days.ts'
import { formatWorkingHours, parseWorkingHours } from './working-hours.ts'

const calendar = defaultCalendar(libraryTable)
/** An instant by the clock of China. */
const china = (text: string) => DateTime.fromISO(text, { zone: 'Asia/Shanghai' }).toJSDate()
const shown = (at: Date, zone = 'Asia/Shanghai') =>
  DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd HH:mm')

describe('published years', () => {
  test.each([
    ['2024-02-04', true],
    ['2024-02-09', true],
    ['2024-02-12', false],
    ['2024-02-18', true],
    ['2024-04-05', false],
    ['2024-04-07', true],
    ['2024-05-11', true],
    ['2024-09-14', true],
    ['2024-10-07', false],
    ['2024-10-12', true],
    ['2025-01-26', true],
    ['2025-01-28', false],
    ['2025-02-04', false],
    ['2025-02-05', true],
    ['2025-02-08', true],
    ['2025-04-27', true],
    ['2025-09-28', true],
    ['2025-10-06', false],
    ['2025-10-08', false],
    ['2025-10-11', true],
    ['2026-01-02', false],
    ['2026-01-04', true],
    ['2026-02-14', true],
    ['2026-02-23', false],
    ['2026-02-28', true],
    ['2026-05-05', false],
    ['2026-06-19', false],
    ['2026-09-20', true],
    ['2026-09-25', false],
    ['2026-10-07', false],
    ['2026-10-08', true],
    ['2026-10-10', true],
    ['2026-11-21', false],
  ])('%s: working %s', (day, working) => {
    expect(kindOfDay(calendar, day)).toMatchObject({ working, provisional: false })
  })

  test('days carry the name of their holiday', () => {
    expect(kindOfDay(calendar, '2025-10-06')).toMatchObject({ name: '中秋', by: 'table' })
    expect(kindOfDay(calendar, '2026-02-14')).toMatchObject({ name: '春节', by: 'table' })
    expect(kindOfDay(calendar, '2026-11-23')).toMatchObject({ name: '', by: 'week' })
  })

  test('working days of a year are as many as there are', () => {
    expect(countWorkingDays(calendar, '2024-01-01', '2024-12-31')).toEqual({ days: 251, provisional: false })
    expect(countWorkingDays(calendar, '2025-01-01', '2025-12-31')).toEqual({ days: 248, provisional: false })
  })

  test('the library really knows 2004 to 2026', () => {
    const years = Array.from({ length: 40 }, (_, i) => 2000 + i)
    const known = years.filter((year) => libraryTable(year))
    expect(known).toEqual(Array.from({ length: 23 }, (_, i) => 2004 + i))
  })
})

describe('years without a published table', () => {
  test('statutory holidays are assumed: 13 days', () => {
    expect(assumedHolidays(2027)).toEqual({
      '2027-01-01': '元旦',
      '2027-02-05': '春节',
      '2027-02-06': '春节',
      '2027-02-07': '春节',
      '2027-02-08': '春节',
      '2027-04-05': '清明',
      '2027-05-01': '劳动节',
      '2027-05-02': '劳动节',
      '2027-06-09': '端午',
      '2027-09-15': '中秋',
      '2027-10-01': '国庆节',
      '2027-10-02': '国庆节',
      '2027-10-03': '国庆节',
    })
  })

  test('a leap month moves nothing: the first fifth month of 2028 counts', () => {
    expect(Object.entries(assumedHolidays(2028)).find(([, name]) => name === '端午')?.[0]).toBe('2028-05-28')
  })

  test('every year of the next decades has its holidays', () => {
    for (let year = 2027; year < 2100; year++) {
      const days = Object.keys(assumedHolidays(year))
      // Mid-Autumn may fall on a day of National Day.
      expect(days.length).toBeGreaterThanOrEqual(12)
      expect(days.length).toBeLessThanOrEqual(13)
      expect(days.every((day) => day.startsWith(String(year)))).toBe(true)
    }
  })

  test('all their days are provisional, working or not', () => {
    expect(kindOfDay(calendar, '2027-10-01')).toEqual({
      working: false,
      provisional: true,
      name: '国庆节',
      by: 'assumed',
    })
    expect(kindOfDay(calendar, '2027-10-04')).toMatchObject({ working: true, provisional: true })
    expect(kindOfDay(calendar, '2027-10-09')).toMatchObject({ working: false, provisional: true })
  })

  test('what is counted through them is provisional, what ends before is not', () => {
    expect(workingDayAfter(calendar, '2026-12-30', 1)).toEqual({ day: '2026-12-31', provisional: false })
    expect(workingDayAfter(calendar, '2026-12-30', 2)).toEqual({ day: '2027-01-04', provisional: true })
    expect(addWorkingTime(calendar, china('2026-12-31T10:00'), { workingDays: 1 }).provisional).toBe(true)
    expect(addWorkingTime(calendar, china('2026-12-31T10:00'), { workingHours: 1 }).provisional).toBe(false)
  })

  test('a table that arrives decides, also about the December before', () => {
    const table = {
      year: 2027,
      source: 'notice',
      off: { '2026-12-31': '元旦', '2027-01-01': '元旦' },
      work: { '2027-01-03': '元旦' },
    }
    const later = { ...calendar, tables: (year: number) => (year === 2027 ? table : libraryTable(year)) }
    expect(kindOfDay(later, '2026-12-31')).toMatchObject({ working: false, provisional: false })
    expect(kindOfDay(later, '2027-01-03')).toMatchObject({ working: true, provisional: false })
    expect(kindOfDay(later, '2027-10-01')).toMatchObject({ working: true, provisional: false })
  })
})

describe('own days and leave', () => {
  const own: WorkCalendar = {
    ...calendar,
    own: new Map([
      ['2026-10-01', { working: true, name: '设备检修' }],
      ['2026-12-31', { working: false, name: '年终休假' }],
      ['2027-10-01', { working: true, name: '值守' }],
    ]),
    leave: [{ first: '2026-12-01', last: '2026-12-04' }],
  }

  test('own days win over tables and are never provisional', () => {
    expect(kindOfDay(own, '2026-10-01')).toEqual({
      working: true,
      provisional: false,
      name: '设备检修',
      by: 'own',
    })
    expect(kindOfDay(own, '2026-12-31').working).toBe(false)
    expect(kindOfDay(own, '2027-10-01')).toMatchObject({ working: true, provisional: false })
  })

  test('days of leave do not count', () => {
    expect(kindOfDay(own, '2026-12-02').by).toBe('leave')
    const { at } = addWorkingTime(own, china('2026-11-30T10:00'), { workingDays: 1 })
    expect(shown(at)).toBe('2026-12-07 10:00')
    expect(countWorkingDays(own, '2026-11-30', '2026-12-07').days).toBe(2)
  })
})

describe('working days before and after', () => {
  test.each([
    ['2026-09-30', '2026-10-08'],
    ['2026-02-13', '2026-02-14'],
    ['2026-02-14', '2026-02-24'],
    ['2026-11-27', '2026-11-30'],
    ['2024-02-28', '2024-02-29'],
  ])('after %s comes %s', (day, next) => {
    expect(nextWorkingDay(calendar, day).day).toBe(next)
    expect(workingDayBefore(calendar, next).day).toBe(day)
  })

  test('ends of months and quarters', () => {
    expect(lastWorkingDayOfMonth(calendar, '2026-02-10').day).toBe('2026-02-28')
    expect(lastWorkingDayOfMonth(calendar, '2026-10-31').day).toBe('2026-10-30')
    expect(lastWorkingDayOfMonth(calendar, '2024-02-29').day).toBe('2024-02-29')
    expect(lastWorkingDayOfQuarter(calendar, '2026-01-31').day).toBe('2026-03-31')
    expect(lastWorkingDayOfQuarter(calendar, '2026-05-31').day).toBe('2026-06-30')
    expect(lastWorkingDayOfQuarter(calendar, '2026-12-31').day).toBe('2026-12-31')
  })
})

describe('working hours', () => {
  test.each([
    ['08:30-12:00 13:30-17:30', '08:30-12:00 13:30-17:30'],
    ['8:30～12:00、13:30～17:30', '08:30-12:00 13:30-17:30'],
    ['9:00 - 17:00', '09:00-17:00'],
    ['８：３０至１２：００，１３：３０至１７：３０', '08:30-12:00 13:30-17:30'],
    ['00:00-24:00', '00:00-24:00'],
  ])('%s', (text, kept) => {
    expect(formatWorkingHours(parseWorkingHours(text))).toBe(kept)
  })

  test.each([
    '',
    '8-12',
    '08:30',
    '12:00-08:00',
    '08:00-08:00',
    '08:00-12:00 11:00-17:00',
    '08:00-12:00 12:00-17:00',
    '08:00-25:00',
    '08:60-12:00',
    '1:00-2:00 3:00-4:00 5:00-6:00 7:00-8:00 9:00-10:00',
  ])('%s are none', (text) => {
    expect(() => parseWorkingHours(text)).toThrow('calendar:hours.invalid')
  })
})
