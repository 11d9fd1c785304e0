import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldType, FieldView, FormView } from '../../src/chat/form-view.ts'
import { translate } from '../../src/messages/translate.ts'
import { hardText } from '../cards/extreme-texts.ts'
import { feishuSurface, slackSurface } from './form-surfaces.ts'

const fieldOf = (name: string, type: FieldType, changes: Partial<FieldView> = {}): FieldView => ({
  ...{ name, type, label: `字段${name}`, hint: '', example: '', required: false, problem: '' },
  ...{ options: [], value: type === 'multi-select' || type === 'file' ? [] : '' },
  ...changes,
})

const pageOf = (fields: FieldView[], changes: Partial<FormView> = {}): FormView => ({
  ...{ draft: 'd1', title: '表单', page: 'about', step: { at: 1, of: 2 }, intro: ['说明'], summary: [] },
  ...{ fields, steps: ['next', 'back', 'save', 'cancel'] },
  ...changes,
})

const choices = (many: number) =>
  Array.from({ length: many }, (_, at) => ({ value: `v${at}`, label: `选项${at}` }))

/** A field of every type, with something in it. */
const filled = [
  fieldOf('title', 'text', { value: '节能改造 <b> *粗*' }),
  fieldOf('story', 'long-text', { value: '第一行\n第二行 😀' }),
  fieldOf('people', 'number', { value: '12' }),
  fieldOf('saving', 'money', { value: '1.2万' }),
  fieldOf('day', 'date', { value: '2026-12-01' }),
  fieldOf('later', 'date', { value: '下周一' }),
  fieldOf('hour', 'time', { value: '14:30' }),
  fieldOf('author', 'person', { value: '张三' }),
  fieldOf('unit', 'organisation', { value: '集团' }),
  fieldOf('kind', 'select', { options: choices(3), value: 'v1' }),
  fieldOf('areas', 'multi-select', { options: choices(5), value: ['v1', 'v4'] }),
  fieldOf('agreed', 'checkbox', { value: 'yes' }),
]
const standing = Object.fromEntries(filled.map(({ name, value }) => [name, value]))

