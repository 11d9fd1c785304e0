import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, monthsLater } from '../../timers/calendar/day.ts'
import { readCarrierRules } from './rules.ts'
import { currentStage, nextGradingDay, nextStage, standingOf, type Watched } from './schedule.ts'

const rules = readCarrierRules('')

function watched(row: Partial<Watched['row']> = {}, ...outcomes: string[]): Watched {
  return {
    row: {
      ...{ state: 'active', starts_on: '2025-01-01', ends_on: '2026-06-30' },
      ...{ expiry_handled_for: null, dormant_handled_on: null, ...row },
    },
    outcomes: outcomes.map((day, i) => ({ id: String(i), day, text: '' })),
  }
}

/** Every day on which a matter is told. */
function told(carrier: Watched, matter: 'expiry' | 'dormant', from: string, count: number): string[] {
  const days: string[] = []
  for (let day = from; days.length < count; ) {
    const next = nextStage(carrier, rules, matter, day)
    if (!next) break
    days.push(next.day)
    day = addDays(next.day, 1)
  }
  return days
}

describe('the end of a contract is told', () => {
  test('90, 30 and 7 days before, then each month', () => {
    const days = ['2026-04-01', '2026-05-31', '2026-06-23', '2026-07-30', '2026-08-30']
    expect(told(watched(), 'expiry', '2026-01-01', 5)).toEqual(days)
  })

  test('not once it is taken care of, until the contract changes; nor of what has ended', () => {
    const handled = watched({ expiry_handled_for: '2026-06-30' })
    expect(nextStage(handled, rules, 'expiry', '2026-01-01')).toBeNull()
    const renewed = watched({ expiry_handled_for: '2026-06-30', ends_on: '2027-06-30' })
    expect(nextStage(renewed, rules, 'expiry', '2026-01-01')?.day).toBe('2027-04-01')
    expect(standingOf(watched({ state: 'ended' }), rules, '2026-06-30')).toEqual([])
  })
})

describe('that nothing is heard is told', () => {
  test('a year after the last sign, then each month, not after the end', () => {
    expect(told(watched({}, '2025-03-10'), 'dormant', '2025-01-01', 9)).toEqual([
      ...['2026-03-10', '2026-04-10', '2026-05-10', '2026-06-10'],
    ])
    expect(told(watched({ dormant_handled_on: '2025-06-01' }), 'dormant', '2025-01-01', 9)).toEqual([
      '2026-06-01',
    ])
  })
})

test('grades are asked for on the day, this year or the next', () => {
  expect(nextGradingDay(rules, '2026-12-01')).toBe('2026-12-01')
  expect(nextGradingDay(rules, '2026-12-02')).toBe('2027-12-01')
  expect(nextGradingDay({ ...rules, gradingOn: '12-31' }, '2027-01-01')).toBe('2027-12-31')
})

test('whatever the contract, what is next is never in the past, and what is current is never to come', () => {
  const day = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2024-01-01', days))
  fc.assert(
    fc.property(
      day,
      day,
      day,
      fc.option(day),
      fc.constantFrom('expiry', 'dormant'),
      (from, end, today, last, matter) => {
        const [starts_on, ends_on] = from < end ? [from, end] : [end, from]
        const carrier = watched({ starts_on, ends_on }, ...(last === null ? [] : [last]))
        const next = nextStage(carrier, rules, matter, today)
        const current = currentStage(carrier, rules, matter, today)
        if (next) expect(next.day >= today).toBe(true)
        if (current) expect(current.day <= today).toBe(true)
        // Between the two nothing lies: no time is passed over.
        if (next && current && next.day !== current.day) {
          expect(nextStage(carrier, rules, matter, addDays(current.day, 1))).toEqual(next)
        }
        if (matter === 'expiry' && !current) expect(today < monthsLater(ends_on, 1)).toBe(true)
      },
    ),
  )
})
