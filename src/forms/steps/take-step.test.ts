import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FormDefinition, FormField } from '../definition.ts'
import { evaluate } from '../evaluate.ts'
import type { Lookup } from '../fields/lookup.ts'
import { storable } from '../fields/typed.ts'
import { type Asking, beginSteps, type StepForm, type StepInput, takeStep } from './take-step.ts'

const lookup: Lookup = {
  today: '2026-03-02',
  person: async (typed) =>
    typed === '王芳'
      ? { id: 'p1', name: typed }
      : { key: 'forms:problem.person-unknown', values: { name: typed } },
  organisation: async (typed) => ({ key: 'forms:problem.organisation-unknown', values: { name: typed } }),
}

function formOf(...pages: FormDefinition['pages']): StepForm {
  const definition: FormDefinition = {
    ...{ name: 'a.b', version: 1, title: 'web:title', pages },
    submit: () => Promise.reject(new Error('not here')),
  }
  return { definition, context: {}, lookup }
}

const text = (name: string, required = false): FormField => ({
  name,
  type: 'text',
  label: 'web:title',
  required,
})
const at = (field: string): Asking => ({ at: 'field', field })
const say = (said: string): StepInput => ({ type: 'text', text: said })
const file = (name: string) => ({ name, type: '', size: 1, blob: name })

describe('a step', () => {
  const three = formOf({ name: 'p', intro: [], fields: [text('a', true), text('b'), text('c', true)] })

  test.each<[string, Record<string, string>, Asking, StepInput, unknown]>([
    ['goes on', {}, at('a'), say('一'), { asking: at('b'), values: { a: '一' } }],
    [
      'skips what may be left empty',
      { a: '一' },
      at('b'),
      say('跳过'),
      { asking: at('c'), values: { b: '' } },
    ],
    [
      'does not skip what must be there',
      {},
      at('a'),
      say('跳过'),
      { asking: at('a'), remark: { key: 'forms:step.required' } },
    ],
    ['keeps what is there', { a: '一' }, at('a'), say('跳过'), { asking: at('b'), values: { a: '一' } }],
    ['goes back', { a: '一' }, at('b'), say('上一步'), { asking: at('a') }],
    ['cannot go back from the first', {}, at('a'), say('上一步'), { remark: { key: 'forms:step.first' } }],
    [
      'asks again what was wrong',
      {},
      at('a'),
      say('字'.repeat(201)),
      { asking: at('a'), values: {}, remark: { key: 'forms:problem.too-long' } },
    ],
    ['clears', { a: '一', b: '二' }, at('b'), say('清空'), { asking: at('c'), values: { b: '' } }],
    [
      'does not clear what must be there',
      { a: '一' },
      at('a'),
      say('清空'),
      { asking: at('a'), values: { a: '一' } },
    ],
    ['ends at the summary', { a: '一', b: '' }, at('c'), say('三'), { asking: { at: 'summary' } }],
    ['sends in', { a: '一', b: '', c: '三' }, { at: 'summary' }, say('提交'), { outcome: 'submit' }],
    [
      'does not send in what is not whole',
      { a: '一', b: '' },
      { at: 'summary' },
      say('提交'),
      { outcome: 'ask', asking: at('c'), remark: { key: 'forms:step.not-yet' } },
    ],
    [
      'asks what to change',
      { a: '一', b: '', c: '三' },
      { at: 'summary' },
      say('修改'),
      { asking: { at: 'change' } },
    ],
    ['changes by number', { a: '一', b: '', c: '三' }, { at: 'change' }, say('3'), { asking: at('c') }],
    [
      'knows no such number',
      { a: '一' },
      { at: 'change' },
      say('9'),
      { asking: { at: 'change' }, remark: { key: 'forms:step.choose-number' } },
    ],
    [
      'returns to the summary',
      { a: '一', b: '', c: '三' },
      at('a'),
      say('甲'),
      { asking: { at: 'summary' } },
    ],
    ['takes 提交 for a text', {}, at('a'), say('提交'), { values: { a: '提交' } }],
    ['saves', { a: '一' }, at('b'), say('保存草稿'), { outcome: 'save' }],
    ['cancels', { a: '一' }, at('b'), say('取消'), { outcome: 'cancel' }],
    [
      'knows a button of an earlier question',
      { a: '一' },
      at('b'),
      { type: 'option', position: 'a', value: 'x' },
      { outcome: 'past', values: { a: '一' } },
    ],
    [
      'takes no files where none are wanted',
      {},
      at('a'),
      { type: 'files', files: [file('x')] },
      { asking: at('a'), remark: { key: 'forms:step.no-file-here' } },
    ],
  ])('%s', async (_, values, asking, input, expected) => {
    expect(await takeStep(three, { values, asking }, input)).toMatchObject(expected as object)
  })

  test('follows the pages as an answer changes them', async () => {
    const form = formOf(
      { name: 'p', intro: [], fields: [text('a', true)] },
      { name: 'q', intro: [], when: ({ a }) => a === '要', fields: [text('b', true)] },
    )
    expect(await takeStep(form, { values: {}, asking: at('a') }, say('要'))).toMatchObject({
      asking: at('b'),
    })
    expect(await takeStep(form, { values: {}, asking: at('a') }, say('不'))).toMatchObject({
      asking: { at: 'summary' },
    })
    // Another device has left the page out meanwhile.
    const step = await takeStep(form, { values: { a: '不' }, asking: at('b') }, say('提交'))
    expect(step).toMatchObject({ outcome: 'submit' })
  })

  test('keeps a day as the one that was meant', async () => {
    const form = formOf({ name: 'p', intro: [], fields: [{ name: 'd', type: 'date', label: 'l' }] })
    expect(await takeStep(form, { values: {}, asking: at('d') }, say('明天'))).toMatchObject({
      values: { d: '2026-03-03' },
    })
  })

  test('takes files one by one until there is no more room', async () => {
    const field: FormField = { name: 'f', type: 'file', label: 'l', most: 2, required: true }
    const form = formOf({ name: 'p', intro: [], fields: [field, text('a')] })
    const one = await takeStep(form, { values: {}, asking: at('f') }, { type: 'files', files: [file('x')] })
    expect(one).toMatchObject({ asking: at('f'), remark: { values: { count: 1, held: 1 } } })
    const two = await takeStep(form, one, { type: 'files', files: [file('y')] })
    expect(two).toMatchObject({ asking: at('a'), values: { f: [file('x'), file('y')] } })
    const early = await takeStep(form, { values: {}, asking: at('a') }, { type: 'files', files: [file('x')] })
    expect(early).toMatchObject({ asking: at('a'), values: { f: [file('x')] } })
    const over = { type: 'files', files: ['x', 'y', 'z'].map(file) } as const
    expect(await takeStep(form, { values: {}, asking: at('f') }, over)).toMatchObject({
      asking: at('f'),
      remark: { key: 'forms:step.files-refused', values: { count: 2, refused: 1 } },
    })
  })

  test('of several options takes up and drops one by one', async () => {
    const options = ['x', 'y', 'z'].map((value) => ({ value, label: 'web:title' }))
    const field: FormField = { name: 'm', type: 'multi-select', label: 'l', options, least: 2, most: 2 }
    const form = formOf({ name: 'p', intro: [], fields: [field, text('a')] })
    const click = (value: string): StepInput => ({ type: 'option', position: 'm', value })
    let step = await takeStep(form, { values: {}, asking: at('m') }, click('x'))
    expect(step).toMatchObject({ asking: at('m'), values: { m: ['x'] }, remark: null })
    step = await takeStep(form, step, click('y'))
    step = await takeStep(form, step, click('z'))
    expect(step).toMatchObject({
      values: { m: ['x', 'y'] },
      remark: { key: 'forms:problem.too-many-options' },
    })
    step = await takeStep(form, step, click('x'))
    expect(step).toMatchObject({ values: { m: ['y'] } })
    step = await takeStep(form, step, say('下一项'))
    expect(step).toMatchObject({
      ...{ asking: at('m'), values: { m: ['y'] } },
      remark: { key: 'forms:problem.too-few-options' },
    })
    step = await takeStep(form, step, say('清空'))
    expect(step).toMatchObject({ asking: at('a'), values: { m: [] } })
  })
})

