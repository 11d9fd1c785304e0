import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Question, readQuestions, typedQuestions } from './questions.ts'
import { readAdopted } from './read-adopted.ts'

const usual = ['同意', '不同意', '弃权']

test('a line is a question, with the choices behind its bar, the usual ones, or in words', () => {
  expect(readQuestions('是否立项？\n\n先改哪条线？｜一号线/二号线\n有哪些风险？ | 文字', usual)).toEqual([
    { text: '是否立项？', choices: usual },
    { text: '先改哪条线？', choices: ['一号线', '二号线'] },
    { text: '有哪些风险？', choices: [] },
  ])
})

test.each([
  ['\n \n', 'none', {}],
  ['甲？\n｜是/否', 'empty', { line: 2 }],
  [`甲？\n${'长'.repeat(101)}`, 'long', { line: 2, most: 100 }],
  ['甲？｜是/否｜也许', 'bars', { line: 1 }],
  ['甲？\n\n乙？｜是', 'one-choice', { line: 3 }],
  ['甲？｜一/二/三/四/五/六/七/八/九', 'many-choices', { line: 1, most: 8 }],
  ['甲？｜是/是', 'same-choice', { line: 1 }],
  [`甲？｜是/${'否'.repeat(31)}`, 'long-choice', { line: 1, most: 30 }],
  ['甲？\n甲？', 'twice', { text: '甲？' }],
  ['甲\n乙\n丙\n丁\n戊\n己\n庚', 'many', { most: 6 }],
])('a mistake in %j is named', (text, key, values) => {
  expect(() => readQuestions(text, usual)).toThrow(
    expect.objectContaining({ key: `consultations:questions.${key}`, values }),
  )
})

test('questions that are filled in again are read as they were', () => {
  const word = fc.stringMatching(/^[一-龥a-z]{1,20}$/)
  const choices = fc.uniqueArray(word, { minLength: 2, maxLength: 8 })
  const question = fc.record({ text: word, choices: fc.oneof(choices, fc.constant<string[]>([])) })
  const questions = fc.uniqueArray(question, { minLength: 1, maxLength: 6, selector: ({ text }) => text })
  fc.assert(
    fc.property(questions, (asked: Question[]) => {
      expect(readQuestions(typedQuestions(asked, '文字'), usual)).toEqual(asked)
    }),
  )
})

test('opinions are named by their numbers, one by one and from one to another', () => {
  const remarks = ['a', 'b', 'c', 'd'].map((id, at) => ({ id, number: at + 1 }))
  expect(readAdopted('', remarks)).toEqual([])
  expect(readAdopted('４、1-2，2', remarks)).toEqual(['d', 'a', 'b'])
  for (const wrong of ['5', '0', '3-2', '1-9', '一', '1..2']) {
    expect(() => readAdopted(wrong, remarks)).toThrow('consultations:refused.number')
  }
})
