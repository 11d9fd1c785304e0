import { expect, test } from 'vitest'
import { readNumber } from './receipt-code.ts'

test.each([
  ['WD-2026-0001', 'WD-2026-0001'],
  [' wd20260001 ', 'WD-2026-0001'],
  ['ＷＤ－2026－0012', 'WD-2026-0012'],
  ['wd 2026 10234', 'WD-2026-10234'],
  ['2026-0001', null],
  ['WD-26-1', null],
  ["WD-2026-0001' or 1=1", null],
  ['', null],
])('%s is number %s', (typed, number) => {
  expect(readNumber(typed)).toBe(number)
})
