import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeClause, makeDocument, makeEngine } from '../../../test/search/make-library.ts'
import { chooseQuote, locate, type Quote } from './choose-quote.ts'
import type { PassageHint } from './knowledge-files.ts'
import type { Hit } from './search-engine.ts'

const longestQuote = 120
const ellipsis = '……'

/** The quote of a clause with this text, whatever the search thinks of it. */
function quoteOf(text: string, question: string, label = '', passages: readonly string[] = []): Quote {
  const engine = makeEngine([makeDocument('d', ['会员代表大会'])])
  const result = engine.search({ question })
  const hit: Hit = {
    document: engine.index.documents[0]!,
    clause: makeClause(1, '', { text, label }),
    score: 1,
    chance: 1,
    hinted: passages.map((passage) => ({ passage, english: null, similarity: 0.9 })),
  }
  return chooseQuote(hit, result)
}

/** What is promised of every quote; `text` is not blank. */
function expectProper(text: string, { text: quote, spans }: Quote): void {
  expect(spans.map(([start, end]) => text.slice(start, end)).join(ellipsis)).toBe(quote)
  let before = -1
  for (const [start, end] of spans) {
    expect(start).toBeGreaterThan(before)
    expect(end).toBeGreaterThan(start)
    expect(end).toBeLessThanOrEqual(text.length)
    before = end
    // A cut within a character would leave half of it at an edge.
    expect(text.slice(start, end).isWellFormed()).toBe(true)
  }
  expect(quote.length).toBeLessThanOrEqual(longestQuote)
  expect(quote.trim()).not.toBe('')
}

const sentence = fc.string({
  unit: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...'企业科协会员代表大会由主席召集每年经费一次应当可以abc 12') },
    { weight: 3, arbitrary: fc.constantFrom(...'，。；：、！？……（）“”\n—') },
    { weight: 1, arbitrary: fc.constantFrom('🙂', '👩‍🔬', '𠮷', '🇨🇳', ' ', '\u3000', '\ufeff') },
  ),
  minLength: 1,
  maxLength: 400,
})
const question = fc.string({
  unit: fc.constantFrom(...'企业科协会员代表大会由谁召集？经费 abc🙂'),
  maxLength: 30,
})

