import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fewest, house, type Node, ownOf, Suppression } from './suppress.ts'

const tree: Node[] = [
  { id: 'group', parent: null },
  { id: 'a', parent: 'group' },
  { id: 'b', parent: 'group' },
]
const months = ['2026-01', '2026-02', '2026-04']

function counted(cells: Record<string, number>): Suppression {
  const counts = new Map<string, Map<string, number>>()
  for (const [key, count] of Object.entries(cells)) {
    const [organisation = '', month = ''] = key.split(' ')
    counts.set(organisation, (counts.get(organisation) ?? new Map()).set(month, count))
  }
  return new Suppression(tree, counts)
}

test('a total is shown from five on, and nothing below five', () => {
  expect(counted({ 'a 2026-01': 4 }).shown(house, '2026')).toBeNull()
  expect(counted({ 'a 2026-01': 5 }).shown(house, '2026')).toBe(5)
  expect(counted({}).shown('a', '2026-01')).toBe(0)
})

test('a small unit hides its siblings, else it could be worked out from their sum', () => {
  const figures = counted({ 'a 2026-01': 6, 'b 2026-01': 2 })
  expect(figures.shown('group', '2026')).toBe(8)
  for (const node of ['a', 'b', ownOf('group')]) expect(figures.shown(node, '2026')).toBeNull()
})

test('a small month hides the other months of its quarter, and of all units', () => {
  const figures = counted({ 'a 2026-01': 6, 'a 2026-02': 1, 'b 2026-01': 9 })
  expect(figures.shown('a', '2026-Q1')).toBe(7)
  expect(figures.shown('group', '2026-01')).toBeNull()
  expect(figures.shown('b', '2026-01')).toBeNull()
})

test('an organisation that is unknown is an error, not a zero', () => {
  expect(() => counted({}).shown('elsewhere', '2026')).toThrow('elsewhere')
})

const cells = ['group', 'a', 'b'].flatMap((unit) => months.map((month) => `${unit} ${month}`))
const nodes = [house, 'group', 'a', 'b', ownOf('group'), ownOf(house)]
const times = ['2026', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4', ...months, '2026-03']

const view = (figures: Suppression) =>
  JSON.stringify(nodes.map((node) => times.map((time) => figures.shown(node, time))))

const anyCells = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9 })), {
    minLength: cells.length,
    maxLength: cells.length,
  })
  .map((counts) => Object.fromEntries(cells.map((cell, i) => [cell, counts[i]!])))

test('no count from one to four is ever shown', () => {
  fc.assert(
    fc.property(anyCells, (given) => {
      const figures = counted(given)
      for (const node of nodes) {
        for (const time of times) {
          const shown = figures.shown(node, time)
          expect(shown === null || shown === 0 || shown >= fewest).toBe(true)
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('parts that are shown add up to what is shown of the whole', () => {
  fc.assert(
    fc.property(anyCells, (given) => {
      const figures = counted(given)
      for (const time of times) {
        const parts = ['a', 'b', ownOf('group')].map((node) => figures.shown(node, time))
        if (parts.includes(null)) expect(parts).toEqual([null, null, null])
        else expect(parts.reduce((sum, part) => sum! + part!, 0)).toBe(figures.shown('group', time))
      }
    }),
    { numRuns: 300 },
  )
})

test('what is hidden cannot be worked out: other counts give the very same view', () => {
  // Two units, two months of a quarter, and every world of up to so many records: the total is shown, so that those
  // which look the same are all among them.
  const worlds = new Map<string, number[][]>()
  const small = ['a 2026-01', 'a 2026-02', 'b 2026-01', 'b 2026-02']
  const most = 18
  const worldOf = (counts: number[]) =>
    counted(Object.fromEntries(small.map((cell, i) => [cell, counts[i]!])))
  for (let world = 0; world < (most + 1) ** 4; world++) {
    const counts = small.map((_, i) => Math.floor(world / (most + 1) ** i) % (most + 1))
    if (counts.reduce((sum, count) => sum + count, 0) > most) continue
    const seen = view(worldOf(counts))
    const alike = worlds.get(seen)
    if (alike) alike.push(counts)
    else worlds.set(seen, [counts])
  }
  expect(worlds.size).toBeGreaterThan(50)
  for (const [seen, alike] of worlds) {
    small.forEach((cell, i) => {
      const [unit = '', month = ''] = cell.split(' ')
      if (worldOf(alike[0]!).shown(unit, month) !== null) return
      if (!alike.some((counts) => counts[i]! > 0 && counts[i]! < fewest)) return
      // Whoever sees the view knows at the most that a small count is one of several.
      expect(new Set(alike.map((counts) => counts[i])).size, `${cell} of ${seen}`).toBeGreaterThan(1)
    })
  }
})
