import { expect, test } from 'vitest'
import { adviceNotes } from './advice.ts'

const kind = {
  advice: [{ field: 'since', months: 3, text: { 'zh-CN': '不满三个月', en: 'short' } }],
}
const told = (since: unknown, today: string) =>
  adviceNotes({ values: { since }, now: new Date(`${today}T04:00:00Z`), language: 'zh-CN' }, kind)

test('is told until the months are over, to the day', () => {
  expect(told('2026-01-15', '2026-04-14')).toEqual(['不满三个月'])
  expect(told('2026-01-15', '2026-04-15')).toEqual([])
  expect(told('2025-11-30', '2026-02-27')).toEqual(['不满三个月'])
  expect(told('2025-11-30', '2026-02-28')).toEqual([])
})

test('nothing is told where nothing was filled in', () => {
  expect(told(undefined, '2026-04-14')).toEqual([])
})
