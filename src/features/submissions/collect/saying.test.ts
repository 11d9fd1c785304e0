import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readKind } from '../definition/read-kind.ts'
import { valuesFor } from './read-sentence.ts'
import { amountIn, behindSum, readSaying } from './saying.ts'

const folder = 'knowledge/submissions'
const kinds = readdirSync(folder).map((file) => ({
  ...readKind(readFileSync(`${folder}/${file}`, 'utf8'), file),
  version: 1,
}))

/** The kinds that a text sends in. */
const sayings = (text: string) => kinds.filter(({ opens }) => opens && readSaying(text, opens) !== null)

test.each<[string, string, Record<string, string>]>([
  ['我想推荐张三为典型', 'model-case', { name: '张三' }],
  ['我们车间推荐孙工作为先进典型，带出徒弟十人', 'model-case', { name: '孙工' }],
  ['I want to nominate Sun as a model case', 'model-case', { name: 'Sun' }],
  ['申请经费5000元办讲座', 'support-request', { amount: '5000', title: '办讲座' }],
  ['我想申请经费1.2万元，用于举办焊接讲座', 'support-request', { amount: '12000', title: '举办焊接讲座' }],
  ['I want to apply for 5,000 yuan for a lecture', 'support-request', { amount: '5000' }],
  ['我要加入机械工程学会', 'membership', { society: '机械工程学会' }],
  ['您好，我想申请成为省焊接学会会员', 'membership', { society: '省焊接学会' }],
])('%s begins it', (text, kind, values) => {
  const [only, ...others] = sayings(text)
  expect([only?.kind, others]).toEqual([kind, []])
  expect(valuesFor(only!, text)).toMatchObject(values)
})

test.each([
  ...[
    '怎么加入机械工程学会？',
    '加入学会的条件',
    '典型是怎么评选的',
    '推荐几本铸造方面的书',
    '大家推荐张三为典型',
  ],
  ...[
    '推荐张三为典型的理由',
    '去年推荐李四为典型',
    '申请经费的流程',
    '申请经费需要什么材料',
    '我想加入科技志愿者队伍',
  ],
  ...['我已经加入机械工程学会', 'who can join the Mechanical Engineering Society'],
])('%s begins nothing', (text) => {
  expect(sayings(text)).toEqual([])
})

test('sums are read in 元, and nothing else is a sum', () => {
  expect(['三万元', '两千块', '５,000元', '12.5 yuan', '5000', '元', '零元'].map(amountIn)).toEqual([
    ...['30000', '2000', '5000', '12.5', null, null, null],
  ])
  expect(behindSum('申请5000元，用于办讲座，五月')).toBe('办讲座')
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.constantFrom('元', ' yuan'), (amount, unit) => {
      expect(amountIn(`申请${amount}${unit}办讲座`)).toBe(String(amount))
    }),
    { numRuns: 100 },
  )
})
