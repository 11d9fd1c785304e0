import { expect, test } from 'vitest'
import { readRequest } from './read-request.ts'

const now = new Date('2026-11-23T02:00:00Z')
const read = (text: string) => readRequest(text, now, 'Asia/Shanghai')

test.each([
  ['每月最后一个工作日上午九点提醒一分厂群交联络记录', '一分厂群', '交联络记录', true],
  ['提醒一分厂群每月最后一个工作日上午九点交联络记录', '一分厂群', '交联络记录', true],
  ['提醒我明天下午3点开会', '我', '开会', true],
  ['周报要交了，每周五下午四点提醒我', '我', '周报要交了', true],
  ['请在12月25日前5个工作日提醒各分会联络员报送年度总结', '各分会联络员', '报送年度总结', true],
  ['每月15号提醒本群更新台账，遇节假日顺延', '本群', '更新台账', true],
  ['每季度末提醒一分公司干部：上报联络点走访情况', '一分公司干部', '上报联络点走访情况', true],
  ['每天早上8点提醒张三打卡', '张三', '打卡', false],
  ['麻烦你每周一上午10点提醒我和李四开例会', '我和李四', '开例会', false],
  ['明天下午3点提醒张三、陈晨和李梅交表', '张三、陈晨和李梅', '交表', false],
  ['明天下午3点提醒李和平与各单位联络员交表', '李和平与各单位联络员', '交表', true],
  ['明天下午3点提醒水电和煤气缴费', '', '水电和煤气缴费', false],
  ['帮我设个提醒：每月10号交党费', '', '交党费', true],
  ['帮我设个提醒，每周五提醒张三交周报', '张三', '交周报', false],
  // The time may be of the meeting: nobody knows when it is to be said.
  ['明天提醒我下午3点开会', '我', '下午3点开会', false],
  ['请提醒我12月25日前交总结', '我', '12月25日前交总结', false],
  ['remind me to call Li tomorrow at 3pm', 'me', 'call Li', true],
  [
    'Every Monday at 9 remind the branch group to hold the meeting',
    'the branch group',
    'hold the meeting',
    true,
  ],
])('%s', (text, whom, what, sure) => {
  expect(read(text)).toMatchObject({ whom, what, sure })
})

test('asked without a time it is told what is missing', () => {
  for (const text of ['提醒我交周报', 'remind me to call Li']) {
    expect(read(text)).toEqual({ problem: 'recurrence:sentence.no-time', values: {} })
  }
})

test.each([
  ['每年春节前三天提醒我慰问', 'moving'],
  ['提醒我每年春节前三天慰问', 'moving'],
  ['提醒我每年的中秋节前慰问', 'moving'],
  ['提醒我春节前每周一检查', 'moving'],
  ['每月中秋前提醒我慰问', 'moving'],
  ['每天25点提醒我喝水', 'no-such-time'],
  ['提醒我每天25点喝水', 'no-such-time'],
  ['提醒我明天25:00开会', 'no-such-time'],
  ['提醒我明天九点七十分开会', 'no-such-time'],
  ['提醒我2月30日交表', 'no-such-time'],
  ['2月30日提醒我交表', 'unclear'],
  ['9999年1月1日提醒我交表', 'unclear'],
  ['每10000年3月3日九点提醒我喝水', 'unclear'],
  ['每周八提醒我交表', 'no-such-time'],
  ['每0天提醒我喝水', 'unclear'],
  ['提醒我每0天喝水', 'no-such-time'],
])('%s is asked back, nothing else is made of it', (text, problem) => {
  expect(read(text)).toMatchObject({ problem: `recurrence:sentence.${problem}` })
})

test.each([
  ['提醒大家每周一检查春节期间值班', '检查春节期间值班'],
  ['提醒我12月20日春节慰问', '春节慰问'],
  ['提醒我明天交春节前慰问方案', '交春节前慰问方案'],
  ['明天上午9点提醒我汇报三点意见', '汇报三点意见'],
  ['提醒我每周一交2份报表', '交2份报表'],
])('%s: a festival or a figure may belong to what is to be done', (text, what) => {
  expect(read(text)).toMatchObject({ what })
})

test.each(['怎么设置提醒？', '提醒列表', '我建议每天下班前提醒大家关机', '叫我小李', '催一下审核结果'])(
  '%s asks for no reminder',
  (text) => {
    expect(read(text)).toBeNull()
  },
)
