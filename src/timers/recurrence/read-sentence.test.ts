import { expect, test } from 'vitest'
import { readSentence } from './read-sentence.ts'

const zone = 'Asia/Shanghai'
/** A Monday, ten o'clock. */
const now = new Date('2026-11-23T02:00:00Z')

/** What is kept of a rule, in one line: `month -1 09:00`, `FREQ=DAILY 09:00 skip`, `5 working days before 12-25 09:00`. */
function shown(sentence: string): string {
  const said = readSentence(sentence, now, zone)
  if (said === null) return 'nothing'
  if ('problem' in said) return said.problem
  const { rule, sure } = said
  const guess = sure ? '' : ' ?'
  if (rule.type === 'once') return `${rule.at}${guess}`
  if (rule.type === 'working-day') {
    const span = rule.until === null ? '' : ` ${rule.from} to ${rule.until}`
    return `${rule.period} ${rule.nth} ${rule.time}${span}${guess}`
  }
  if (rule.type === 'before') {
    return `${rule.days}${rule.working ? ' working' : ''} before ${rule.target} ${rule.time}${guess}`
  }
  const start = rule.from.startsWith('2026-11-23') ? '' : ` from ${rule.from.slice(0, 10)}`
  return `${rule.rrule} ${rule.from.slice(11)} ${rule.onDayOff}${start}${guess}`
}

