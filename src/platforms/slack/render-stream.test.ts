import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Card, plain } from '../../chat/card.ts'
import { mostStream } from './limits.ts'
import { lettersOf, renderStream } from './render-stream.ts'

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

test('what grows stands last, below what it rests on; buttons and the note on it wait for the whole card', () => {
  expect(renderStream(card(['第一句。', '第二句。']))).toBe(
    '仅供参考\n\n> \u200a**应单独组建。**\u200a\n\n—— 《意见》（十）\n\n\u200a**要点：**\u200a\n- 第一句。\n- 第二句。',
  )
})

test('a finished card is no stream', () => {
  const { growing: _, ...finished } = card(['第一句。'])
  expect(renderStream(finished)).toBeNull()
})

test('each text begins with the one before and fits into one call, whatever the words are', () => {
  const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 4000 }), fc.string({ maxLength: 50 }))
  fc.assert(
    fc.property(fc.array(words, { maxLength: 6 }), words, (sentences, quote) => {
      let before = ''
      for (let many = 0; many <= sentences.length; many += 1) {
        const text = renderStream(card(sentences.slice(0, many), quote))!
        expect(text.startsWith(before)).toBe(true)
        expect(text.length).toBeLessThanOrEqual(mostStream)
        before = text
      }
    }),
  )
})

test('nothing that somebody wrote is markup, and nobody is called by it', () => {
  const text = renderStream(card(['<!channel> <@U1> *a* _b_ `c` [d](e) ~f~ | 1 & 2', '# g', '2. h']))!
  expect(text).toContain(
    '- &lt;!channel&gt; &lt;@U1&gt; \\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~f\\~ \\| 1 &amp; 2',
  )
  expect(text).toContain('\n- \\# g')
  expect(text).toContain('\n- 2\u200b. h')
})

test('a text is known again by its letters', () => {
  expect(lettersOf('> \u200a**A &amp; 条款**\u200a\n- （十）')).toBe(lettersOf('A & 条款\n• （十）'))
  expect(lettersOf('甲')).not.toBe(lettersOf('乙'))
})
