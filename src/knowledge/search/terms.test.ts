import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalise } from './normalise.ts'
import { bigram, isUnigram, stem, termsOf, unigram, word } from './terms.ts'

const han = fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCharCode(code))
const latin = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789éß𠀀'),
  minLength: 1,
})

/** Words lie between 0xd8000000 and 0xe0000000, where no Han character begins a pair. */
const kindOf = (term: number) =>
  isUnigram(term) ? 'character' : term >= 0xd8000000 && term < 0xe0000000 ? 'word' : 'pair'

describe('a term', () => {
  test('is a 32-bit number that tells which kind it is', () => {
    fc.assert(
      fc.property(han, han, latin, (first, second, letters) => {
        const terms = [unigram(first), bigram(first + second), word(letters)]
        expect(terms.map(kindOf)).toEqual(['character', 'pair', 'word'])
        for (const term of terms) expect(term).toBe(term >>> 0)
      }),
    )
  })

  test('of Han characters gives back its text, so that no two of them collide', () => {
    fc.assert(
      fc.property(han, han, (first, second) => {
        expect(String.fromCharCode(unigram(first))).toBe(first)
        const pair = bigram(first + second)
        expect(String.fromCharCode(pair >>> 16, pair & 0xffff)).toBe(first + second)
      }),
    )
  })
})

describe('termsOf', () => {
  test('reads characters, pairs and words in their order', () => {
    expect(termsOf('科协app')).toEqual([unigram('科'), bigram('科协'), unigram('协'), word('app')])
  })

  test('makes no pair over a space, nor over a word', () => {
    expect(termsOf('科 协')).toEqual([unigram('科'), unigram('协')])
    expect(termsOf('科5协')).toEqual([unigram('科'), word('5'), unigram('协')])
  })

  test('keeps a character beyond the basic block as a word of its own', () => {
    expect(termsOf('科𠮷协')).toEqual([unigram('科'), word('𠮷'), unigram('协')])
  })

  test('gives as many terms as there are characters, neighbours and words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const normalised = normalise(text)
        const terms = termsOf(normalised)
        const characters = normalised.match(/[\u4e00-\u9fff]/g)?.length ?? 0
        const pairs = normalised.match(/[\u4e00-\u9fff](?=[\u4e00-\u9fff])/g)?.length ?? 0
        const words = normalised.match(/[^ \u4e00-\u9fff]+/g)?.length ?? 0
        const count = (kind: string) => terms.filter((term) => kindOf(term) === kind).length
        expect([count('character'), count('pair'), count('word')]).toEqual([characters, pairs, words])
      }),
    )
  })
})

describe('stem', () => {
  test.each([
    ['enterprise', 'enterprises'],
    ['company', 'companies'],
    ['found', 'founded', 'founding', 'founds', 'founder', 'founders'],
    ['park', 'parks'],
    ['engineer', 'engineers'],
    ['provide', 'provides', 'provided', 'providing'],
  ])('brings the forms of %s together', (base, ...forms) => {
    for (const form of forms) expect(stem(form), form).toBe(stem(base))
  })

  test.each(['class', 'status', 'basis', 'the', 'as', '100', 'r2d2', '科协'])(
    'leaves %s as it is',
    (text) => {
      expect(stem(text)).toBe(text)
    },
  )

  test('keeps at least three letters, and keeps the beginning of a word', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,12}$/), (text) => {
        const short = stem(text)
        expect(short.length).toBeGreaterThanOrEqual(3)
        expect(text.startsWith(short.replace(/y$/, ''))).toBe(true)
      }),
    )
  })
})
