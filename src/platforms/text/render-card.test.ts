import { describe, expect, it } from 'vitest'
import type { Card } from '../../chat/card.ts'
import { buttonsOf, cardToText } from './render-card.ts'

const card: Card = {
  tone: 'answer',
  title: '（十）坚持组织建设模式创新。',
  blocks: [
    { type: 'text', runs: [{ text: '可以' }, { text: '单独组建', strong: true }, { text: '。' }] },
    {
      type: 'quote',
      runs: [{ text: '前文。' }, { text: '科技人员达100人以上的，应单独组建', mark: true }],
      source: '《意见》三、（十）',
    },
    { type: 'list', items: [[{ text: '甲' }], [{ text: '乙' }]] },
    {
      type: 'table',
      header: ['方式', 'n'],
      rows: [
        ['单独组建', '100'],
        ['a', '5'],
      ],
    },
    { type: 'divider' },
    { type: 'note', text: '以正式文件为准' },
    { type: 'buttons', buttons: [{ label: '看全文', action: 'policy.open-clause', value: {} }] },
    { type: 'buttons', buttons: [{ label: '👍', action: 'policy.feedback', value: { good: 'yes' } }] },
  ],
}

describe('cardToText', () => {
  it('shows every block, marks in 【】 and tables in columns', () => {
    expect(cardToText(card, { buttons: 'numbered' })).toBe(
      [
        '（十）坚持组织建设模式创新。',
        '可以单独组建。',
        '> 前文。【科技人员达100人以上的，应单独组建】\n  —— 《意见》三、（十）',
        '- 甲\n- 乙',
        '方式     │ n\n─────────┼────\n单独组建 │ 100\na        │ 5',
        '─'.repeat(24),
        '以正式文件为准',
        '[1] 看全文',
        '[2] 👍',
      ].join('\n\n'),
    )
  })

  it('leaves the buttons out where they cannot be pressed', () => {
    expect(cardToText(card, { buttons: 'none' })).not.toContain('看全文')
  })

  it('numbers the buttons as buttonsOf lists them', () => {
    expect(buttonsOf(card).map((button) => button.label)).toEqual(['看全文', '👍'])
  })

  it('paints marks where colour is on, closing the colour on each line', () => {
    const text = cardToText(
      { tone: 'info', blocks: [{ type: 'text', runs: [{ text: '重点重点重点', mark: true }] }] },
      { buttons: 'none', color: true, width: 8 },
    )
    expect(text).toBe('\x1b[30;43m重点重点\x1b[0m\n\x1b[30;43m重点\x1b[0m')
  })

  it('lets no escape sequence of a text through, in whatever block', () => {
    const bad = '\x1b[2Jx'
    const text = cardToText(
      {
        tone: 'error',
        title: bad,
        blocks: [
          { type: 'text', runs: [{ text: bad }] },
          { type: 'quote', runs: [{ text: bad }], source: bad },
          { type: 'note', text: bad },
          { type: 'list', items: [[{ text: bad }]] },
          { type: 'table', header: [bad], rows: [[bad]] },
          { type: 'buttons', buttons: [{ label: bad, action: 'a.b', value: {} }] },
        ],
      },
      { buttons: 'numbered' },
    )
    expect(text).not.toContain('\x1b')
    expect(text.match(/\[2Jx/g)).toHaveLength(9)
  })

  it('keeps a table with uneven rows and an empty one', () => {
    const table = (header: string[], rows: string[][]) =>
      cardToText({ tone: 'info', blocks: [{ type: 'table', header, rows }] }, { buttons: 'none' })
    expect(table(['a'], [['1', '2'], []])).toBe('a │\n──┼──\n1 │ 2\n  │')
    expect(table([], [])).toBe('')
  })

  it('says what a picture shows, and where it and documents are', () => {
    const blocks: Card['blocks'] = [
      {
        type: 'picture',
        name: '1.png',
        blob: 'b',
        alt: '进展：一分公司 3 件',
        url: 'https://b.example/1.png',
      },
      {
        type: 'document',
        name: '证书.pdf',
        mediaType: 'application/pdf',
        blob: 'b',
        url: 'https://b.example/2',
      },
    ]
    expect(cardToText({ tone: 'info', blocks }, { buttons: 'none' })).toBe(
      '进展：一分公司 3 件\nhttps://b.example/1.png\n\n证书.pdf\nhttps://b.example/2',
    )
  })
})
