import { describe, expect, test } from 'vitest'
import type { FormField } from '../definition.ts'
import { readAnswer } from './read-answer.ts'
import { stepWordOf } from './step-words.ts'

const options = [
  { value: '3', label: 'console:role.staff' },
  { value: 'two', label: 'console:role.cadre' },
  { value: 'and', label: 'console:role.leader' },
]
const select: FormField = { name: 'x', type: 'select', label: 'l', options }
const several: FormField = { ...select, type: 'multi-select' }
const box: FormField = { name: 'x', type: 'checkbox', label: 'l' }

describe('an answer in words', () => {
  test.each<[FormField, string, unknown]>([
    [select, '1', '3'],
    [select, ' ２ ', 'two'],
    [select, '“科协干部”。', 'two'],
    [select, 'Cadre', 'two'],
    [select, '(3)', 'and'],
    [select, '4', null],
    [select, '0', null],
    [select, '两个都要', null],
    [several, '1、3', ['3', 'and']],
    [several, '3 1 3', ['and', '3']],
    [several, '科技工作者和领导', ['3', 'and']],
    [several, '1,九', null],
    [several, '2', ['two']],
    [box, '是', 'yes'],
    [box, '同意', 'yes'],
    [box, 'No.', ''],
    [box, '也许', null],
    [{ ...box, type: 'file' }, '在附件里', null],
    [{ ...box, type: 'money' }, '1.2万', '1.2万'],
  ])('%j: %s', (field, text, expected) => {
    const read = readAnswer(field, text)
    if (expected === null) expect(read).toHaveProperty('key')
    else expect(read).toEqual(expected)
  })
})

test.each([
  ['上一步', 'back'],
  ['「跳过」', 'skip'],
  ['保存草稿。', 'save'],
  [' CANCEL ', 'cancel'],
  ['提交', 'submit'],
  ['提交一份提案', null],
  ['constructor', null],
  ['', null],
])('%s as a word is %s', (text, word) => {
  expect(stepWordOf(text)).toBe(word)
})
