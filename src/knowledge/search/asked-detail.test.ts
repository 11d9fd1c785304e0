import { describe, expect, test } from 'vitest'
import { missingDetails } from './asked-detail.ts'
import { withoutFraming } from './framing.ts'
import { normalise } from './normalise.ts'

const bare = '企业应为科协提供必要的条件，支持其开展活动。'

describe('missingDetails', () => {
  test.each([
    ['amount of money', '企业每年要给科协多少钱？', '奖金为每项 500元。'],
    ['amount of money', '经费多少万？', '每年拨付二十万元。'],
    ['amount of money', 'How much money must be paid?', 'The fee is 500 yuan.'],
    ['share', '按工资总额的百分之几提取？', '按销售收入的 2% 提取。'],
    ['share', '提取比例是多少？', '按千分之五提取。'],
    ['date', '这个意见何时印发？', '自2010年起施行。'],
    ['date', 'When was it issued?', 'Issued in 2010.'],
    ['length of time', '科协主席任期几年？', '主席任期为五年。'],
    ['length of time', '多久开一次会？', '会员代表大会定期召开。'],
    ['document number', '这个文件的文号是什么？', '科协发〔2010〕12号'],
    ['contact', '科协的电话是多少？', '电话：010-68571234567'],
    ['penalty', '不建科协会不会被罚？', '逾期不改的，给予通报批评。'],
    ['procedure or papers', '成立科协要交什么材料？', '应当提交下列材料：'],
    ['age or schooling', '当联络员要什么学历？', '具有大学本科以上学历。'],
  ])('knows that %s is asked by “%s”, and given by “%s”', (name, question, giving) => {
    expect(missingDetails(question, bare)).toContain(name)
    expect(missingDetails(question, giving)).not.toContain(name)
  })

  test('misses nothing that a question does not ask', () => {
    for (const question of ['科协归谁管？', '什么是讲比活动？', 'Who leads the association?', '']) {
      expect(missingDetails(question, bare)).toEqual([])
    }
  })

  test('finds what is given over a line break', () => {
    expect(missingDetails('奖金是多少？', '奖金为每项 5\n00 元')).toEqual([])
  })

  test.each([
    '填什么',
    '多少',
    '电话',
    '1',
    '一',
    '1 ',
    '哪',
    '百分之',
    '(',
    '交什么填哪',
    'how much money ',
    '比例是多少',
  ])('takes a long run of “%s” in its stride', (unit) => {
    const long = unit.repeat(100_000)
    expect(() => missingDetails(long, bare)).not.toThrow()
    expect(() => missingDetails('多少钱？百分之几？何时印发？文号？电话？任期几年？', long)).not.toThrow()
  })
})

describe('withoutFraming', () => {
  test.each([
    ['请问科协的经费由谁承担', '科协的经费由谁承担'],
    ['我想了解一下职称评定是怎么规定的', '职称评定'],
    ['科协有没有规定', '科协'],
    ['what should the company provide', 'company provide'],
    ['how are the science awards given', 'science awards given'],
  ])('%s → %s', (question, matter) => {
    expect(withoutFraming(normalise(question)).replace('我', '').trim()).toBe(matter)
  })

  test('leaves the question where nothing else would be left', () => {
    for (const question of ['怎么办', '是什么意思', 'what is it', '']) {
      expect(withoutFraming(question)).toBe(question)
    }
  })

  test('leaves words whole of which framing is only a part', () => {
    expect(withoutFraming('island theory')).toBe('island theory')
  })

  test.each(['怎么', '有没有规定', '请问 ', 'what is the ', '科', ' ', 'whatwhat'])(
    'takes a long run of “%s” in its stride',
    (unit) => {
      expect(withoutFraming(unit.repeat(50_000)).length).toBeLessThanOrEqual(unit.length * 50_000)
    },
  )
})
