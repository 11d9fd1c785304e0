import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placesOf, type StandingRow, unitsOf } from './standing.ts'

/** A tree: each organisation below an earlier one, or a root. */
const trees = fc.array(fc.nat(), { minLength: 1, maxLength: 20 }).map((seeds) =>
  seeds.map((seed, at) => ({
    ...{ id: `o${at}`, name: `单位${at}`, kind: 'branch' as const, path: '' },
    parent: at === 0 || seed % 4 === 0 ? null : `o${seed % at}`,
  })),
)

test('each organisation that takes part counts in one unit, and no other in any', () => {
  fc.assert(
    fc.property(trees, fc.array(fc.nat(19), { minLength: 1, maxLength: 5 }), (tree, chosen) => {
      const taking = [...new Set(chosen.map((at) => `o${at % tree.length}`))]
      const parents = new Map(tree.map(({ id, parent }) => [id, parent]))
      const takesPart = (id: string): boolean => {
        const parent = parents.get(id) ?? null
        return taking.includes(id) || (parent !== null && takesPart(parent))
      }
      const organisations = tree as unknown as Parameters<typeof unitsOf>[0]
      const counted = unitsOf(organisations, taking).flatMap(({ within }) => [...within])
      const wanted = tree.map(({ id }) => id).filter(takesPart)
      expect(counted.toSorted()).toEqual(wanted.toSorted())
    }),
  )
})

test('equal rows share a place, and the next place is left out', () => {
  const rows = [5, 3, 3, 1].map(
    (number, at): StandingRow => ({
      ...{ id: String(at), name: '', own: false, number, adopted: 0, benefit: 0, heads: 1, perHead: number },
    }),
  )
  expect(placesOf(rows, 'number')).toEqual([1, 2, 2, 4])
  expect(placesOf(rows, 'adopted')).toEqual([1, 1, 1, 1])
})
