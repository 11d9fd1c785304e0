import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Edit, gatherEdits } from './gather-edits.ts'

type Goal = number | null

/** History as it is written when an item's target takes these values one after another. */
function historyOf(item: string, targets: readonly Goal[]): Edit[] {
  return targets.slice(1).flatMap((next, i): Edit[] => {
    const before = targets[i]!
    if (before === next) return []
    return [
      {
        what: 'item-changed',
        item,
        data: JSON.stringify({ goal: item, changes: { target: [before, next] } }),
      },
    ]
  })
}

test('of many changes the first and the last value are told, and nothing where they are the same', () => {
  const values = fc.array(fc.option(fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(values, values, (one, other) => {
      const told = gatherEdits([...historyOf('a', one), ...historyOf('b', other)])
      const expected = [
        { item: 'a', first: one[0], last: one.at(-1) },
        { item: 'b', first: other[0], last: other.at(-1) },
      ].filter(({ first, last }) => first !== last)
      expect(told.map(({ item, data }) => [item, JSON.parse(data).changes.target])).toEqual(
        expected.map(({ item, first, last }) => [item, [first, last]]),
      )
    }),
  )
})

test('an item that is new is told by its last name; one that came and went is not told', () => {
  const added = { what: 'item-added', item: 'a', data: '{"goal":"x"}' }
  const renamed = { what: 'item-changed', item: 'a', data: '{"goal":"y","changes":{"goal":["x","y"]}}' }
  const dropped = { what: 'item-dropped', item: 'a', data: '{"goal":"y","reason":"z"}' }
  expect(gatherEdits([added, renamed])).toEqual([{ ...added, data: '{"goal":"y"}' }])
  expect(gatherEdits([added, renamed, dropped])).toEqual([])
  expect(gatherEdits([renamed, dropped])).toEqual([dropped])
})
