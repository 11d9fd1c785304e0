import { expect, test } from 'vitest'
import { eventNumberIn, numberPattern } from './event-number.ts'

test.each([
  ['HD-2026-0003', 'HD-2026-0003'],
  ['报名 hd-2026-3', 'HD-2026-0003'],
  ['签到 ＨＤ－2026－0003 张三', 'HD-2026-0003'],
  ['hd2026 12345', 'HD-2026-12345'],
  ['HD—2026—00012', 'HD-2026-0012'],
  ['HD-2026-1234567890', null],
  ['机器人讲座', null],
])('%s', (text, number) => {
  expect(eventNumberIn(text)).toBe(number)
})

test('a command finds what the number is read from', () => {
  const command = new RegExp(`^在本群发布[\\s:：]*${numberPattern}$`)
  expect(
    ['在本群发布 hd-2026-0003', '在本群发布hd2026 3', '在本群发布'].map((said) => command.test(said)),
  ).toEqual([true, true, false])
})
