import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problemsOfBlocks, problemsOfView } from '../../../test/fakes/slack-block-rules.ts'
import { type Block, type Card, plain } from '../../chat/card.ts'
import type { FieldType, FieldView, FormView } from '../../chat/form-view.ts'
import { fallbackText, renderCard } from './render-card.ts'
import { problemsOf, readValues, renderForm, renderModal } from './render-form.ts'

const place = { chat: 'D1', thread: '', group: false }
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '第十条',
    '<!channel> *粗* _斜_ `码`',
    'あ'.repeat(3500),
    '😀'.repeat(8000),
    'x\n'.repeat(60),
  ),
)
const run = fc.record({ text, mark: fc.boolean(), strong: fc.boolean() })
const runs = fc.array(run, { maxLength: 5 })
const button = fc.record({
  label: text,
  action: fc.constantFrom('ask', 'policy.open-clause'),
  value: fc.dictionary(fc.string(), text, { maxKeys: 3 }),
})
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), runs }),
  fc.record({ type: fc.constant('quote' as const), runs, source: text }),
  fc.record({ type: fc.constant('note' as const), text }),
  fc.record({ type: fc.constant('list' as const), items: fc.array(runs, { maxLength: 60 }) }),
  fc.record({
    type: fc.constant('table' as const),
    header: fc.array(text, { maxLength: 25 }),
    rows: fc.array(fc.array(text, { maxLength: 25 }), { maxLength: 120 }),
  }),
  fc.record({ type: fc.constant('buttons' as const), buttons: fc.array(button, { maxLength: 60 }) }),
  fc.record({
    type: fc.constant('link' as const),
    label: text,
    url: fc.oneof(text, fc.webUrl(), fc.constant(`https://example.org/${'a'.repeat(4000)}`)),
  }),
  fc.record({ type: fc.constant('divider' as const) }),
)
const card: fc.Arbitrary<Card> = fc.record({
  tone: fc.constantFrom('answer', 'refusal', 'error', 'info'),
  title: text,
  blocks: fc.array(block, { maxLength: 70 }),
})
const types: FieldType[] = [
  ...(['text', 'long-text', 'number', 'money', 'date', 'time', 'person', 'organisation'] as const),
  ...(['select', 'multi-select', 'checkbox', 'file'] as const),
]
const field = (name: string): fc.Arbitrary<FieldView> =>
  fc.record({
    name: fc.constant(name),
    label: text,
    hint: text,
    example: text,
    required: fc.boolean(),
    type: fc.constantFrom(...types),
    options: fc.array(fc.record({ value: text, label: text }), { maxLength: 150 }),
    value: fc.oneof(text, fc.array(text, { maxLength: 4 }), fc.constantFrom('2026-03-01', '14:30', 'yes')),
    problem: fc.constantFrom('', '请填写'),
  })
const form: fc.Arbitrary<FormView> = fc.record({
  draft: fc.uuid(),
  title: text,
  page: fc.constantFrom('about', 'summary'),
  step: fc.constant({ at: 1, of: 3 }),
  intro: fc.array(text, { maxLength: 4 }),
  fields: fc.tuple(...Array.from({ length: 8 }, (_, at) => field(`field-${at}`))),
  summary: fc.array(fc.record({ label: text, value: text }), { maxLength: 40 }),
  steps: fc.constantFrom<FormView['steps'][]>(
    ['next', 'save', 'cancel'],
    ['submit', 'back', 'save', 'cancel'],
  ),
})

