import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatChineseNumeral, parseChineseNumeral } from './chinese-numeral.ts'

test('what is parsed from a formatted number is the number', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 99_999_999 })),
      (value) => {
        expect(parseChineseNumeral(formatChineseNumeral(value))).toBe(value)
      },
    ),
  )
})

test.each([
  [0, '零'],
  [10, '十'],
  [12, '十二'],
  [20, '二十'],
  [110, '一百一十'],
  [133, '一百三十三'],
  [205, '二百零五'],
  [1005, '一千零五'],
  [1260, '一千二百六十'],
  [10_300, '一万零三百'],
  [120_000, '十二万'],
  [1_000_010, '一百万零一十'],
])('%i is printed %s', (value, numeral) => {
  expect(formatChineseNumeral(value)).toBe(numeral)
})

test.each([
  ['二〇一五', 2015],
  ['两千零五', 2005],
  ['廿三', 23],
  ['卅', 30],
  ['一百零十二', 112],
  ['第十'.slice(1), 10],
  ['１２', 12],
  ['100', 100],
  ['一 百', 100],
  ['三万亿', 3_000_000_000_000],
  ['一亿二千万', 120_000_000],
])('%s is %i', (numeral, value) => {
  expect(parseChineseNumeral(numeral)).toBe(value)
})

test.each(['', '百分', '十二三', '万', 'Ⅳ', '一'.repeat(50), '3a'])('“%s” is no numeral', (text) => {
  expect(parseChineseNumeral(text)).toBeNull()
})
