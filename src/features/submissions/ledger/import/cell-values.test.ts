import { expect, test } from 'vitest'
import { cellAmount, cellDay, cellNames, cellText } from './cell-values.ts'

test.each([
  ['2024.3.5', '2024-03-05'],
  ['2024年3月5日', '2024-03-05'],
  ['２０２４／３／５', '2024-03-05'],
  ['2024-03-05 14:20', '2024-03-05'],
  ['20240305', '2024-03-05'],
  [20_240_305, '2024-03-05'],
  ['2024年3月', '2024-03-01'],
  [45_356, '2024-03-05'],
  [45_356.7, '2024-03-05'],
  [{ day: '2024-03-05' }, '2024-03-05'],
  [{ minute: '2024-03-05 08:00' }, '2024-03-05'],
  ['', undefined],
  [null, undefined],
  ['2024', null],
  [2024, null],
  ['2024-13-01', null],
  ['1900-01-01', null],
  ['三月', null],
  [true, null],
  [{ error: '#N/A' }, null],
] as const)('%j is the day %j', (cell, day) => {
  expect(cellDay(cell)).toBe(day)
})

test.each([
  [1.2, 10_000, 12_000],
  [0.1, 10_000, 1000],
  ['1.2', 10_000, 12_000],
  ['1.2万元', 1, 12_000],
  ['1.2万元', 10_000, 12_000],
  ['12,000元', 10_000, 12_000],
  ['￥3，000', 1, 3000],
  ['约5万元/年', 1, 50_000],
  ['0.3亿', 1, 30_000_000],
  ['-5', 1, -5],
  ['无', 1, undefined],
  ['很多', 1, null],
  ['1e400', 1, null],
  ['=1+1', 1, null],
] as const)('%j in units of %s is %j yuan', (cell, unit, amount) => {
  expect(cellAmount(cell, unit)).toBe(amount)
})

test('long numbers keep their digits, and errors are no text', () => {
  expect(cellText(110_101_199_001_011_230)).toBe('110101199001011230')
  expect(cellText(1e20)).toBe('100000000000000000000')
  expect(cellText({ error: '#REF!' })).toBeNull()
})

test('several names stand in one cell', () => {
  expect(cellNames('张三（组长）、李四，王五 等3人\n赵六/')).toEqual(['张三', '李四', '王五', '赵六'])
})