describe('whatever is rendered is taken by Slack', () => {
  test.each(['message', 'modal', 'home'] as const)('a card in a %s', (surface) => {
    fc.assert(
      fc.property(card, (given) => {
        expect(problemsOfBlocks(renderCard(given, surface, 'zh-CN'), surface)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('a card beside, and the line of a notification', () => {
    fc.assert(
      fc.property(card, (given) => {
        expect(problemsOfView(renderModal(given, place, 'zh-CN'))).toEqual([])
        const line = fallbackText(given)
        expect(line.length).toBeGreaterThan(0)
        expect(line.length).toBeLessThanOrEqual(3000)
        expect(line).not.toMatch(/[<>]/)
      }),
      { numRuns: 40 },
    )
  })

  test('a page of a form', () => {
    fc.assert(
      fc.property(form, (given) => {
        expect(problemsOfView(renderForm(given, place, 'zh-CN'))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

const textCard = (words: string): Card => ({ tone: 'answer', blocks: [{ type: 'text', runs: plain(words) }] })

describe('a card', () => {
  test('shows markup that a person typed as they typed it', () => {
    const typed = '*粗* <!channel> <@U1> `码` &lt; :smile:'
    expect(renderCard(textCard(typed), 'message', 'zh-CN')).toEqual([
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: typed }] }],
      },
    ])
    expect(fallbackText(textCard('<!channel> & 甲'))).toBe('&lt;!channel&gt; &amp; 甲')
  })

  test('says visibly that something was left out, and keeps its buttons', () => {
    const many: Card = {
      tone: 'answer',
      blocks: [
        ...Array.from({ length: 80 }, () => ({ type: 'divider' as const })),
        { type: 'buttons', buttons: [{ label: '全文', action: 'policy.open-clause', value: {} }] },
      ],
    }
    for (const given of [many, textCard('长'.repeat(20_000))]) {
      expect(JSON.stringify(renderCard(given, 'message', 'zh-CN').at(-1))).toContain('未全部显示')
    }
    expect(JSON.stringify(renderCard(many, 'message', 'zh-CN'))).toContain('全文')
    expect(JSON.stringify(renderCard(textCard('短'), 'message', 'zh-CN'))).not.toContain('未全部显示')
  })

  test('has its second table as text', () => {
    const table = { type: 'table' as const, header: ['甲'], rows: [['乙']] }
    const blocks = renderCard({ tone: 'info', blocks: [table, table] }, 'message', 'zh-CN')
    expect(blocks.map(({ type }) => type)).toEqual(['table', 'rich_text'])
    expect(JSON.stringify(blocks[1])).toContain('乙')
  })
})

describe('a form', () => {
  const page = (changes: Partial<FieldView>): FormView => ({
    draft: 'd',
    title: '表',
    page: 'about',
    step: { at: 1, of: 2 },
    intro: [],
    fields: [
      {
        ...{ name: 'day', label: '日期', hint: '', example: '', required: true, type: 'date', options: [] },
        ...{ value: '', problem: '' },
        ...changes,
      },
    ],
    summary: [],
    steps: ['next', 'save', 'cancel'],
  })
  const inputOf = (view: FormView) =>
    renderForm(view, place, 'zh-CN').blocks.find((one) => one.type === 'input')!

  test('keeps a date in words as it was typed elsewhere', () => {
    expect(inputOf(page({ value: '2026-03-01' })).element).toMatchObject({ initial_date: '2026-03-01' })
    expect(inputOf(page({ value: '三月一日' })).element).toMatchObject({
      type: 'plain_text_input',
      initial_value: '三月一日',
    })
  })

  test('names its problems by the inputs that were sent in, and none where one has no input', () => {
    const block = inputOf(page({})).block_id
    expect(problemsOf(page({ problem: '请填写' }), [block])).toEqual({ [block]: '请填写' })
    expect(problemsOf(page({ problem: '请填写' }), ['other~12345678'])).toBeNull()
    expect(problemsOf(page({}), [block])).toBeNull()
  })

  test('shows another value under another id, since Slack would keep the old one', () => {
    expect(inputOf(page({ value: '2026-03-01' })).block_id).not.toBe(inputOf(page({})).block_id)
  })

  test('is read by field, whatever its inputs are', () => {
    expect(
      readValues({
        'a~1': { value: { type: 'plain_text_input', value: null } },
        'b~c~1': {
          value: { type: 'multi_static_select', selected_options: [{ value: 'x' }, { value: 'y' }] },
        },
        'd~1': { value: { type: 'datepicker', selected_date: '2026-03-01' } },
        'e~1': { value: { type: 'checkboxes', selected_options: [] } },
        'f~1': { value: { type: 'static_select', selected_option: { value: 'z' } } },
        'g~1': { value: { type: 'timepicker', selected_time: '14:30' } },
      }),
    ).toEqual({ a: '', 'b~c': ['x', 'y'], d: '2026-03-01', e: '', f: 'z', g: '14:30' })
  })
})
