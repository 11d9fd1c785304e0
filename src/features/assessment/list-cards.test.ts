import { expect, test } from 'vitest'
import { type OwnSubject, ownState } from './list-cards.ts'

test('what was to be done before today is overdue, and on its day it is not', () => {
  const one = { assessment: { row: { fill_until: '2026-03-10', check_until: '2026-03-20' } } } as OwnSubject
  expect(ownState(one, 'fill', '2026-03-10', 'zh-CN')).toBe('截止 2026-03-10')
  expect(ownState(one, 'fill', '2026-03-11', 'zh-CN')).toBe('已逾期，应于 2026-03-10 前完成')
  expect(ownState(one, 'check', '2026-03-20', 'zh-CN')).toBe('截止 2026-03-20')
  expect(ownState(one, 'check', '2026-03-21', 'en')).toBe('overdue since 2026-03-20')
})
