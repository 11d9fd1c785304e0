import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import { addWorkingTime } from './add-working-time.ts'
import { addDays, type Day, dayIn } from './day.ts'
import { libraryTable } from './library-tables.ts'
import { defaultCalendar, kindOfDay, type WorkCalendar } from './work-calendar.ts'
import { countWorkingDays, nextWorkingDay, workingDayAfter, workingDayBefore } from './working-days.ts'
import { parseWorkingHours } from './working-hours.ts'

const calendar = defaultCalendar(libraryTable)
/** An instant by the clock of China. */
const china = (text: string) => DateTime.fromISO(text, { zone: 'Asia/Shanghai' }).toJSDate()
const shown = (at: Date, zone = 'Asia/Shanghai') =>
  DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd HH:mm')

describe('adding working time', () => {
  test.each([
    ['2026-11-23T09:00', { workingHours: 1 }, '2026-11-23 10:00'],
    ['2026-11-23T11:30', { workingHours: 1 }, '2026-11-23 14:00'],
    ['2026-11-23T11:30', { workingHours: 0.5 }, '2026-11-23 12:00'],
    ['2026-11-23T17:00', { workingHours: 0.5 }, '2026-11-23 17:30'],
    ['2026-11-27T17:15', { workingHours: 0.5 }, '2026-11-30 08:45'],
    ['2026-11-23T07:00', { workingHours: 7.5 }, '2026-11-23 17:30'],
    ['2026-11-23T20:00', { workingHours: 4 }, '2026-11-24 14:00'],
    ['2026-11-21T10:00', { workingHours: 1 }, '2026-11-23 09:30'],
    ['2026-02-13T17:00', { workingHours: 1 }, '2026-02-14 09:00'],
    ['2026-09-30T17:00', { workingHours: 1 }, '2026-10-08 09:00'],
    ['2026-11-23T12:30', { workingHours: 0 }, '2026-11-23 13:30'],
    ['2026-11-23T10:00', { workingDays: 1 }, '2026-11-24 10:00'],
    ['2026-11-27T10:00', { workingDays: 1 }, '2026-11-30 10:00'],
    ['2026-11-28T10:00', { workingDays: 1 }, '2026-11-30 10:00'],
    ['2026-11-23T12:30', { workingDays: 1 }, '2026-11-24 13:30'],
    ['2026-11-23T20:00', { workingDays: 1 }, '2026-11-25 08:30'],
    ['2026-11-23T06:00', { workingDays: 1 }, '2026-11-24 08:30'],
    ['2026-11-28T20:00', { workingDays: 0 }, '2026-11-30 08:30'],
    ['2024-02-28T10:00', { workingDays: 1 }, '2024-02-29 10:00'],
    ['2026-01-30T10:00', { workingDays: 1 }, '2026-02-02 10:00'],
  ])('%s and %j is %s', (from, time, at) => {
    expect(shown(addWorkingTime(calendar, china(from), time).at)).toBe(at)
  })

  test('the clocks of the place decide, also on the days when they change', () => {
    const newYork = { ...calendar, zone: 'America/New_York' }
    const there = (text: string) => DateTime.fromISO(text, { zone: newYork.zone }).toJSDate()
    // Summer time ends on 1 November 2026 and begins on 14 March 2027.
    const autumn = addWorkingTime(newYork, there('2026-10-30T10:00'), { workingDays: 1 })
    expect(shown(autumn.at, newYork.zone)).toBe('2026-11-02 10:00')
    expect(autumn.at.getTime() - there('2026-10-30T10:00').getTime()).toBe(73 * 3_600_000)
    const spring = addWorkingTime(newYork, there('2027-03-12T17:00'), { workingHours: 1 })
    expect(shown(spring.at, newYork.zone)).toBe('2027-03-15 09:00')
  })

  test('an hour that the clocks skip is no working hour', () => {
    const sundays = new Map([['2027-03-14', { working: true, name: 'x' }]])
    const night = {
      ...calendar,
      zone: 'America/New_York',
      own: sundays,
      hours: parseWorkingHours('01:00-05:00'),
    }
    const from = DateTime.fromISO('2027-03-14T01:00', { zone: night.zone }).toJSDate()
    expect(shown(addWorkingTime(night, from, { workingHours: 2 }).at, night.zone)).toBe('2027-03-14 04:00')
  })

  test.each([{ workingDays: -1 }, { workingDays: 1.5 }, { workingHours: -1 }, { workingHours: Number.NaN }])(
    '%j is refused',
    (time) => {
      expect(() => addWorkingTime(calendar, china('2026-11-23T10:00'), time)).toThrow(RangeError)
    },
  )

  test('a calendar without working days comes to an end', () => {
    const never = { ...calendar, leave: [{ first: '1900-01-01', last: '9999-12-31' }] }
    expect(() => addWorkingTime(never, china('2026-11-23T10:00'), { workingHours: 1 })).toThrow(RangeError)
    expect(() => nextWorkingDay(never, '2026-11-23')).toThrow(RangeError)
  })
})

