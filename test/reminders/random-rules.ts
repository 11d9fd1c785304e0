import fc from 'fast-check'
import rrulePackage from 'rrule'
import { libraryTable } from '../../src/timers/calendar/library-tables.ts'
import { defaultCalendar } from '../../src/timers/calendar/work-calendar.ts'
import { occurrencesFrom } from '../../src/timers/recurrence/occurrences.ts'

// The package is CommonJS in ES clothes: what it exports stands on its default.
const { rrulestr } = rrulePackage

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const some = <T>(values: readonly T[], most: number) =>
  fc.subarray([...values], { minLength: 1, maxLength: most }).map((list) => list.join(','))
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)
const signed = (most: number) => [...numbers(1, most), ...numbers(1, most).map((one) => -one)]
const optional = (arbitrary: fc.Arbitrary<string>) => fc.option(arbitrary, { nil: undefined, freq: 2 })

const INTERVAL = optional(fc.integer({ min: 1, max: 5 }).map(String))
const BYMONTH = optional(some(numbers(1, 12), 4))
const common = {
  BYHOUR: optional(some(numbers(0, 23), 3)),
  WKST: optional(fc.constantFrom(...weekdays)),
}
const plainDays = optional(some(weekdays, 4))
// The other implementation reads a list of days with and without a place (SU,2SA) as none.
const placedDays = some(
  weekdays.flatMap((day) => [`1${day}`, `2${day}`, `4${day}`, `5${day}`, `-1${day}`, `-2${day}`]),
  3,
)
const placedInYear = some(
  weekdays.flatMap((day) => [1, 2, 20, 51, 52, -1, -30, -52].map((place) => `${place}${day}`)),
  3,
)
/** Far apart; hours too, which the other implementation counts one by one. */
const wide = (least: number, most: number) => fc.integer({ min: least, max: most }).map(String)
const monthDays = optional(some([...signed(28), 29, 30, 31], 4))
const monthDaysOfAnyMonth = optional(some(signed(28), 4))

// Rules that never fire are tested one by one: the other implementation looks for them until the year 9999.
const frequencies = fc.oneof(
  fc.record({
    FREQ: fc.constant('DAILY'),
    INTERVAL,
    BYMONTH,
    ...common,
    BYDAY: plainDays,
    BYMONTHDAY: monthDaysOfAnyMonth,
  }),
  fc.record({ FREQ: fc.constant('WEEKLY'), INTERVAL, BYMONTH, ...common, BYDAY: plainDays }),
  fc.record({ FREQ: fc.constant('MONTHLY'), INTERVAL, ...common, BYMONTHDAY: monthDays }),
  fc.record({
    FREQ: fc.constant('MONTHLY'),
    BYMONTH,
    ...common,
    BYDAY: plainDays,
    BYMONTHDAY: monthDaysOfAnyMonth,
  }),
  fc.record({ FREQ: fc.constant('MONTHLY'), INTERVAL, ...common, BYDAY: placedDays }),
  fc.record({
    ...{ FREQ: fc.constant('MONTHLY'), INTERVAL, ...common, BYDAY: some(weekdays, 5) },
    BYSETPOS: some([1, 2, -1, -2], 2),
  }),
  fc.record({ FREQ: fc.constant('YEARLY'), INTERVAL, BYMONTH, ...common, BYMONTHDAY: monthDaysOfAnyMonth }),
  fc.record({
    FREQ: fc.constant('YEARLY'),
    BYMONTH,
    ...common,
    BYDAY: plainDays,
    BYMONTHDAY: monthDaysOfAnyMonth,
  }),
  fc.record({ FREQ: fc.constant('YEARLY'), INTERVAL, ...common, BYYEARDAY: some(signed(365), 4) }),
  fc.record({ FREQ: fc.constant('YEARLY'), INTERVAL, ...common, BYDAY: placedInYear }),
  fc.record({ FREQ: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY'), INTERVAL: wide(6, 9999), ...common }),
  fc.record({ FREQ: fc.constant('HOURLY'), INTERVAL: wide(24, 9999) }),
)

const days = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
const minutes = fc.integer({ min: 0, max: 1439 })
const ends = fc.option(
  fc.oneof(
    fc.integer({ min: 1, max: 30 }).map((count) => `COUNT=${count}`),
    days.map((day) => `UNTIL=${day.toISOString().slice(0, 10).replaceAll('-', '')}T120000`),
  ),
  { nil: undefined },
)

/** A rule of RFC 5545 with where it begins and from when it is asked. */
export const randomRules = fc
  .record({ parts: frequencies, end: ends, day: days, minute: minutes, ask: days })
  .map(({ parts, end, day, minute, ask }) => {
    const given = Object.entries(parts).filter(([, value]) => value !== undefined)
    const rrule = given.map(([name, value]) => `${name}=${value}`).join(';') + (end ? `;${end}` : '')
    const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
    return { rrule, from: `${day.toISOString().slice(0, 10)}T${time}`, ask }
  })

type RandomRule = typeof randomRules extends fc.Arbitrary<infer T> ? T : never

const most = 5
/** A calendar in which every day is as good as another is not asked: days off are sent. */
const place = { calendar: defaultCalendar(libraryTable), zone: 'UTC' }
/** Beyond, the two give up searching at different years. */
const horizon = '2045-01-01'

/** The next times by this house and by an independent implementation, to the minute, as far as 2045. */
export function bothWays({ rrule, from, ask }: RandomRule): { ours: string[]; theirs: string[] } {
  const rule = { type: 'rrule', rrule, from, onDayOff: 'send' } as const
  const ours = occurrencesFrom(rule, place, ask, most).map(({ local }) => local)
  const start = `DTSTART:${from.replaceAll(/[-:]/g, '')}00Z`
  const until = rrule.replace(/UNTIL=(\w+)/, 'UNTIL=$1Z')
  const independent = rrulestr(`${start}\nRRULE:${until}`)
  const theirs: string[] = []
  // Stops after a few instead of counting all to 2045.
  independent.between(ask, new Date(horizon), true, (date, at) => {
    theirs.push(date.toISOString().slice(0, 16))
    return at < most - 1
  })
  return { ours: ours.filter((local) => local < horizon), theirs: theirs.slice(0, most) }
}
