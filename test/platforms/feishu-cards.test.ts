import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block, Card, Run } from '../../src/chat/card.ts'
import type { FieldType, FormView } from '../../src/chat/form-view.ts'
import { renderCard } from '../../src/platforms/feishu/render-card.ts'
import { renderForm } from '../../src/platforms/feishu/render-form.ts'
import { refusalOfCard } from '../fakes/feishu-card-rules.ts'
import { findButton, read } from './feishu-stage.ts'

const place = { thread: 'om_1', group: true }

/** Text with what is markup to the vendor, and what is long. */
const hostile = fc.constantFrom(
  ...[
    '<at id=all></at>',
    '**粗**',
    '[点我](http://a.example)',
    '# 题',
    '\n- 甲\n1. 乙',
    '`x`',
    ':DONE:',
    '$a$',
  ],
  ...[
    '<font color="red">',
    '&lt;',
    '~~删~~',
    '|a|b|',
    '```\n',
    '> 引',
    '![x](y)',
    '@_all',
    '\u0000\u202e',
    '---\n===',
  ],
)
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  hostile,
  fc.array(hostile, { maxLength: 5 }).map((all) => all.join('')),
  fc.tuple(hostile, fc.nat(4000)).map(([piece, times]) => piece.repeat(times % 500)),
)
const run: fc.Arbitrary<Run> = fc.record({ text, mark: fc.boolean(), strong: fc.boolean() })
const runs = fc.array(run, { maxLength: 4 })
const values = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 })
const button = fc.record({
  label: text,
  action: fc.constantFrom('ask', 'policy.open-clause'),
  value: values,
  style: fc.constantFrom('primary' as const, 'plain' as const),
})
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), runs }),
  fc.record({ type: fc.constant('quote' as const), runs, source: text }),
  fc.record({ type: fc.constant('note' as const), text }),
  fc.record({ type: fc.constant('list' as const), items: fc.array(runs, { maxLength: 20 }) }),
  fc.record({
    type: fc.constant('table' as const),
    header: fc.array(text, { maxLength: 25 }),
    rows: fc.array(fc.array(text, { maxLength: 3 }), { maxLength: 20 }),
  }),
  fc.record({ type: fc.constant('buttons' as const), buttons: fc.array(button, { maxLength: 60 }) }),
  fc.record({
    type: fc.constant('link' as const),
    label: text,
    url: fc.oneof(text, fc.webUrl()),
  }),
  fc.constant({ type: 'divider' as const }),
)
const card: fc.Arbitrary<Card> = fc.record(
  {
    tone: fc.constantFrom('answer' as const, 'refusal' as const, 'error' as const, 'info' as const),
    title: text,
    blocks: fc.array(block, { maxLength: 20 }),
  },
  { requiredKeys: ['tone', 'blocks'] },
)

describe('a card of Feishu', () => {
  test('is never one that the vendor refuses, nor does a text become markup', () => {
    fc.assert(
      fc.property(card, (one) => {
        expect(refusalOfCard(JSON.stringify(renderCard(one, place)))).toBeNull()
      }),
      { numRuns: 60 },
    )
  })

  test('says that it was shortened, and keeps its buttons', () => {
    const long: Card = {
      tone: 'answer',
      blocks: [
        { type: 'quote', runs: [{ text: '条款。'.repeat(20_000), mark: true }] },
        { type: 'buttons', buttons: [{ label: '全文', action: 'policy.open-clause', value: {} }] },
      ],
    }
    const rendered = renderCard(long, place)
    expect(read(rendered)).toContain('此处未全部显示')
    expect(read(rendered).length).toBeGreaterThan(1000)
    expect(findButton(rendered, '全文')).toBeDefined()
    expect(read(renderCard({ tone: 'answer', blocks: long.blocks.slice(1) }, place))).not.toContain('未全部')
  })

  test('shows the fourth table as text, and buttons that have no room as words', () => {
    const table: Block = { type: 'table', header: ['甲'], rows: [['乙丙']] }
    const buttons = Array.from({ length: 50 }, (_, at) => ({ label: `第${at}个`, action: 'a.b', value: {} }))
    const rendered = renderCard(
      { tone: 'info', blocks: [table, table, table, table, { type: 'buttons', buttons }] },
      place,
    )
    expect(JSON.stringify(rendered).split('"table"')).toHaveLength(4)
    expect(read(rendered).split('乙丙')).toHaveLength(5)
    expect(read(rendered)).toContain('第49个')
  })

  test('carries in its buttons where it stands', () => {
    const one = renderCard(
      {
        tone: 'info',
        blocks: [{ type: 'buttons', buttons: [{ label: '问', action: 'ask', value: { text: '何' } }] }],
      },
      place,
    )
    expect(findButton(one, '问')!.behaviors[0]!.value).toEqual({
      ...{ action: 'ask', value: { text: '何' }, label: '问', ...place },
    })
  })
})

const types: FieldType[] = [
  ...(['text', 'long-text', 'number', 'money', 'date', 'time', 'person', 'organisation'] as const),
  ...(['select', 'multi-select', 'checkbox', 'file'] as const),
]
const option = fc.record({ value: fc.string({ minLength: 1, maxLength: 20 }), label: text })
const field = fc.record({
  name: fc.string({ minLength: 1, maxLength: 30 }),
  label: text,
  hint: text,
  example: text,
  required: fc.boolean(),
  type: fc.constantFrom(...types),
  options: fc.uniqueArray(option, { selector: ({ value }) => value, minLength: 1, maxLength: 100 }),
  value: fc.oneof(text, fc.array(text, { maxLength: 4 })),
  problem: text,
})
const view: fc.Arbitrary<FormView> = fc.record({
  draft: fc.uuid(),
  title: text,
  page: fc.constant('page'),
  step: fc.constant({ at: 1, of: 2 }),
  intro: fc.array(text, { maxLength: 3 }),
  fields: fc.uniqueArray(field, { selector: ({ name }) => name, maxLength: 12 }),
  summary: fc.array(fc.record({ label: text, value: text }), { maxLength: 12 }),
  steps: fc.constant(['next' as const, 'back' as const, 'save' as const, 'cancel' as const]),
})

describe('a form of Feishu', () => {
  test('is never one that the vendor refuses', () => {
    fc.assert(
      fc.property(view, (one) => {
        expect(refusalOfCard(JSON.stringify(renderForm(one, place, 'zh-CN')))).toBeNull()
      }),
      { numRuns: 60 },
    )
  })
})
