import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asksForHonours, honoursTitle, ofYear, readHonoursSpan } from './honours-span.ts'

const today = '2026-05-20'

test.each([
  ['荣誉名单', '2026-01-01', '2027-01-01', '2026 年荣誉名单'],
  ['荣誉名单 2025年', '2025-01-01', '2026-01-01', '2025 年荣誉名单'],
  ['2025年荣誉名单', '2025-01-01', '2026-01-01', '2025 年荣誉名单'],
  ['去年的荣誉名单', '2025-01-01', '2026-01-01', '2025 年荣誉名单'],
  ['荣誉名单 一季度', '2026-01-01', '2026-04-01', '2026 年第一季度荣誉名单'],
  ['四季度荣誉名单', '2025-10-01', '2026-01-01', '2025 年第四季度荣誉名单'],
  ['2024年第4季度荣誉名单', '2024-10-01', '2025-01-01', '2024 年第四季度荣誉名单'],
  ['上季度荣誉名单', '2026-01-01', '2026-04-01', '2026 年第一季度荣誉名单'],
  ['荣誉名单 2026-01-01 至 2026-03-31', '2026-01-01', '2026-04-01', '2026-01-01 至 2026-03-31 荣誉名单'],
  ['荣誉名单 2026年1月1日到2026年3月5日', '2026-01-01', '2026-03-06', '2026-01-01 至 2026-03-05 荣誉名单'],
  ['honours 2025 q2', '2025-04-01', '2025-07-01', '2025 年第二季度荣誉名单'],
  ['Honors 2026-01-01 to 2026-02-28', '2026-01-01', '2026-03-01', '2026-01-01 至 2026-02-28 荣誉名单'],
])('%s is of its days', (text, from, until, title) => {
  expect(asksForHonours(text)).toBe(true)
  const span = readHonoursSpan(text, today)
  expect(span).toMatchObject({ from, until })
  expect(honoursTitle(span, 'zh-CN')).toBe(title)
})

test('what else is said of honours is no command, and days that there are not are refused', () => {
  for (const text of [
    '荣誉名单里有张三吗',
    '怎么看荣誉名单',
    'honours for whom',
    '表彰名单',
    '2026年表彰名单',
  ])
    expect(asksForHonours(text)).toBe(false)
  for (const days of ['2026-02-30 至 2026-03-01', '2026-03-02 至 2026-03-01'])
    expect(() => readHonoursSpan(`荣誉名单 ${days}`, today)).toThrow('wrong-days')
})

test('the quarters of a year follow one another and fill it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2000, max: 2099 }), (year) => {
      const quarters = [1, 2, 3, 4].map((one) => ofYear(year, one))
      const whole = ofYear(year, null)
      expect(quarters[0]!.from).toBe(whole.from)
      expect(quarters.slice(1).map(({ from }) => from)).toEqual(
        quarters.slice(0, 3).map(({ until }) => until),
      )
      expect(quarters[3]!.until).toBe(whole.until)
    }),
  )
})
