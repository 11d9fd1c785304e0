import { expect, test } from 'vitest'
import { readAsked } from './period.ts'

const today = '2026-11-23'

test.each([
  ['工作总结', '2026-01-01', '2027-01-01', false, ''],
  ['年度工作总结 2025年', '2025-01-01', '2026-01-01', false, ''],
  ['2025年度工作总结', '2025-01-01', '2026-01-01', false, ''],
  ['去年的工作总结', '2025-01-01', '2026-01-01', false, ''],
  ['季度小结', '2026-07-01', '2026-10-01', false, ''],
  ['季度小结 2026年三季度 一分公司', '2026-07-01', '2026-10-01', false, '一分公司'],
  ['季度小结文档 2026年4季度 华北重工/一分公司', '2026-10-01', '2027-01-01', true, '华北重工/一分公司'],
  ['三季度工作总结', '2026-07-01', '2026-10-01', false, ''],
  ['本季度小结', '2026-10-01', '2027-01-01', false, ''],
  ['annual summary document 2026 Branch', '2026-01-01', '2027-01-01', true, 'branch'],
  ['quarter review 2026 Q1', '2026-01-01', '2026-04-01', false, ''],
])('%s', (text, from, until, document, rest) => {
  expect(readAsked(text, today)).toMatchObject({ period: { from, until }, document, rest })
})

test.each(['小结', '请问怎么写总结', '会议小结发一下', 'summary'])('%s asks for none', (text) => {
  expect(readAsked(text, today)).toBeNull()
})

test('in January the year before is meant', () => {
  expect(readAsked('工作总结', '2027-01-10')?.period.year).toBe(2026)
  expect(readAsked('季度小结', '2027-01-10')?.period).toMatchObject({ year: 2026, quarter: 4 })
})
