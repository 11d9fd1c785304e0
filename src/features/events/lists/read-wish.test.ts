import { expect, test } from 'vitest'
import { openEventKinds } from '../making/kinds.ts'
import { readWish, spanOf } from './read-wish.ts'

/** Monday, nine in the morning in China. */
const now = new Date('2026-03-02T01:00:00Z')
const kinds = await openEventKinds({
  folder: 'knowledge/events',
  refused: (file, reason) => {
    throw new Error(`${file}: ${reason}`)
  },
})

test.each([
  ['近期活动', { kinds: [], text: '' }],
  ['有什么活动？', { kinds: [], text: '' }],
  ['最近有哪些培训', { kinds: ['training'], text: '' }],
  ['近期培训', { kinds: ['training'], text: '' }],
  ['关于机器人的活动', { kinds: [], text: '机器人' }],
  ['下周关于焊接的讲座', { kinds: ['lecture'], text: '焊接' }],
  ['活动 机器人', { kinds: [], text: '机器人' }],
  ['三月的论坛', { kinds: ['forum'], from: new Date('2026-02-28T16:00:00Z') }],
  ['十二月份有哪些培训', { kinds: ['training'], from: new Date('2026-11-30T16:00:00Z') }],
  ['1月的活动', { kinds: [], from: new Date('2026-12-31T16:00:00Z') }],
  ['Events about robots', { kinds: [], text: 'robots' }],
  ['upcoming events', { kinds: [], text: '' }],
])('%s', (said, wish) => {
  expect(readWish(said, kinds, now)).toMatchObject(wish)
})

test.each([
  '培训',
  '讲座',
  '培训经费怎么列支',
  '五小活动怎么开展',
  '科普活动经费在哪里列支',
  '建议征集活动',
  '关于加强培训的通知',
  '休假期间能参加活动吗',
  '有关部门',
])('%s asks for something else', (said) => {
  expect(readWish(said, kinds, now)).toBeNull()
})

test.each([
  ['今天', '2026-03-02', '2026-03-03'],
  ['本周', '2026-03-02', '2026-03-09'],
  ['下周', '2026-03-09', '2026-03-16'],
  ['下周三', '2026-03-11', '2026-03-12'],
  ['这周五', '2026-03-06', '2026-03-07'],
  ['周末', '2026-03-07', '2026-03-09'],
  ['下个月', '2026-04-01', '2026-05-01'],
  ['next month', '2026-04-01', '2026-05-01'],
])('%s is from %s until %s', (time, from, until) => {
  const day = (text: string) => new Date(`${text}T00:00:00+08:00`)
  expect(spanOf(time, now)).toEqual({ from: day(from), until: day(until) })
})

test('a weekday that was is the next one', () => {
  const saturday = new Date('2026-03-07T01:00:00Z')
  expect(spanOf('周五', saturday).from).toEqual(new Date('2026-03-13T00:00:00+08:00'))
  expect(spanOf('这周五', saturday).from).toEqual(new Date('2026-03-06T00:00:00+08:00'))
})
