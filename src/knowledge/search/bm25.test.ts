import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addBm25, documentFrequency, viewOf } from './bm25.ts'
import { buildPostings, findTerm } from './inverted-index.ts'
import type { Term } from './terms.ts'

const settings = { k1: 1.2, b: 0.75 }
// Few terms, so that they meet; among them the ends of the range, where signs could go wrong.
const term = fc.constantFrom<Term>(1, 2, 3, 0x4e00, 0x9fff, 0x4e004e00, 0x9fff9fff, 0xd8000000, 0xdfffffff)
const unit = fc.array(term, { maxLength: 12 })
const corpus = fc.array(fc.record({ unit, visible: fc.boolean() }), { maxLength: 8 })
const query = fc.array(fc.tuple(term, fc.double({ min: 0.1, max: 2, noNaN: true })), { maxLength: 6 })

/** BM25 as the textbooks write it, unit by unit. */
function naive(units: readonly Term[][], asked: ReadonlyMap<Term, number>): number[] {
  const { k1, b } = settings
  const average = units.reduce((sum, list) => sum + list.length, 0) / units.length
  return units.map((list) => {
    let score = 0
    for (const [wanted, weight] of asked) {
      const count = list.filter((candidate) => candidate === wanted).length
      const having = units.filter((other) => other.includes(wanted)).length
      const idf = Math.log(1 + (units.length - having + 0.5) / (having + 0.5))
      if (count > 0) {
        score += (weight * idf * count * (k1 + 1)) / (count + k1 * (1 - b + (b * list.length) / average))
      }
    }
    return score
  })
}

function scored(units: readonly Term[][], asked: ReadonlyMap<Term, number>, mask: Uint8Array | null) {
  const postings = buildPostings(units)
  const scores = new Float32Array(units.length)
  addBm25(postings, asked, viewOf(postings, mask), settings, scores)
  return scores
}

describe('addBm25', () => {
  test('gives what the formula gives', () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 8 }), query, (units, words) => {
        const asked = new Map(words)
        const scores = scored(units, asked, null)
        naive(units, asked).forEach((score, i) => {
          expect(scores[i]).toBeCloseTo(score, 4)
        })
      }),
    )
  })

  test('behind a mask gives exactly what an index of the visible units gives, and nothing to the others', () => {
    fc.assert(
      fc.property(corpus, query, (all, words) => {
        const asked = new Map(words)
        const mask = Uint8Array.from(all, ({ visible }) => Number(visible))
        const masked = scored(
          all.map((entry) => entry.unit),
          asked,
          mask,
        )
        const visible = all.filter((entry) => entry.visible).map((entry) => entry.unit)
        expect([...masked].filter((_, i) => mask[i])).toEqual([...scored(visible, asked, null)])
        expect([...masked].filter((_, i) => !mask[i]).every((score) => score === 0)).toBe(true)
      }),
    )
  })

  test('adds to the scores that are there', () => {
    const postings = buildPostings([[1], [2]])
    const scores = new Float32Array([10, 10])
    addBm25(postings, new Map([[1, 1]]), viewOf(postings, null), settings, scores)
    expect(scores[0]).toBeGreaterThan(10)
    expect(scores[1]).toBe(10)
  })

  test('counts no more than 255 repeats, and does not wrap round at 256', () => {
    const repeats = (times: number): Term[] => Array<Term>(times).fill(7)
    const postings = buildPostings([repeats(255), repeats(256), repeats(600)])
    expect([...postings.counts]).toEqual([255, 255, 255])
    expect([...postings.lengths]).toEqual([255, 256, 600])
  })
})

test('documentFrequency counts visible units alone', () => {
  fc.assert(
    fc.property(corpus, term, (all, wanted) => {
      const postings = buildPostings(all.map((entry) => entry.unit))
      const mask = Uint8Array.from(all, ({ visible }) => Number(visible))
      const having = all.filter((entry) => entry.visible && entry.unit.includes(wanted))
      expect(documentFrequency(postings, wanted, viewOf(postings, mask))).toBe(having.length)
    }),
  )
})

test('viewOf knows number and mean length of the visible units', () => {
  const postings = buildPostings([[1, 2, 3], [1], [], [1, 1, 1, 1, 1]])
  expect(viewOf(postings, null)).toEqual({ mask: null, units: 4, averageLength: 9 / 4 })
  const mask = Uint8Array.of(1, 0, 0, 1)
  expect(viewOf(postings, mask)).toEqual({ mask, units: 2, averageLength: 4 })
  expect(viewOf(postings, Uint8Array.of(0, 0, 0, 0))).toMatchObject({ units: 0, averageLength: 1 })
})

describe('the inverted index', () => {
  test('has each unit under each of its terms, terms and units ascending', () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 8 }), (units) => {
        const { terms, starts, units: numbers, counts } = buildPostings(units)
        expect([...terms]).toEqual([...new Set(units.flat())].sort((a, b) => a - b))
        const found = [...terms].map((value, i) => ({
          value,
          rows: [...numbers.slice(starts[i], starts[i + 1])].map((number, k) => [
            number,
            counts[starts[i]! + k],
          ]),
        }))
        const expected = [...terms].map((value) => ({
          value,
          rows: units.flatMap((list, number) => {
            const count = list.filter((other) => other === value).length
            return count > 0 ? [[number, count]] : []
          }),
        }))
        expect(found).toEqual(expected)
      }),
    )
  })

  test('findTerm finds each term where it stands, and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 0xffffffff })), fc.nat(), (values, other) => {
        const terms = Uint32Array.from(values).sort()
        expect([...terms].map((value) => findTerm(terms, value))).toEqual([...terms.keys()])
        expect(findTerm(terms, other)).toBe(terms.indexOf(other))
      }),
    )
  })
})
