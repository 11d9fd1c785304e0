import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FormValues } from '../../../forms/definition.ts'
import { onDayOff, periods, type Rule } from '../../../timers/recurrence/rule.ts'
import { ruleOfValues, valuesOfRule } from './rule-form.ts'

const time = fc.constantFrom('00:00', '09:00', '23:59')
const day = fc.constantFrom('2026-03-02', '2028-02-29', '2026-12-31')
const none = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const rrule = fc.oneof(
  fc.constantFrom('FREQ=DAILY', 'FREQ=MONTHLY;BYDAY=1FR', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'),
  fc.integer({ min: 1, max: 31 }).map((n) => `FREQ=MONTHLY;BYMONTHDAY=${n}`),
  fc.integer({ min: 2, max: 9 }).map((n) => `FREQ=WEEKLY;INTERVAL=${n};BYDAY=MO,FR`),
  fc.constant('FREQ=WEEKLY;BYDAY=TU;UNTIL=20271231T235959'),
)
const rules: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ type: fc.constant('once' as const), at: fc.tuple(day, time).map((parts) => parts.join('T')) }),
  fc.record({
    ...{ type: fc.constant('working-day' as const), period: fc.constantFrom(...periods), time, from: day },
    ...{ nth: fc.constantFrom(-3, -1, 1, 7), until: none(day) },
  }),
  fc.record({
    ...{ type: fc.constant('before' as const), days: fc.nat(99), working: fc.boolean(), time },
    ...{ target: fc.oneof(day, fc.constantFrom('01-10', '02-29')), from: fc.constant('2026-03-02') },
  }),
  fc.record({
    ...{ type: fc.constant('rrule' as const), rrule, onDayOff: fc.constantFrom(...onDayOff) },
    from: fc.tuple(day, time).map((parts) => parts.join('T')),
  }),
)

/** As the form checks what is typed. */
function checked(typed: Record<string, string | string[]>): FormValues {
  const figures = ['nth', 'daysBefore', 'everyWeeks', 'everyMonths', 'monthDay']
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => {
      if (figures.includes(name)) return [name, Number(value)]
      if (name === 'countWorking' || name === 'everyYear') return [name, value === 'yes']
      return [name, value === '' ? undefined : value]
    }),
  )
}

test('a rule that is opened in the form and sent in again is the same rule', () => {
  fc.assert(
    fc.property(rules, (rule) => {
      expect(ruleOfValues(checked(valuesOfRule(rule)), '2026-03-02', () => null)).toEqual(rule)
    }),
  )
})

test('what is not filled in yet is no rule', () => {
  expect(ruleOfValues({ rhythm: 'once', time: '09:00' }, '2026-03-02', () => null)).toBeNull()
  expect(ruleOfValues({ rhythm: 'weekly', time: '09:00', weekdays: [] }, '2026-03-02', () => null)).toBeNull()
  expect(
    ruleOfValues({ rhythm: 'nth', period: 'month', nth: 0, time: '09:00' }, '2026-03-02', () => null),
  ).toBeNull()
})