describe('chooseQuote', () => {
  test('gives verbatim pieces in order, apart, 120 characters at most, from any clause', () => {
    fc.assert(
      fc.property(sentence, question, (text, asked) => {
        fc.pre(text.trim() !== '')
        expectProper(text, quoteOf(text, asked))
      }),
      { numRuns: 300 },
    )
  })

  test('does so with hinted passages too, which may be anywhere or nowhere', () => {
    fc.assert(
      fc.property(sentence, fc.nat(300), fc.nat(200), sentence, (text, start, length, other) => {
        fc.pre(text.trim() !== '')
        expectProper(text, quoteOf(text, '会员代表', '', [text.slice(start, start + length), other]))
      }),
    )
  })

  test.each([
    ['5,000 characters without a pause', '会员代表大会'.repeat(834)],
    ['5,000 characters of two units each', '𠮷'.repeat(5000)],
    ['one more than a quote holds', '会'.repeat(longestQuote + 1)],
    [
      'a character of two units at the end of a quote',
      `${'会'.repeat(longestQuote - 1)}🙂${'会'.repeat(50)}`,
    ],
    ['punctuation only', '……（）。？！“”'],
    ['a piece without words first', '（）。（）。会员代表大会由主席召集。'],
    ['emoji only', '🙂🙂🙂'],
    ['one character', '会'],
    ['English', 'The congress is called by the chair. It meets once a year, in spring.'],
    ['a table', '| 会员 | 代表 |\n| 主席 | 秘书长 |'],
  ])('also from %s', (_, text) => {
    expectProper(text, quoteOf(text, '会员代表大会由谁召集？'))
  })

  test('leaves the label out, unless there is nothing else', () => {
    expect(quoteOf('（十）会员代表大会由主席召集。', '谁召集？', '（十）').text).toBe(
      '会员代表大会由主席召集',
    )
    expectProper('（十）', quoteOf('（十）', '谁召集？', '（十）'))
  })

  test('quotes the sentence that answers, not the one that only stands before it', () => {
    const text =
      '科技展览每年春季举办。会员代表大会由主席召集，秘书长筹备。设备借用须提前登记。经费列入预算。'.padStart(
        140,
        '前言不提此事。',
      )
    expect(quoteOf(text, '会员代表大会谁召集？').text).toContain('由主席召集')
  })

  test('is not led astray by pieces without words', () => {
    const rest = '会员代表大会由主席召集，秘书长筹备。'
    const filler = '科技展览在每年春季举办，由展览部门承办。'.repeat(8)
    expect(quoteOf(`（）。${filler}${rest}`, '会员代表大会谁召集？').text).toContain('由主席召集')
    expect(quoteOf(`${filler}${rest}（）。`, '会员代表大会谁召集？').text).toContain('由主席召集')
  })

  test('quotes the passage to which hints lead, although it shares no word with the question', () => {
    const text = `${'科技展览在每年春季举办。'.repeat(12)}会员代表大会由主席召集。${'设备借用须提前登记。'.repeat(12)}`
    expect(quoteOf(text, 'who calls it?', '', ['由主席召集']).text).toContain('由主席召集')
    expect(quoteOf(text, 'who calls it?').text).not.toContain('由主席召集')
  })

  test('ends soon in a clause with tens of thousands of pauses', () => {
    const text = Array.from({ length: 30_000 }, (_, i) => `企业应当办好第${i}件事，`).join('')
    expectProper(text, quoteOf(text, '会员代表大会谁办好？'))
  })

  test('keeps to a length that is asked for', () => {
    const engine = makeEngine([
      makeDocument('d', ['会员代表大会由主席召集，秘书长筹备，每年一次，不得拖延。'.repeat(4)]),
    ])
    const result = engine.search({ question: '会员代表大会谁召集？' })
    for (const most of [10, 30, 60]) {
      expect(chooseQuote(result.hits[0]!, result, most).text.length).toBeLessThanOrEqual(most)
    }
  })

  test('is drawn from the hit as the search gives it', () => {
    const hints: PassageHint[] = [
      {
        document: 'd',
        key: '第1条',
        passage: '秘书长筹备',
        english: null,
        questions: ['跑腿的是谁', '跑腿谁干'],
      },
    ]
    const engine = makeEngine(
      [makeDocument('d', [`${'科技展览在每年春季举办。'.repeat(12)}会员大会由秘书长筹备。`])],
      { hints },
    )
    const result = engine.search({ question: '跑腿的是谁？' })
    const [hit] = result.hits
    expectProper(hit!.clause.text, chooseQuote(hit!, result))
    expect(chooseQuote(hit!, result).text).toContain('秘书长筹备')
  })
})

describe('locate', () => {
  test.each([
    ['会员 大会\n由主席召集', '大会由主席', [3, 9]],
    ['会员大会', '会员 大会', [0, 4]],
    ['会员大会', '主席', null],
    ['会员大会', '', null],
    ['会员大会', ' \n', null],
    ['', '会', null],
    ['🙂会员', '会', [2, 3]],
  ])('%j holds %j at %j', (text, passage, expected) => {
    expect(locate(text, passage)).toEqual(expected)
  })

  test('finds every passage of a text, whatever its white space', () => {
    fc.assert(
      fc.property(sentence, fc.nat(400), fc.integer({ min: 1, max: 50 }), (text, from, length) => {
        const passage = text.slice(from, from + length)
        fc.pre(/\S/.test(passage))
        const found = locate(text, passage.replace(/(?=\S)/g, ' '))
        expect(text.slice(...found!).replace(/\s/g, '')).toBe(passage.replace(/\s/g, ''))
      }),
    )
  })
})
