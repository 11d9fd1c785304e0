import { describe, expect, test } from 'vitest'
import type { Button, Card } from '../../chat/card.ts'
import { languages } from '../../chat/language.ts'
import type { Mine } from '../../conversation/feature.ts'
import { inOrder, mineCard, readCarried } from './mine-card.ts'

const group = (kind: Mine['kind'], count: number, changes: Partial<Mine> = {}): Mine => ({
  kind,
  title: `${kind} 事项`,
  count,
  items: Array.from({ length: Math.min(5, count) }, (_, at) => ({
    title: `${kind} ${at + 1}`,
    state: '等待',
    buttons: [
      { label: '办', action: 'help.reply', value: { request: `${at}` }, opens: 'beside' },
      { label: '转', action: 'help.hand-over', value: { request: `${at}` } },
    ],
  })),
  more: '我的待办',
  ...changes,
})

const texts = (card: Card) =>
  card.blocks.flatMap((block) => (block.type === 'text' ? [block.runs.map(({ text }) => text).join('')] : []))
const buttons = (card: Card): Button[] =>
  card.blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))

describe('the card of what is mine', () => {
  test('has what waits for me first, then what I began, then what I wait for; nothing empty', () => {
    const groups = [group('own', 1), group('unfinished', 2), group('own', 0), group('to-do', 7)]
    expect(inOrder(groups).map(({ kind }) => kind)).toEqual(['to-do', 'unfinished', 'own'])
    expect(texts(mineCard(groups, 'zh-CN', 'card'))).toEqual([
      'to-do 事项（7）',
      ...[1, 2, 3, 4, 5].map((at) => `to-do ${at}\n等待`),
      'unfinished 事项（2）',
      'unfinished 1\n等待',
      'unfinished 2\n等待',
      'own 事项（1）',
      'own 1\n等待',
    ])
  })

  test('says the words of each group as if they were typed', () => {
    const all = buttons(mineCard([group('to-do', 1), group('own', 1)], 'en', 'card')).filter(
      ({ label }) => label === 'All',
    )
    expect(all).toMatchObject([
      { action: 'ask', value: { text: '我的待办' } },
      { action: 'ask', value: { text: '我的待办' } },
    ])
  })

  test('carries what its buttons do, and where it stands', () => {
    for (const surface of ['card', 'home'] as const) {
      const [first] = buttons(mineCard([group('to-do', 1)], 'zh-CN', surface))
      expect(first).toMatchObject({ label: '办', action: 'mine.do', opens: 'beside' })
      expect(readCarried(first!.value)).toEqual({ action: 'help.reply', value: { request: '0' }, surface })
    }
  })

  test('is drawn anew on a home page without a button for it', () => {
    const actions = (surface: 'card' | 'home') =>
      buttons(mineCard([group('to-do', 1)], 'zh-CN', surface)).map(({ action }) => action)
    expect(actions('card')).toContain('mine.refresh')
    expect(actions('home')).not.toContain('mine.refresh')
  })

  test('keeps titles and states to a line', () => {
    const long = { title: `甲\n${'长'.repeat(300)}`, state: '态'.repeat(300), buttons: [] }
    const [, item] = texts(mineCard([group('to-do', 1, { items: [long] })], 'zh-CN', 'card'))
    const [title = '', state = '', ...more] = item!.split('\n')
    expect(more).toEqual([])
    expect(title).toMatch(/^甲 长+…$/)
    expect(Math.max(title.length, state.length)).toBe(90)
  })

  test('lists fewer of each where there are many groups, and never none', () => {
    const many = Array.from({ length: 6 }, () => group('own', 9))
    const card = mineCard(many, 'zh-CN', 'card')
    expect(texts(card)).toHaveLength(6 * 3)
    expect(buttons(card).length).toBeLessThanOrEqual(36)
    expect(texts(mineCard(many.slice(0, 3), 'zh-CN', 'card'))).toHaveLength(3 * 6)
    expect(texts(mineCard([...many, ...many, ...many], 'zh-CN', 'card'))).toHaveLength(18 * 2)
  })

  test.each(languages)('says in %s what can be done where there is nothing', (language) => {
    const card = mineCard([group('own', 0)], language, 'card')
    expect(buttons(card).map(({ action }) => action)).toEqual(['ask', 'ask', 'ask'])
  })
})
