import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readKind } from '../definition/read-kind.ts'
import type { Kind } from '../definition/schema.ts'
import { readSentence } from './read-sentence.ts'

const folder = 'knowledge/submissions'
const kinds = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file): Kind => ({ ...readKind(readFileSync(`${folder}/${file}`, 'utf8'), file), version: 1 }))
const read = (text: string) => {
  const found = readSentence(text, kinds)
  return found && { kind: found.kind.kind, content: found.content }
}

describe('what is wanted, wherever it is said', () => {
  test.each([
    ['rights-case', '公司拖了我三个月的加班费，我要维权', '公司拖了我三个月的加班费'],
    ['rights-case', '我要维权，公司拖了我三个月的加班费', '公司拖了我三个月的加班费'],
    ['result', '成果登记：智能巡检机器人，第二代样机', '智能巡检机器人，第二代样机'],
    ['opinion', '厂区路灯坏了十几盏，请尽快修', '厂区路灯坏了十几盏'],
    ['technical-problem', '请帮忙发布技术难题 低温下液压油启动困难', '低温下液压油启动困难'],
  ])('%s: %s', (kind, text, content) => expect(read(text)).toEqual({ kind, content }))

  test('a clause that says a matter itself is kept', () => {
    const text = '我想把我们组做的无损检测仪成果登记一下，还差一份鉴定材料'
    expect(read(text)).toEqual({ kind: 'result', content: text })
  })

  test('what was mistyped is understood and stays as it was typed', () => {
    expect(read('建意把建意箱挪到门口来')).toEqual({ kind: 'proposal', content: '把建意箱挪到门口来' })
  })

  test.each([
    '公司拖欠加班费，科协能帮忙维权吗',
    '公司拖欠加班费，我想了解一下怎么维权',
    '加班费的事有人帮忙了，我不想维权',
    '领导要我们登记成果，材料下周交',
    '我没意见，就按你们说的办',
    '我对这个方案没有意见，可以发了',
    '有没有人提过换热器的建议',
    '帮我写一份关于节能的合理化建议',
    '好的我再想想，想好了再提建议',
  ])('%s opens nothing', (text) => expect(read(text)).toBeNull())
})

test('the search’s own questions stay questions', () => {
  const texts = ['blind', 'development', 'tuning'].flatMap((name) =>
    readFileSync(`test/data/questions-${name}.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { question: string }).question),
  )
  expect(texts.length).toBeGreaterThan(100)
  expect(texts.filter((text) => read(text) !== null)).toEqual([])
})

test('nothing is said in other words, whatever is typed', () => {
  const piece = fc.constantFrom(
    '我要',
    '维权',
    '建意',
    '，',
    '成果',
    '登记',
    '反应一下',
    '想',
    '车间',
    '。',
    'x',
    '😀',
    '\n',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 14 }), (pieces) => {
      const text = pieces.join('')
      expect(text).toContain(read(text)?.content ?? '')
    }),
  )
})

test.each(['我想登记成果', '想要请求', '，，', '维护的权益', '了我', '要求', '有对我'])(
  '100,000 characters of %s are read without trying every way to read them',
  (unit) => expect(read(`x${unit.repeat(100_000 / unit.length)}`)).toBeNull(),
  5_000,
)
