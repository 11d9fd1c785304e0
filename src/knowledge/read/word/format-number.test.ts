import { expect, test } from 'vitest'
import { formatNumber } from './format-number.ts'

test.each([
  ['decimal', 12, '12'],
  ['chineseCounting', 21, '二十一'],
  ['chineseCountingThousand', 101, '一百零一'],
  ['taiwaneseCountingThousand', 10, '十'],
  ['japaneseCounting', 3, '三'],
  ['ideographDigital', 12, '一二'],
  ['chineseLegalSimplified', 12, '拾贰'],
  ['ideographTraditional', 2, '乙'],
  ['ideographTraditional', 11, '11'],
  ['ideographZodiac', 1, '子'],
  ['decimalFullWidth', 10, '１０'],
  ['decimalZero', 7, '07'],
  ['decimalEnclosedCircle', 1, '①'],
  ['decimalEnclosedCircle', 21, '㉑'],
  ['decimalEnclosedCircleChinese', 36, '㊱'],
  ['decimalEnclosedCircle', 51, '51'],
  ['decimalEnclosedParen', 2, '⑵'],
  ['decimalEnclosedFullstop', 3, '⒊'],
  ['upperLetter', 26, 'Z'],
  ['lowerLetter', 28, 'bb'],
  ['upperRoman', 1994, 'MCMXCIV'],
  ['lowerRoman', 4, 'iv'],
  ['bullet', 3, ''],
  ['none', 3, ''],
  ['somethingNew', 3, '3'],
])('%s of %i is %s', (format, value, printed) => {
  expect(formatNumber(value, format)).toBe(printed)
})
