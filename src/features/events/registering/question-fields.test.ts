import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkField } from '../../../forms/fields/field-schema.ts'
import { translate } from '../../../messages/translate.ts'
import type { OwnQuestion } from '../records.ts'
import { answersOf, questionFields, typedAnswers, verbatim } from './question-fields.ts'

const nobody = { id: '', name: '', path: '' }
const lookup = { today: '2026-03-02', person: async () => nobody, organisation: async () => nobody }

const questions: OwnQuestion[] = [
  { name: 'paper', label: '论文题目', type: 'text', required: true, options: [] },
  { name: 'form', label: '报告形式', type: 'select', required: true, options: ['口头报告', '张贴'] },
  { name: 'days', label: '参加哪几天', type: 'multi-select', required: false, options: ['第一天', '第二天'] },
  { name: 'hotel', label: '需要住宿', type: 'checkbox', required: false, options: [] },
  { name: 'people', label: '随行人数', type: 'number', required: false, options: [] },
]

async function valuesOf(typed: Record<string, string | string[]>) {
  const values: Record<string, unknown> = {}
  for (const field of questionFields(questions)) {
    const checked = await checkField(field, typed[field.name], lookup)
    if ('problem' in checked) throw new Error(`${field.name}: ${checked.problem.key}`)
    if (checked.value !== undefined) values[field.name] = checked.value
  }
  return values
}

test('answers are kept by name, choices in their words', async () => {
  const values = await valuesOf({
    'own-paper': '焊接',
    'own-form': '2',
    'own-days': ['2', '1'],
    'own-hotel': 'yes',
    'own-people': '3',
  })
  expect(answersOf(questions, values)).toEqual({
    ...{ paper: '焊接', form: '张贴', days: ['第一天', '第二天'], hotel: true, people: 3 },
  })
})

test('a choice that is none is refused', async () => {
  await expect(valuesOf({ 'own-paper': '焊接', 'own-form': '3' })).rejects.toThrow('option')
})

test('what was answered last time comes to the same answers again', async () => {
  const choice = fc.constantFrom(...['1', '2'])
  const typed = fc.record({
    'own-paper': fc.constantFrom('焊接', '{{name}}', 'a b'),
    'own-form': choice,
    'own-days': fc.uniqueArray(choice),
    'own-hotel': fc.constantFrom('yes', ''),
    'own-people': fc.constantFrom('0', '7', ''),
  })
  await fc.assert(
    fc.asyncProperty(typed, async (given) => {
      const answers = answersOf(questions, await valuesOf(given))
      const again = await valuesOf(typedAnswers(questions, answers))
      expect(answersOf(questions, again)).toEqual({ hotel: false, ...answers })
    }),
    { numRuns: 50 },
  )
})

test('an option that is offered no more is not filled in', () => {
  expect(typedAnswers(questions, { form: '线上', days: ['第三天'], paper: { a: 1 } })).toEqual({})
})

test('nothing is filled into what people wrote', () => {
  expect(translate('zh-CN', verbatim('{{number}} 的题目'), { number: 'X' })).toBe('{ {number}} 的题目')
})
