import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedTerms, textTerms } from './text-terms.ts'

test('a text is found by words of two characters, by one, by a number and by a name', () => {
  const terms = new Set(textTerms('JY-2026-0007 三号线夹具改为快换式 Quick-change fixtures 泵'))
  for (const query of ['夹具', '快换', '泵', '三号线 夹具', 'jy-2026-0007', 'ＦＩＸＴＵＲＥＳ', '夾具']) {
    expect([query, askedTerms(query).filter((term) => !terms.has(term))]).toEqual([query, []])
  }
  for (const query of ['具夹', '四号线', 'JY-2026-0008']) {
    expect(askedTerms(query).some((term) => !terms.has(term))).toBe(true)
  }
})

test('nothing is looked for where there is no word', () => {
  expect(askedTerms('  …！？ ')).toEqual([])
  expect(askedTerms('%_"\'')).toEqual([])
})

test('every piece of a text finds it, and a term is nothing but letters and digits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const terms = new Set(textTerms(text))
      for (const term of askedTerms(text)) {
        expect(term).toMatch(/^t[0-9a-z]+$/)
        expect(terms.has(term)).toBe(true)
      }
    }),
  )
})
