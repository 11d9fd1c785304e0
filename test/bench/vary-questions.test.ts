import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AskedQuestion, varyQuestions } from '../../bench/vary-questions.ts'

const plain: AskedQuestion[] = [
  { question: '企业不到一百人，怎么成立科协，要谁批准？', history: [] },
  { question: 'Who pays for it, and how much?', history: ['What is a science association?'] },
]

test('the given questions come first, as they are, and the rest is made of them in turn', () => {
  const varied = varyQuestions(plain, 41)
  expect(varied).toHaveLength(41)
  expect(varied.slice(0, 2)).toEqual(plain)
  expect(varied.map(({ history }) => history)).toEqual(varied.map((_, i) => plain[i % 2]!.history))
  const changed = varied.slice(2).filter(({ question }, i) => question !== plain[i % 2]!.question)
  expect(changed.length).toBeGreaterThan(35)
})

test('a seed gives the same questions again, another one others', () => {
  expect(varyQuestions(plain, 60, 7)).toEqual(varyQuestions(plain, 60, 7))
  expect(varyQuestions(plain, 60, 7)).not.toEqual(varyQuestions(plain, 60, 8))
})

test('every kind of change occurs', () => {
  const varied = varyQuestions([plain[0]!], 400).map(({ question }) => question)
  const original = plain[0]!.question
  const lengths = new Set(varied.map(({ length }) => length - original.length))
  expect(lengths).toContain(-1)
  expect(lengths).toContain(1)
  const sameLength = varied.filter((question) => question.length === original.length && question !== original)
  expect(sameLength.some((question) => differing(question, original) === 1)).toBe(true)
  expect(varied).toContain('要谁批准，企业不到一百人，怎么成立科协？')
  expect(varied).toContain(`请问${original}`)
})

test('whatever is asked, nothing becomes empty and nothing throws', () => {
  const text = fc.string({ unit: 'binary', minLength: 1 })
  fc.assert(
    fc.property(text, fc.integer({ min: 0, max: 1000 }), (question, seed) => {
      for (const varied of varyQuestions([{ question, history: [] }], 8, seed)) {
        expect(varied.question).not.toBe('')
      }
    }),
    { numRuns: 50 },
  )
})

function differing(one: string, other: string): number {
  return [...one].filter((char, i) => char !== other[i]).length
}