describe('whatever the calendar', () => {
  const zones = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe')
  const hours = fc.constantFrom('08:30-12:00 13:30-17:30', '09:00-17:00', '06:00-14:00', '14:00-24:00')
  const someDay = fc.integer({ min: 0, max: 1500 }).map((n) => addDays('2024-06-01', n))
  const calendars: fc.Arbitrary<WorkCalendar> = fc.record({
    zone: zones,
    hours: hours.map(parseWorkingHours),
    tables: fc.constant(libraryTable),
    own: fc
      .array(fc.tuple(someDay, fc.record({ working: fc.boolean(), name: fc.constant('x') })), {
        maxLength: 20,
      })
      .map((entries) => new Map(entries)),
    leave: fc.array(
      fc
        .tuple(someDay, fc.integer({ min: 0, max: 30 }))
        .map(([first, n]) => ({ first, last: addDays(first, n) })),
      { maxLength: 3 },
    ),
  })
  const instants = fc
    .integer({ min: 0, max: 1400 * 24 * 60 })
    .map((minutes) => new Date(Date.UTC(2024, 5, 1) + minutes * 60_000))
  const numberOfDays = fc.integer({ min: 1, max: 60 })
  const numberOfHours = fc.integer({ min: 0, max: 600 }).map((n) => n / 4)

  const isWithinHours = (given: WorkCalendar, at: Date) => {
    const local = DateTime.fromJSDate(at, { zone: given.zone })
    const minutes = local.hour * 60 + local.minute
    const day = local.toFormat('yyyy-MM-dd')
    const closedAtMidnight = minutes === 0 && given.hours.some(({ to }) => to === 1440)
    return (
      (kindOfDay(given, day).working &&
        given.hours.some(({ from, to }) => from <= minutes && minutes <= to)) ||
      (closedAtMidnight && kindOfDay(given, addDays(day, -1)).working)
    )
  }

  test('the result is within working hours of a working day, and never before', () => {
    const times = fc.oneof(
      numberOfDays.map((workingDays) => ({ workingDays })),
      numberOfHours.map((workingHours) => ({ workingHours })),
    )
    fc.assert(
      fc.property(calendars, instants, times, (given, from, time) => {
        const { at } = addWorkingTime(given, from, time)
        expect(at >= from).toBe(true)
        expect(isWithinHours(given, at)).toBe(true)
      }),
    )
  })

  test('later beginnings and longer times end no sooner', () => {
    fc.assert(
      fc.property(calendars, instants, instants, numberOfHours, numberOfHours, (given, a, b, n, m) => {
        const [early, late] = a < b ? [a, b] : [b, a]
        const [short, long] = n < m ? [n, m] : [m, n]
        const end = (from: Date, workingHours: number) =>
          addWorkingTime(given, from, { workingHours }).at.getTime()
        expect(end(early, short)).toBeLessThanOrEqual(end(late, short))
        expect(end(early, short)).toBeLessThanOrEqual(end(early, long))
        const days = (from: Date, workingDays: number) =>
          addWorkingTime(given, from, { workingDays }).at.getTime()
        expect(days(early, 1 + Math.floor(short))).toBeLessThanOrEqual(days(early, 1 + Math.floor(long)))
      }),
    )
  })

  test('n and then m is n + m', () => {
    fc.assert(
      fc.property(calendars, instants, numberOfDays, numberOfDays, (given, from, n, m) => {
        const first = addWorkingTime(given, from, { workingDays: n })
        const both = addWorkingTime(given, first.at, { workingDays: m })
        // Closing at midnight belongs to the day before, so it is the one time of which this does not hold.
        fc.pre(!isMidnight(given, first.at))
        expect(both.at).toEqual(addWorkingTime(given, from, { workingDays: n + m }).at)
      }),
    )
    fc.assert(
      fc.property(calendars, instants, numberOfHours, numberOfHours, (given, from, n, m) => {
        const first = addWorkingTime(given, from, { workingHours: n })
        fc.pre(!isMidnight(given, first.at))
        const both = addWorkingTime(given, first.at, { workingHours: m })
        expect(both.at).toEqual(addWorkingTime(given, from, { workingHours: n + m }).at)
      }),
    )
  })

  const isMidnight = (given: WorkCalendar, at: Date) => {
    const local = DateTime.fromJSDate(at, { zone: given.zone })
    return local.hour === 0 && local.minute === 0
  }

  test('counting back undoes counting, and the days between are as many', () => {
    fc.assert(
      fc.property(calendars, someDay, numberOfDays, (given, day: Day, n) => {
        const after = workingDayAfter(given, day, n).day
        expect(kindOfDay(given, after).working).toBe(true)
        expect(countWorkingDays(given, addDays(day, 1), after).days).toBe(n)
        const start = nextWorkingDay(given, addDays(day, -1)).day
        expect(workingDayBefore(given, workingDayAfter(given, start, n).day, n).day).toBe(start)
      }),
    )
  })

  test('an instant belongs to the day of its place', () => {
    fc.assert(
      fc.property(zones, instants, (zone, at) => {
        expect(dayIn(zone, at)).toBe(DateTime.fromJSDate(at, { zone }).toISODate())
      }),
    )
  })
})
