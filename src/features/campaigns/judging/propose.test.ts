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
