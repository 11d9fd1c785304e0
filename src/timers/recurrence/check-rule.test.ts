import { expect, test } from 'vitest'
import { PlainError } from '../../messages/plain-error.ts'
import { libraryTable } from '../calendar/library-tables.ts'
import { defaultCalendar } from '../calendar/work-calendar.ts'
import { checkRule } from './check-rule.ts'
import { describeRule } from './describe-rule.ts'
import { readPastedRrule } from './rrule-parts.ts'
import type { Rule } from './rule.ts'

const now = new Date('2026-11-23T02:00:00Z')
const place = { calendar: defaultCalendar(libraryTable), zone: 'Asia/Shanghai' }
const rrule = (text: string, onDayOff = 'send') => ({
  type: 'rrule',
  rrule: text,
  from: '2026-11-23T09:00',
  onDayOff,
})
const nth = (period: string, n: number, until: string | null = null) => ({
  ...{ type: 'working-day', period, nth: n, time: '09:00', from: '2026-11-23', until },
})
const before = (target: string, days = 5) => ({
  ...{ type: 'before', days, working: true, target, time: '09:00', from: '2026-11-23' },
})

function keyOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof PlainError) return error.key.replace('recurrence:', '')
    throw error
  }
  return 'none'
}

test.each([
  [rrule('FREQ=MONTHLY;BYMONTHDAY=15'), 'none'],
  [rrule('FREQ=HOURLY;INTERVAL=2'), 'none'],
  [rrule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'), 'wrong.never'],
  [rrule('FREQ=SECONDLY'), 'wrong.too-often'],
  [rrule('FREQ=MINUTELY;INTERVAL=90'), 'wrong.too-often'],
  [rrule('FREQ=DAILY;BYMINUTE=0,30'), 'wrong.too-often'],
  [rrule('FREQ=DAILY;BYSECOND=30'), 'wrong.too-often'],
  [rrule('FREQ=DAILY;UNTIL=20261101'), 'wrong.end'],
  [rrule('FREQ=DAILY;UNTIL=20261301'), 'wrong.part'],
  [rrule('FREQ=DAILY;COUNT=3;UNTIL=20271101'), 'wrong.two-ends'],
  [rrule('FREQ=DAILY;INTERVAL=0'), 'wrong.part'],
  [rrule('FREQ=YEARLY;INTERVAL=100'), 'none'],
  [rrule('FREQ=YEARLY;INTERVAL=101'), 'wrong.part'],
  [rrule('FREQ=MONTHLY;INTERVAL=9999'), 'wrong.part'],
  [rrule('FREQ=WEEKLY;BYMONTHDAY=3'), 'wrong.together'],
  [rrule('FREQ=WEEKLY;BYDAY=2MO'), 'wrong.together'],
  [rrule('FREQ=MONTHLY;BYDAY=0MO'), 'wrong.part'],
  [rrule('FREQ=MONTHLY;BYDAY=6MO'), 'wrong.part'],
  [rrule('FREQ=YEARLY;BYMONTH=3;BYDAY=-6MO'), 'wrong.part'],
  [rrule('FREQ=YEARLY;BYDAY=53MO'), 'wrong.part'],
  [rrule('FREQ=YEARLY;BYDAY=-52MO'), 'none'],
  // The library looks for it beyond the days that there are.
  [rrule('FREQ=DAILY;INTERVAL=9999;BYMONTH=2;BYMONTHDAY=29'), 'wrong.never'],
  [rrule('FREQ=HOURLY;BYDAY=SU', 'skip'), 'wrong.never'],
  [rrule('BYDAY=MO'), 'wrong.no-frequency'],
  [rrule('DTSTART=20260101;FREQ=DAILY'), 'wrong.start-inside'],
  [rrule('FREQ=DAILY;BYHOUR=9,15', 'next-working-day'), 'wrong.several-moved'],
  [rrule('FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1', 'skip'), 'wrong.never'],
  [nth('week', 8), 'wrong.nth'],
  [nth('month', 0), 'wrong.nth'],
  [nth('month', 26), 'wrong.never'],
  [nth('month', -1, '2026-10-01'), 'wrong.end'],
  [before('02-30'), 'wrong.day'],
  [before('02-29'), 'none'],
  [before('2026-13-01'), 'wrong.day'],
  [before('12-25', -1), 'wrong.days-before'],
  [{ type: 'once', at: '2026-11-31T09:00' }, 'wrong.day'],
  [{ type: 'once', at: '2026-11-30T24:00' }, 'wrong.day'],
  [{ type: 'never' }, 'wrong.shape'],
])('%j: %s', (rule, key) => {
  expect(keyOf(() => checkRule(rule, place, now))).toBe(key)
})

test('what is over is told, not refused; a zone that there is not is refused', () => {
  expect(checkRule({ type: 'once', at: '2026-11-01T09:00' }, place, now).warning).toBe('recurrence:over')
  expect(keyOf(() => checkRule(nth('month', -1), { ...place, zone: 'Asia/Wuhan' }, now))).toBe('wrong.zone')
})

test('an RRULE is taken as it is pasted', () => {
  const read = (text: string) => readPastedRrule(text, 'Asia/Shanghai')
  expect(read('RRULE:FREQ=WEEKLY;BYDAY=MO')).toEqual({ rrule: 'FREQ=WEEKLY;BYDAY=MO', from: null })
  expect(read('DTSTART:20260101T010000Z\nRRULE:FREQ=DAILY;UNTIL=20261231T160000Z')).toEqual({
    rrule: 'FREQ=DAILY;UNTIL=20270101T000000',
    from: '2026-01-01T09:00',
  })
  expect(keyOf(() => read('DTSTART;TZID=Europe/Paris:20260101T090000\nRRULE:FREQ=DAILY'))).toBe(
    'wrong.other-zone',
  )
  expect(keyOf(() => read('RRULE:FREQ=DAILY\nEXDATE:20260101T090000'))).toBe('wrong.line')
})

test.each([
  [nth('quarter', -1), '每季度最后一个工作日 9:00', 'the last working day of every quarter at 9:00'],
  [
    rrule('FREQ=MONTHLY;BYMONTHDAY=15', 'next-working-day'),
    '每月 15 日 9:00，遇节假日顺延',
    'every month on the 15th at 9:00, moved to the next working day from days off',
  ],
  [
    before('01-31'),
    '每年 1 月 31 日前 5 个工作日 9:00',
    '5 working days before 31 January of every year at 9:00',
  ],
  [rrule('FREQ=WEEKLY;BYDAY=MO,WE,FR'), '每周一、三、五 9:00', 'every Monday, Wednesday, Friday at 9:00'],
  [rrule('FREQ=DAILY', 'skip'), '每个工作日 9:00', 'every working day at 9:00'],
  [
    rrule('FREQ=DAILY;INTERVAL=2', 'skip'),
    '每 2 天 9:00，节假日不发',
    'every 2 days at 9:00, not on days off',
  ],
  [
    rrule('FREQ=MONTHLY;BYDAY=-1FR;COUNT=5'),
    '每月最后一个周五 9:00，共 5 次',
    'every month on the last Friday at 9:00, 5 times in all',
  ],
  [
    rrule('FREQ=YEARLY;BYWEEKNO=5'),
    '按规则 FREQ=YEARLY;BYWEEKNO=5（从 9:00 起算）',
    'by the rule FREQ=YEARLY;BYWEEKNO=5 (counted from 9:00)',
  ],
])('%j in words', (rule, chinese, english) => {
  expect(describeRule(rule as Rule, 'zh-CN')).toBe(chinese)
  expect(describeRule(rule as Rule, 'en')).toBe(english)
})
