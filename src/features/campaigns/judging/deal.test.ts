import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blindCode, coverNames, namesIn } from './blind.ts'
import { dealOut } from './deal.ts'

const reviewersOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    ...{ person: `r${at}`, branches: new Set([`b${at % 3}`]), load: 0 },
  }))

test('entries are dealt out evenly, the same in whatever order they come', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 1, max: 30 }), (count, many) => {
      const entries = Array.from({ length: many }, (_, at) => ({
        ...{ id: `e${at}`, people: new Set<string>(), branch: null, barred: new Set<string>(), wanted: 3 },
      }))
      const dealt = dealOut(entries, reviewersOf(count))
      expect(dealt.short).toEqual([])
      const loads = reviewersOf(count).map(
        ({ person }) => dealt.asks.filter(({ reviewer }) => reviewer === person).length,
      )
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1)
      expect(new Set(dealt.asks.map(({ entry, reviewer }) => `${entry} ${reviewer}`)).size).toBe(3 * many)
      expect(dealOut(entries.toReversed(), reviewersOf(count).toReversed())).toEqual(dealt)
    }),
    { numRuns: 40 },
  )
})

test('nobody gets their own, and of their own branch only what nobody else can take', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 })), { maxLength: 20 }),
      (given) => {
        const entries = given.map(([author, branch], at) => ({
          ...{ id: `e${at}`, people: new Set([`r${author}`]), branch: `b${branch}`, wanted: 5 },
          barred: new Set(at % 4 === 0 ? ['r1'] : []),
        }))
        const reviewers = reviewersOf(6)
        const { asks, short } = dealOut(entries, reviewers)
        for (const { id, people, branch, barred } of entries) {
          const got = asks.filter(({ entry }) => entry === id).map(({ reviewer }) => reviewer)
          for (const one of got) expect(people.has(one) || barred.has(one)).toBe(false)
          const strangers = reviewers.filter(
            (one) => !one.branches.has(branch) && !people.has(one.person) && !barred.has(one.person),
          )
          for (const { person } of strangers) expect(got).toContain(person)
          const missing = short.find(({ entry }) => entry === id)?.missing ?? 0
          expect(got.length + missing).toBe(5)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('names are found in a text and covered, the longer before what it holds', () => {
  const names = ['张三', '一分公司', '第一分公司', '甲']
  expect(namesIn('第一分公司张三与甲班', names)).toEqual(['第一分公司', '一分公司', '张三'])
  expect(coverNames('第一分公司张三与甲班', names)).toBe('■■■■与甲班')
  expect(blindCode('c', 's')).toMatch(/^[0-9A-F]{6}$/)
  expect(blindCode('c', 's')).not.toBe(blindCode('d', 's'))
})