describe.each([slackSurface, feishuSurface])('a page of a form in $name', (surface) => {
  test.each(['next', 'back', 'save'] as const)(
    'that is left by %s sends what stood in every field',
    (step) => {
      expect(surface.leave(pageOf(filled), step)).toEqual(standing)
    },
  )

  test('sends what was put into its fields, and what was emptied as empty', () => {
    const put = {
      title: '新',
      day: '2027-01-02',
      hour: '08:00',
      kind: 'v2',
      areas: ['v0'],
      agreed: '',
      people: '',
    }
    const sent = surface.leave(pageOf(filled), 'next', put)
    // The client of one says “no” where the other's says nothing.
    expect({ ...sent, agreed: sent.agreed === 'no' ? '' : sent.agreed }).toEqual({ ...standing, ...put })
  })

  test('can be left half filled in, though fields are required', () => {
    const page = pageOf(
      filled.map((field) => ({ ...field, required: true, value: fieldOf('', field.type).value })),
    )
    for (const step of ['back', 'save'] as const) {
      expect(surface.leave(page, step, { title: '只有题目' })).toMatchObject({
        title: '只有题目',
        people: '',
      })
    }
    expect(surface.leave(page, 'cancel')).toBeDefined()
  })

  test('with nothing filled in can be gone on with, also where the vendor’s client sends no empty form', () => {
    const page = pageOf([fieldOf('title', 'text'), fieldOf('areas', 'multi-select', { options: choices(3) })])
    expect(surface.skips(page)).toBe(true)
    expect(Object.values(surface.leave(page, 'next')).flat().join('')).toBe('')
  })

  test.each([60, 100, 101, 250])('offers %i options, of which the last can be chosen', (many) => {
    const options = choices(many)
    const page = pageOf([
      fieldOf('kind', 'select', { options }),
      fieldOf('areas', 'multi-select', { options }),
    ])
    const last = `v${many - 1}`
    const sent = surface.leave(page, 'next', { kind: last, areas: ['v0', last] })
    expect(sent).toEqual({ kind: last, areas: ['v0', last] })
    const again = pageOf([
      fieldOf('kind', 'select', { options, value: last }),
      fieldOf('areas', 'multi-select', { options, value: ['v0', last] }),
    ])
    expect(surface.leave(again, 'save')).toEqual({ kind: last, areas: ['v0', last] })
    expect(surface.shown(page)).toContain('选项0')
  })

  test('of more options than can be offered has one typed', () => {
    const page = pageOf([fieldOf('kind', 'select', { options: choices(10_001) })])
    expect(surface.leave(page, 'next', { kind: 'v10000' })).toEqual({ kind: 'v10000' })
  })

  test('shows why a value is not taken at its field, with the value still there', () => {
    const page = pageOf([
      fieldOf('title', 'text', { value: '题目' }),
      fieldOf('people', 'number', { value: '十几个', problem: '请填写数字。' }),
      fieldOf('author', 'person'),
    ])
    const shown = surface.shown(page)
    expect(shown.split('请填写数字。')).toHaveLength(2)
    expect(shown.indexOf('字段title')).toBeLessThan(shown.indexOf('请填写数字。'))
    expect(shown.indexOf('请填写数字。')).toBeLessThan(shown.indexOf('字段author'))
    expect(surface.leave(page, 'next')).toMatchObject({ people: '十几个' })
  })

  test('names the files that it holds, and says that they come as messages', () => {
    const empty = pageOf([fieldOf('drawings', 'file'), fieldOf('title', 'text')])
    expect(surface.shown(empty)).toMatch(/会话中发送文件/)
    expect(surface.leave(empty, 'next')).not.toHaveProperty('drawings')
    const held = pageOf([
      fieldOf('drawings', 'file', { value: ['图纸.pdf', '照片.png'] }),
      fieldOf('title', 'text'),
    ])
    expect(surface.shown(held)).toContain('图纸.pdf、照片.png')
    expect(surface.leave(held, 'save')).not.toHaveProperty('drawings')
  })

  test('keeps what is too long for a control, and says that it cannot be changed there', () => {
    const page = pageOf([
      fieldOf('story', 'long-text', { value: '长'.repeat(3001) }),
      fieldOf('title', 'text'),
    ])
    const words = translate('zh-CN', `${surface === slackSurface ? 'slack' : 'feishu'}:form.too-long-to-show`)
    expect(surface.shown(page)).toContain(words)
    expect(surface.leave(page, 'next', { title: '题' })).toEqual({ title: '题' })
  })

  test('has labels, hints and examples as long as they are, visibly shortened', () => {
    const long = hardText(3000)
    const page = pageOf([
      fieldOf('title', 'text', { label: long, hint: long, example: long, problem: long, required: true }),
      fieldOf('kind', 'select', { label: long, options: [{ value: 'v', label: long }], value: 'v' }),
    ])
    expect(surface.shown(page)).toContain('…')
    expect(surface.leave(page, 'next', { title: '题' })).toEqual({ title: '题', kind: 'v' })
  })

  test('that is the summary shows what is going to be sent in, and sends no fields', () => {
    const summary = filled.map(({ label, value }) => ({ label, value: [value].flat().join('、') }))
    const page = pageOf([], { page: 'summary', summary, steps: ['submit', 'back', 'save', 'cancel'] })
    const shown = surface.shown(page)
    for (const { label, value } of summary) {
      expect(shown).toContain(label)
      expect(shown).toContain(value)
    }
    for (const step of page.steps) expect(surface.leave(page, step)).toEqual({})
  })

  const text = fc.string({ unit: 'grapheme', maxLength: 3000 }).map((some) => some.trim())
  const field = fc
    .record({
      name: fc.stringMatching(/^[a-z]{1,20}$/),
      many: fc.integer({ min: 1, max: 300 }),
      text,
      label: text,
    })
    .chain(({ name, many, text: value, label }) => {
      const options = choices(many)
      const some = fc.subarray(
        options.map((option) => option.value),
        { minLength: 1, maxLength: Math.min(5, many) },
      )
      return fc.oneof(
        fc.constant(fieldOf(name, 'long-text', { value, label })),
        fc.constant(fieldOf(name, 'date', { value: '2026-03-02', label })),
        some.map(([first = '']) => fieldOf(name, 'select', { options, value: first, label })),
        some.map((chosen) => fieldOf(name, 'multi-select', { options, value: chosen, label })),
      )
    })

  test('that nobody changed changes nothing', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(field, { selector: ({ name }) => name, minLength: 1, maxLength: 8 }),
        fc.constantFrom('next', 'back', 'save'),
        (fields, step) => {
          const sent = surface.leave(pageOf(fields), step)
          for (const { name, value } of fields)
            if (Object.hasOwn(sent, name)) expect(sent[name]).toEqual(value)
        },
      ),
      { numRuns: 60, examples: [[[fieldOf('constructor', 'long-text', { value: '!' })], 'next']] },
    )
  })
})
