import { expect, test } from 'vitest'
import { readCourse, readMoved } from './course-words.ts'

const n = 'TX-2026-0001'

test.each([
  ['暂停 TX-2026-0001', 'pause', n, '', ''],
  ['把tx-2026-0001暂停', 'pause', n, '', ''],
  ['恢复TX-2026-0001', 'resume', n, '', ''],
  ['跳过一次 TX-2026-0001', 'skip', n, '', ''],
  ['TX-2026-0001 下一次不发', 'skip', n, '', ''],
  ['结束提醒TX-2026-0001。', 'end', n, '', ''],
  ['取消 ＴＸ－２０２６－０００１', 'end', n, '', ''],
  ['TX-2026-0001 改到明天下午三点', 'move', n, '', '明天下午三点'],
  ['移动 TX-2026-0001 到 12月3日', 'move', n, '', '12月3日'],
  ['改期 TX-2026-0001', 'move', n, '', ''],
  ['暂停交月报的提醒', 'pause', null, '交月报', ''],
  ['跳过一次“交月报”提醒', 'skip', null, '交月报', ''],
  ['把交月报的提醒改到下周一', 'move', null, '交月报', '下周一'],
  ['把周例会提醒结束掉', 'end', null, '周例会', ''],
  ['pause TX-2026-0001', 'pause', n, '', ''],
  ['please end reminder tx-2026-0001', 'end', n, '', ''],
  ['move TX-2026-0001 to tomorrow at 3pm', 'move', n, '', 'tomorrow at 3pm'],
])('%s', (text, course, number, title, to) => {
  expect(readCourse(text)).toEqual({ course, number, title, to })
})

test.each([
  '取消报名',
  '结束会议',
  '暂停',
  '每天早上8点提醒我结束值班',
  '提醒我明天取消会议室',
  '跳过这个问题',
  '取消全部提醒',
  '结束所有提醒',
  `暂停${'很长'.repeat(2_000)}提醒`,
])('%s says nothing of one reminder', (text) => {
  expect(readCourse(text)).toBeNull()
})

test.each([
  ['明天下午三点', '2026-11-24T15:00'],
  ['12月3日', '2026-12-03T09:30'],
  ['下午三点', '2026-11-30T15:00'],
  ['每周一', null],
  ['随便哪天', null],
  ['12月3日前后', null],
])('moved to %s', (said, to) => {
  expect(readMoved(said, '2026-11-30T09:30', new Date('2026-11-23T02:00:00Z'), 'Asia/Shanghai')).toBe(to)
})
