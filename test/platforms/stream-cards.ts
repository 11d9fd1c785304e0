import { type Card, plain } from '../../src/chat/card.ts'

/** An answer that is being written: the quote and the button are complete, sentences are added above them. */
export function growingCard(sentences: string[], quote = '应单独组建科协组织。'): Card {
  return {
    ...wholeCard(sentences, quote),
    growing: { at: 0, count: sentences.length > 0 ? 1 : 0, lead: '要点：' },
  }
}

/** The same when it is finished. */
export function wholeCard(sentences: string[], quote = '应单独组建科协组织。'): Card {
  return {
    tone: 'answer',
    blocks: [
      ...(sentences.length > 0 ? [{ type: 'list' as const, items: sentences.map(plain) }] : []),
      { type: 'quote', runs: [{ text: quote, mark: true }], source: '《意见》（十）' },
      { type: 'buttons', buttons: [{ label: '全文', action: 'policy.open-clause', value: { key: '十' } }] },
    ],
  }
}
