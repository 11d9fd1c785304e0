import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readKnowledgeFiles } from './knowledge-files.ts'
import { LearnedHints } from './learned-hints.ts'
import { likeness, sameQuestion, shapeOf } from './question-likeness.ts'

const alike = (one: string, other: string) => likeness(shapeOf(one), shapeOf(other))

test.each([
  ['科协的经费由谁出？', '科协的经费由谁出'],
  ['科協的經費由誰出', '科协的经费由谁出'],
  ['你好，请问科协的经费由谁出呢', '科协的经费由谁出'],
  ['科协的经废由谁出', '科协的经费由谁出'],
  ['科协的经费费由谁出', '科协的经费由谁出'],
  ['科协的经由谁出', '科协的经费由谁出'],
  ['我们是挣钱的单位，办科协图什么', '办科协图什么，我们是挣钱的单位'],
  ['Who pays for the association?', 'who pays for the association'],
])('“%s” is the same question as “%s”', (one, other) => {
  expect(alike(one, other)).toBeGreaterThanOrEqual(sameQuestion)
})

test.each([
  ['科协的经费由谁出', '科协的经费由谁管'],
  ['80人的企业要建科协吗', '90人的企业要建科协吗'],
  ['三家企业可以联合建科协吗', '四家企业可以联合建科协吗'],
  ['企业科协应当设专职干部吗', '企业科协不应当设专职干部吗'],
  ['上级单位对下级单位的科协怎样考核', '下级单位对上级单位的科协怎样考核'],
  ['企业科协主席由谁担任', '企业科协秘书长由谁担任'],
  ['can the union advise the association', 'can the association advise the union'],
  ['is it allowed to found one', 'is it not allowed to found one'],
])('“%s” is another question than “%s”', (one, other) => {
  expect(alike(one, other)).toBeLessThan(sameQuestion)
})

test('is the same both ways, and 1 only for the same question', () => {
  const text = fc.string({ unit: fc.constantFrom(...'科协企业经费由谁出80不，？ ab') })
  fc.assert(
    fc.property(text, text, (one, other) => {
      const found = alike(one, other)
      expect(alike(other, one)).toBe(found)
      expect(found === 1).toBe(shapeOf(one).exact === shapeOf(other).exact)
    }),
  )
})

test('of thousands of authored questions, those taken for the same belong to the same clause', () => {
  const { hints, unanswered } = readKnowledgeFiles('knowledge')
  const all = [
    ...hints.flatMap(({ key, questions }) => questions.map((question) => ({ key, question }))),
    ...unanswered.flatMap(({ questions }) => questions.map((question) => ({ key: 'not settled', question }))),
  ]
  const learned = new LearnedHints(
    all.map(({ key, question }, number) => ({
      ...{ id: String(number), document: 'guideline', source: 'cadre', at: '' },
      ...{ key, question },
    })),
  )
  let near = 0
  const wrong = all.flatMap(({ key, question }, number) => {
    const found = learned.nearest(question, (other) => other !== number)
    if (found === null) return []
    near++
    return all[found]!.key === key ? [] : [`${question} → ${all[found]!.question}`]
  })
  expect(near).toBeGreaterThan(10)
  expect(wrong).toEqual([])
})
