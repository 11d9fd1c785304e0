import { describe, expect, it } from 'vitest'
import type { Card } from '../../chat/card.ts'
import { longestText, mostTableRows } from './limits.ts'
import { renderCard } from './render-card.ts'

const bad = 'a\u202Eb\u0007c\ud83d'
const good = 'abc\ufffd'

describe('renderCard', () => {
  it('makes every text harmless and leaves what buttons carry as it is', () => {
    const card: Card = {
      tone: 'refusal',
      title: bad,
      blocks: [
        { type: 'text', runs: [{ text: bad, mark: true }] },
        { type: 'quote', runs: [{ text: bad }], source: bad },
        { type: 'quote', runs: [] },
        { type: 'note', text: bad },
        { type: 'list', items: [[{ text: bad, strong: true }]] },
        { type: 'table', header: [bad], rows: [[bad]] },
        { type: 'divider' },
        { type: 'buttons', buttons: [{ label: bad, action: 'a.b', value: { q: bad }, opens: 'beside' }] },
      ],
    }
    expect(renderCard(card)).toEqual({
      tone: 'refusal',
      title: good,
      blocks: [
        { type: 'text', runs: [{ text: good, mark: true }] },
        { type: 'quote', runs: [{ text: good }], source: good },
        { type: 'quote', runs: [] },
        { type: 'note', text: good },
        { type: 'list', items: [[{ text: good, strong: true }]] },
        { type: 'table', header: [good], rows: [[good]] },
        { type: 'divider' },
        { type: 'buttons', buttons: [{ label: good, action: 'a.b', value: { q: bad }, opens: 'beside' }] },
      ],
    })
  })

  it('makes a link of web addresses only', () => {
    const links = (url: string) => renderCard({ tone: 'info', blocks: [{ type: 'link', label: bad, url }] })
    expect(links('https://bot.example/a b').blocks).toEqual([
      { type: 'link', label: good, url: 'https://bot.example/a%20b' },
    ])
    for (const url of ['javascript:alert(1)', 'data:text/html,x', '/console', 'https://a:b@bot.example/']) {
      expect(links(url).blocks).toEqual([{ type: 'text', runs: [{ text: `${good} ${url}` }] }])
    }
  })

  it('shortens visibly what nobody would read', () => {
    const rows = Array.from({ length: mostTableRows + 1 }, () => ['x'])
    const { blocks } = renderCard({
      tone: 'info',
      blocks: [
        { type: 'note', text: '长'.repeat(longestText + 1) },
        { type: 'table', header: ['x'], rows },
      ],
    })
    expect(blocks[0]).toEqual({ type: 'note', text: `${'长'.repeat(longestText)}…` })
    expect(blocks[1]).toMatchObject({ rows: [...rows.slice(0, mostTableRows), ['…']] })
  })

  it('fetches pictures and documents from where the page is, and none from elsewhere', () => {
    const url = 'https://bot.example/handed/t/%E8%BF%9B%E5%B1%95.png'
    const blocks: Card['blocks'] = [
      { type: 'picture', name: bad, blob: 'b', alt: bad, url },
      { type: 'document', name: 'a.pdf', mediaType: 'application/pdf', blob: 'b', url: 'javascript:1' },
    ]
    expect(renderCard({ tone: 'info', blocks }).blocks).toMatchObject([
      { type: 'picture', alt: good, url: '/handed/t/%E8%BF%9B%E5%B1%95.png' },
      { type: 'document', name: 'a.pdf', url: '' },
    ])
  })
})
