import fc from 'fast-check'
import { expect, test } from 'vitest'
import { figuresOf } from './figures.ts'

const item = fc.record({
  state: fc.constantFrom('open' as const, 'done' as const, 'dropped' as const),
  percent: fc.integer({ min: 0, max: 100 }),
  ends_on: fc.constantFrom('2026-03-01', '2026-03-02', '2026-12-31'),
  budget: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
})

test('a plan is as far as its items on average; dropped ones do not count', () => {
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const figures = figuresOf(items, '2026-03-02', true)
      const counted = items.filter(({ state }) => state !== 'dropped')
      expect(figures.items + figures.dropped).toBe(items.length)
      expect(figures).toEqual(figuresOf([...items].reverse(), '2026-03-02', true))
      const percents = counted.length === 0 ? [0] : counted.map(({ percent }) => percent)
      expect(figures.percent).toBeGreaterThanOrEqual(Math.min(...percents))
      expect(figures.percent).toBeLessThanOrEqual(Math.max(...percents))
      expect(figures.percent === 100).toBe(percents.every((percent) => percent === 100))
    }),
  )
})

test('an item is late from the day after its last, in a plan that runs', () => {
  const open = { state: 'open' as const, percent: 10, ends_on: '2026-03-01', budget: 12.1 }
  expect(figuresOf([open, { ...open, budget: 0.2 }], '2026-03-02', true)).toMatchObject({
    late: 2,
    budget: 12.3,
  })
  expect(figuresOf([open], '2026-03-01', true).late).toBe(0)
  expect(figuresOf([open], '2026-03-02', false).late).toBe(0)
  expect(figuresOf([{ ...open, state: 'done' }], '2026-03-02', true).late).toBe(0)
})
