import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  figuresByRegion,
  type Gap,
  gapsOf,
  isCovered,
  type Point,
} from '../../src/features/liaison/coverage.ts'
import { addDays } from '../../src/timers/calendar/day.ts'

const today = '2026-06-30'
const rules = { 'unvisited-days': 90 }
const daysAgo = fc.integer({ min: 0, max: 400 })

const holder = fc.record({
  role: fc.constantFrom('instructor' as const, 'liaison' as const, 'contact' as const),
  hasLeft: fc.boolean(),
  began: daysAgo,
})

/** A point with assignments and visits at random, and the same in days. */
const points = fc
  .record({
    hasAssociation: fc.boolean(),
    holders: fc.array(holder, { maxLength: 3 }),
    visits: fc.array(daysAgo, { maxLength: 3 }),
    overdue: fc.integer({ min: 0, max: 2 }),
    region: fc.constantFrom('', '东区', '西区'),
  })
  .map((made) => {
    const days = made.visits.map((ago) => addDays(today, -ago)).toSorted()
    const point: Point = {
      ...{ organisation: 'o', name: 'o', path: 'o', isPark: false, region: made.region },
      needed: made.hasAssociation ? ['contact'] : ['instructor', 'liaison'],
      holders: made.holders.map(({ role, hasLeft, began }) => ({
        ...{ id: 'h', role, person: 'p', name: role, hasLeft, since: addDays(today, -began) },
      })),
      lastVisit: days.at(-1) ?? null,
      promises: { open: made.overdue, kept: 1, overdue: made.overdue },
    }
    return { ...made, point }
  })

const has = (gaps: readonly Gap[], type: Gap['type']) => gaps.some((gap) => gap.type === type)

test('gaps are those of a plain model', () => {
  fc.assert(
    fc.property(points, ({ point, hasAssociation, holders, visits, overdue }) => {
      const gaps = gapsOf(point, today, rules)
      const needed = hasAssociation ? ['contact'] : ['instructor', 'liaison']
      const own = holders.filter(({ role }) => needed.includes(role))
      const isEmpty = needed.filter((role) => !own.some((one) => one.role === role))
      expect(gaps.flatMap((gap) => (gap.type === 'nobody' ? gap.roles : []))).toEqual(isEmpty)
      expect(gaps.filter(({ type }) => type === 'left')).toHaveLength(
        own.filter(({ hasLeft }) => hasLeft).length,
      )
      // Counted from the last visit, else from the first of those who are there.
      const staying = own.filter(({ hasLeft }) => !hasLeft).map(({ began }) => began)
      const ago = visits.length > 0 ? Math.min(...visits) : Math.max(-1, ...staying)
      expect(has(gaps, 'unvisited')).toBe(ago > 90)
      expect(has(gaps, 'overdue')).toBe(overdue > 0)
      expect(isCovered(point)).toBe(
        needed.every((role) => own.some((one) => one.role === role && !one.hasLeft)),
      )
    }),
  )
})

test('figures of regions add up to those of all, and what is not known stands last', () => {
  fc.assert(
    fc.property(fc.array(points, { maxLength: 12 }), (made) => {
      const all = made.map(({ point }) => point)
      const regions = figuresByRegion(all, today, rules)
      expect(regions.reduce((sum, one) => sum + one.points, 0)).toBe(all.length)
      expect(regions.reduce((sum, one) => sum + one.covered, 0)).toBe(all.filter(isCovered).length)
      expect(regions.every(({ points: count, visited, kept }) => visited <= count && kept === count)).toBe(
        true,
      )
      const names = regions.map(({ region }) => region)
      expect(names).toEqual(['东区', '西区', ''].filter((name) => all.some(({ region }) => region === name)))
    }),
  )
})