test.each([
  ['每月最后一个工作日上午九点', 'month -1 09:00'],
  ['每月最后1个工作日 9:00', 'month -1 09:00'],
  ['每个月倒数第二个工作日下午3点', 'month -2 15:00'],
  ['每 月 第 2 个 工作日 9 点 半', 'month 2 09:30'],
  ['每季度末', 'quarter -1 09:00'],
  ['每季度最后一个工作日9:00', 'quarter -1 09:00'],
  ['每季度末最后一个工作日前5个工作日', 'quarter -6 09:00'],
  ['季度初第一个工作日', 'quarter 1 09:00 ?'],
  ['每半年', 'half-year -1 09:00 ?'],
  ['每年年底', 'year -1 09:00 ?'],
  ['每周第一个工作日早上八点', 'week 1 08:00'],
  ['每月初', 'month 1 09:00'],
  ['每月底前3个工作日', 'month -4 09:00 ?'],
  ['本月最后一个工作日', 'month -1 09:00 2026-11-01 to 2026-11-30'],
  ['下个月第三个工作日10点', 'month 3 10:00 2026-12-01 to 2026-12-31'],
  ['每月15号', 'FREQ=MONTHLY;BYMONTHDAY=15 09:00 next-working-day'],
  ['每月十五日下午两点', 'FREQ=MONTHLY;BYMONTHDAY=15 14:00 next-working-day'],
  ['每月1号和15号上午10点，遇节假日提前', 'FREQ=MONTHLY;BYMONTHDAY=1,15 10:00 previous-working-day'],
  ['每月10日前', 'FREQ=MONTHLY;BYMONTHDAY=10 09:00 previous-working-day ?'],
  ['每月15日前3天', 'FREQ=MONTHLY;BYMONTHDAY=12 09:00 previous-working-day'],
  ['每月15日前5个工作日', 'FREQ=MONTHLY;BYMONTHDAY=15 09:00 previous-working-day ?'],
  ['每月最后一天', 'FREQ=MONTHLY;BYMONTHDAY=-1 09:00 previous-working-day'],
  ['每月第二个周五', 'FREQ=MONTHLY;BYDAY=2FR 09:00 next-working-day'],
  ['每3个月10号', 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10 09:00 next-working-day from 2026-12-10'],
  ['每季度第一个月10号', 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10 09:00 next-working-day'],
  ['每周一三五早上8点半', 'FREQ=WEEKLY;BYDAY=MO,WE,FR 08:30 skip'],
  ['每周一、周三、周五8:30', 'FREQ=WEEKLY;BYDAY=MO,WE,FR 08:30 skip'],
  ['每周一至周五8:30', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR 08:30 skip'],
  ['每周五下午四点', 'FREQ=WEEKLY;BYDAY=FR 16:00 next-working-day'],
  ['每星期二上午九点一刻', 'FREQ=WEEKLY;BYDAY=TU 09:15 next-working-day'],
  ['每周二十点', 'FREQ=WEEKLY;BYDAY=TU 10:00 next-working-day'],
  ['每周三3点', 'FREQ=WEEKLY;BYDAY=WE 15:00 next-working-day ?'],
  ['每周末上午10点', 'FREQ=WEEKLY;BYDAY=SA,SU 10:00 send'],
  ['每两周周一', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO 09:00 next-working-day from 2026-11-30'],
  ['隔周周三下午2点', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE 14:00 next-working-day from 2026-11-25'],
  ['每周五下午4点，到12月31日为止', 'FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231 16:00 next-working-day'],
  ['每天', 'FREQ=DAILY 09:00 send'],
  ['每天上午9点和下午3点', 'FREQ=DAILY;BYHOUR=9,15 09:00 send'],
  ['每日中午，节假日除外', 'FREQ=DAILY 12:00 skip'],
  ['每个工作日', 'FREQ=DAILY 09:00 skip'],
  ['工作日每天17：30', 'FREQ=DAILY 17:30 skip'],
  ['从下周一开始每天9点，共5次', 'FREQ=DAILY;COUNT=5 09:00 send from 2026-11-30'],
  ['每隔一天', 'FREQ=DAILY;INTERVAL=2 09:00 send from 2026-11-24'],
  ['每分钟', 'FREQ=MINUTELY 09:00 send'],
  ['每年1月10日', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10 09:00 next-working-day'],
  ['每年3月、6月、9月、12月15日', 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15 09:00 next-working-day'],
  ['每年6月底', 'FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1 09:00 previous-working-day'],
  ['12月25日前5个工作日', '5 working before 2026-12-25 09:00'],
  ['每年12月25日前五个工作日上午10点', '5 working before 12-25 10:00'],
  ['12月25日提前3天', '3 before 2026-12-25 09:00'],
  ['国庆节前3个工作日', '3 working before 2027-10-01 09:00'],
  ['春节前', 'recurrence:sentence.moving'],
  ['下周一上午10点', '2026-11-30T10:00'],
  ['明天下午3点', '2026-11-24T15:00'],
  ['明早9点', '2026-11-24T09:00'],
  ['今晚8点', '2026-11-23T20:00'],
  ['三天后', '2026-11-26T09:00'],
  ['两周后', '2026-12-07T09:00'],
  ['半小时后', '2026-11-23T10:30'],
  ['月底', '2026-11-30T09:00'],
  ['十二月二十五日上午十点', '2026-12-25T10:00'],
  ['2026-12-01 14:00', '2026-12-01T14:00'],
  ['周一上午9点', '2026-11-30T09:00'],
  ['下午3点', '2026-11-23T15:00'],
  ['上午9点', '2026-11-24T09:00'],
  ['every last working day of the month at 9am', 'month -1 09:00'],
  ['the 2nd working day of every quarter at 10:00', 'quarter 2 10:00'],
  ['every Monday at 9', 'FREQ=WEEKLY;BYDAY=MO 09:00 next-working-day'],
  ['every Tuesday and Thursday at 4pm', 'FREQ=WEEKLY;BYDAY=TU,TH 16:00 skip'],
  ['every other Monday at 9', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO 09:00 next-working-day from 2026-11-30'],
  ['every weekday at 17:30', 'FREQ=DAILY 17:30 skip'],
  ['on the 15th of every month at 10:00', 'FREQ=MONTHLY;BYMONTHDAY=15 10:00 next-working-day'],
  ['the third Friday of every month at 2pm', 'FREQ=MONTHLY;BYDAY=3FR 14:00 next-working-day'],
  ['every January 10', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10 09:00 next-working-day'],
  ['tomorrow at 3pm', '2026-11-24T15:00'],
  ['next Monday at 10am', '2026-11-30T10:00'],
  ['in 3 days at noon', '2026-11-26T12:00'],
  ['5 working days before 25 December', '5 working before 2026-12-25 09:00'],
  ['RRULE:FREQ=MONTHLY;BYMONTHDAY=15 9:00', 'FREQ=MONTHLY;BYMONTHDAY=15 09:00 send'],
  ['FREQ=MONTHLY;BYMONTHDAY=42', 'recurrence:wrong.part'],
  ['交周报', 'nothing'],
  ['提一点建议', 'nothing'],
])('%s', (sentence, rule) => {
  expect(shown(sentence)).toBe(rule)
})

test('the stretches are those of the sentence as it was typed', () => {
  const typed = '请 每 周 五 下午４点 交周报'
  const said = readSentence(typed, now, zone)
  if (!said || 'problem' in said) throw new Error('unread')
  expect(said.spans.map(([from, to]) => typed.slice(from, to))).toEqual(['每 周 五 下午４点'])
})