test('both ways of filling in take the same', async () => {
  const types = ['text', 'long-text', 'number', 'money', 'date', 'time', 'person', 'organisation'] as const
  const some = [
    '王芳',
    '1.2万',
    '12,000',
    '明天',
    '2026-02-30',
    '下午3点',
    '',
    '字'.repeat(300),
    'a\0b',
    '-1',
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        type: fc.constantFrom(...types),
        required: fc.boolean(),
        said: fc.oneof(fc.constantFrom(...some), fc.string({ unit: 'binary' })),
      }),
      async ({ type, required, said }) => {
        const field: FormField = { name: 'a', type, label: 'l', required }
        const form = formOf({ name: 'p', intro: [], fields: [field] })
        const page = await evaluate(form.definition, { a: storable(field, said)! }, {}, lookup)
        const step = await takeStep(form, { values: {}, asking: at('a') }, say(said))
        expect(step.remark).toEqual(page.problems.get('a') ?? null)
        expect(step.asking.at).toBe(page.problems.has('a') ? 'field' : 'summary')
        if (page.problems.size === 0) expect(step.evaluation.values).toEqual(page.values)
      },
    ),
    { numRuns: 200 },
  )
})

test('a form goes on where nobody has been, or something is wrong', async () => {
  const form = formOf({ name: 'p', intro: [], fields: [text('a', true), text('b'), text('c', true)] })
  expect(await beginSteps(form, { a: '一' })).toMatchObject({ asking: at('b') })
  expect(await beginSteps(form, { a: '', b: '' })).toMatchObject({ asking: at('a') })
  expect(await beginSteps(form, { a: '一', b: '', c: '三' })).toMatchObject({ asking: { at: 'summary' } })
})
