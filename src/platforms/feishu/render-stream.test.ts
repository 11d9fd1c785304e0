import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusalOfCard } from '../../../test/fakes/feishu-card-rules.ts'
import { type Card, plain } from '../../chat/card.ts'
import { privately } from './render-card.ts'
import { renderStream, writtenElement } from './render-stream.ts'

const card = (sentences: string[], quote = '应单独组建。'): Card => ({
  tone: 'answer',
  blocks: [
    { type: 'note', text: '仅供参考' },
    ...(sentences.length > 0
      ? [
          { type: 'list' as const, items: sentences.map(plain) },
          { type: 'note' as const, text: '以上内容依据下列条款：' },
        ]
      : []),
    { type: 'quote', runs: [{ text: quote, mark: true }], source: '《意见》（十）' },
    { type: 'buttons', buttons: [{ label: '全文', action: 'policy.open-clause', value: {} }] },
  ],
  growing: { at: 1, count: sentences.length > 0 ? 2 : 0, lead: '要点：' },
})

test('one element grows in its place, everything else is complete around it', () => {
  const { card: drawn, text } = renderStream(card(['第一句。']), privately)!
  expect(drawn.config.streaming_mode).toBe(true)
  const [note, written, quote, source, buttons] = drawn.body.elements
  expect(written).toEqual({ tag: 'markdown', element_id: writtenElement, content: text })
  expect(text).toBe('\u200a**要点：**\u200a\n• 第一句。')
  expect([note, quote, source, buttons].map((element) => element?.tag)).toEqual([
    ...['div', 'markdown', 'div', 'column_set'],
  ])
})

test('a finished card is no stream', () => {
  const { growing: _, ...finished } = card(['第一句。'])
  expect(renderStream(finished, privately)).toBeNull()
})

test('each text begins with the one before, and nothing else in the card changes', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 60 }), { maxLength: 5 }), (sentences) => {
      // A figure before a full stop at a line's end is written otherwise once something follows it.
      fc.pre(sentences.every((sentence) => !/\d\.\s*$/.test(sentence)))
      const steps = Array.from(
        { length: sentences.length + 1 },
        (_, many) => renderStream(card(sentences.slice(0, many)), privately)!,
      )
      for (const [at, step] of steps.entries()) {
        expect(refusalOfCard(JSON.stringify(step.card))).toBeNull()
        if (at > 0) expect(step.text.startsWith(steps[at - 1]!.text)).toBe(true)
        const around = step.card.body.elements.filter(({ element_id }) => element_id === undefined)
        const first = steps[0]!.card.body.elements.filter(({ element_id }) => element_id === undefined)
        expect(around).toEqual(first)
      }
    }),
  )
})

test('a card that is too large is shortened and still taken', () => {
  const { card: drawn } = renderStream(card(['句'.repeat(9000)], '引'.repeat(9000)), privately)!
  expect(refusalOfCard(JSON.stringify(drawn))).toBeNull()
})
