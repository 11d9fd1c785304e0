import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AwardKind } from '../award-kind.ts'
import { type HonouredEntry, proposeAwards } from './propose.ts'
import { rankEntries } from './ranking.ts'

const entry = (id: string, score: number | null, more: Partial<HonouredEntry> = {}): HonouredEntry => ({
  ...{ submission: id, score, benefit: null, criteria: [], enteredAt: '2026-03-01', author: id, unit: 'u' },
  ...more,
})
const kind = (given: Partial<AwardKind>): AwardKind => ({
  ...{ name: 'best', title: { 'zh-CN': '奖', en: 'Award' }, for: 'entry', places: 2, by: 'score' },
  ...given,
})
const propose = (all: HonouredEntry[], given: Partial<AwardKind>) =>
  proposeAwards([kind(given)], rankEntries(all, 'shared'), all)

test('entries are proposed by their rank, and equals at the last place are left to people', () => {
  const all = [entry('a', 90_000), entry('b', 80_000), entry('c', 80_000), entry('d', null)]
  const two = propose(all, {})
  expect(two.proposals.map(({ submission, place }) => [submission, place])).toEqual([['a', 1]])
  expect(two.cut).toEqual(['best'])
  expect(propose(all, { places: 3 })).toMatchObject({
    proposals: [{ place: 1 }, { place: 2 }, { place: 2 }],
    cut: [],
  })
})

test('units are proposed by their points, persons by the number of entries or their benefit', () => {
  const all = [
    entry('a', 90_000, { unit: 'x', author: 'p', benefit: 10 }),
    entry('b', 50_000, { unit: 'y', author: 'p' }),
    entry('c', 60_000, { unit: 'y', author: 'q', benefit: 30 }),
    entry('d', null, { unit: null, author: null }),
  ]
  expect(propose(all, { for: 'organisation' }).proposals).toMatchObject([
    { organisation: 'y', value: 110_000, place: 1 },
    { organisation: 'x', value: 90_000, place: 2 },
  ])
  expect(propose(all, { for: 'person', by: 'number', places: 1 }).proposals).toMatchObject([
    { person: 'p', value: 2, submission: null },
  ])
  expect(propose(all, { for: 'person', by: 'benefit', places: 1 }).proposals).toMatchObject([
    { person: 'q', value: 30 },
  ])
  expect(propose(all, { for: 'entry', by: 'benefit' }).proposals).toMatchObject([
    { submission: 'c' },
    { submission: 'a' },
  ])
  expect(propose(all, { for: 'person', by: 'chosen' }).proposals).toEqual([])
})

test('who is below the floor, beyond the share, or no team is not proposed', () => {
  const all = [
    entry('a', 90_000, { people: 1 }),
    entry('b', 80_000, { people: 3 }),
    entry('c', 70_000, { people: 2 }),
    entry('d', 50_000, { people: 2 }),
  ]
  const best = (given: Partial<AwardKind>) =>
    propose(all, { places: 10, ...given }).proposals.map((one) => [one.submission, one.place])
  expect(best({ leastPoints: 60 })).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ])
  expect(best({ leastPeople: 2, leastPoints: 60 })).toEqual([
    ['b', 1],
    ['c', 2],
  ])
  expect(best({ mostShare: 50 })).toEqual([
    ['a', 1],
    ['b', 2],
  ])
  const prize = (name: string) => kind({ name, places: 1, ladder: 'prizes' })
  const prizes = proposeAwards([prize('first'), prize('second')], rankEntries(all, 'shared'), all)
  expect(prizes.proposals.map((one) => [one.award, one.submission])).toEqual([
    ['first', 'a'],
    ['second', 'b'],
  ])
  // One may always be honoured, however few take part.
  expect(best({ mostShare: 10 })).toEqual([['a', 1]])
  // What is below the floor adds nothing to anybody's sum.
  expect(propose(all, { for: 'organisation', leastPoints: 60 }).proposals).toMatchObject([
    { organisation: 'u', value: 240_000 },
  ])
})

test('whom the organiser honoured is not proposed again, and takes a place', () => {
  const all = [entry('a', 90_000), entry('b', 80_000), entry('c', 70_000, { unit: 'v' })]
  const hand = { award: 'best', submission: 'a', organisation: null, person: null }
  const given = (kinds: AwardKind[], byHand: Parameters<typeof proposeAwards>[4]) =>
    proposeAwards(kinds, rankEntries(all, 'shared'), all, 100, byHand).proposals.map((one) => [
      one.award,
      one.submission ?? one.organisation,
      one.place,
    ])
  expect(given([kind({})], [hand])).toEqual([['best', 'b', 1]])
  expect(given([kind({ by: 'benefit', places: 1 })], [hand])).toEqual([])
  // A lower prize by hand is a prize of the same ladder.
  const prize = (name: string) => kind({ name, places: 1, ladder: 'prizes' })
  expect(given([prize('first'), prize('best')], [hand])).toEqual([['first', 'b', 1]])
  const unit = { ...hand, submission: null, organisation: 'u' }
  expect(given([kind({ for: 'organisation' })], [unit])).toEqual([['best', 'v', 1]])
})

test('whatever the floor and the share, nobody below or beyond them is proposed', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 30 })
  const share = fc.integer({ min: 1, max: 100 })
  fc.assert(
    fc.property(scores, fc.integer({ min: 0, max: 100 }), share, (points, leastPoints, mostShare) => {
      const all = points.map((score, at) => entry(`e${at}`, score))
      const { proposals } = propose(all, { places: 500, leastPoints, mostShare })
      expect(proposals.length).toBeLessThanOrEqual(Math.max(1, (all.length * mostShare) / 100))
      for (const { value } of proposals) expect(value).toBeGreaterThanOrEqual(leastPoints * 1000)
    }),
  )
})
