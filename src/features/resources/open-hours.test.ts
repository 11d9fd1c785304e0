import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explainError } from '../../messages/translate.ts'
import { formatOpenHours, parseOpenHours, showOpenHours } from './open-hours.ts'

describe('open hours are read', () => {
  test.each([
    ['周一至周五 09:00-12:00 14:00-17:00；周六 9:00-12:00', '1-5 09:00-12:00 14:00-17:00; 6 09:00-12:00'],
    ['1-5 09:00-17:00', '1-5 09:00-17:00'],
    ['Mon-Fri 09:00-17:00; Sat, Sun 10:00-16:00', '1-5 09:00-17:00; 6-7 10:00-16:00'],
    ['工作日 08:30-17:30', '1-5 08:30-17:30'],
    ['周一、周三、周日：09:00～17:00', '1,3,7 09:00-17:00'],
    ['星期天 9:00至11:00', '7 09:00-11:00'],
    ['09:00-24:00', '1-7 09:00-24:00'],
  ])('%s', (text, kept) => {
    expect(formatOpenHours(parseOpenHours(text))).toBe(kept)
  })

  test.each([
    '',
    '周一',
    '周五至周一 09:00-17:00',
    '周八 09:00-17:00',
    '周一 17:00-09:00',
    '周一 25:00-26:00',
  ])('%j is none', (text) => {
    expect(() => parseOpenHours(text)).toThrow('resources:wrong.hours')
  })

  test('a weekday that is named twice is none, and what is said of it is readable', () => {
    try {
      parseOpenHours('周一至周五 09:00-17:00；周三 09:00-12:00')
      expect.unreachable()
    } catch (error) {
      expect(explainError(error, 'zh-CN')).toContain('周一至周五')
    }
  })
})

test('they are shown in both languages', () => {
  const hours = parseOpenHours('1-3,5 09:00-17:00; 6 09:00-12:00')
  expect(showOpenHours(hours, 'zh-CN')).toBe('周一至周三、周五 09:00-17:00；周六 09:00-12:00')
  expect(showOpenHours(hours, 'en')).toBe('Mon–Wed, Fri 09:00-17:00; Sat 09:00-12:00')
})

const span = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .filter(([from, to]) => from < to)
test('whatever is kept, and whatever is shown, is read as it was', () => {
  const weekdays = fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5', '6', '7'), span, { minKeys: 1 })
  fc.assert(
    fc.property(weekdays, (given) => {
      const hours = new Map(Object.entries(given).map(([day, [from, to]]) => [Number(day), [{ from, to }]]))
      const kept = formatOpenHours(hours)
      expect(formatOpenHours(parseOpenHours(kept))).toBe(kept)
      for (const language of ['zh-CN', 'en'] as const)
        expect(formatOpenHours(parseOpenHours(showOpenHours(hours, language)))).toBe(kept)
    }),
  )
})
