import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PlainError } from '../../src/messages/plain-error.ts'
import {
  ancestorsOf,
  createOrganisation,
  descendantsOf,
  findOrganisation,
  listOrganisations,
  moveOrganisation,
} from '../../src/people/organisations.ts'
import type { Store } from '../../src/store/store.ts'
import { describeEachDatabase } from '../store/each-database.ts'

/** The key of the message that a refusal carries, or `done`. */
async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof PlainError) return error.key
    throw error
  }
}

function add(store: Store, name: string, parent: string | null = null) {
  return store.transaction((trx) => createOrganisation(trx, { name, kind: 'branch', parent }))
}

const names = ['甲', '乙', '丙']
const step = fc.oneof(
  fc.record({
    type: fc.constant('add' as const),
    name: fc.constantFrom(...names),
    parent: fc.nat({ max: 9 }),
  }),
  fc.record({ type: fc.constant('move' as const), which: fc.nat({ max: 9 }), parent: fc.nat({ max: 9 }) }),
)

/** The same tree in memory, as simply as it can be said. */
class ModelTree {
  readonly nodes: { id: string; name: string; parent: string | null }[] = []

  above(id: string | null): string[] {
    const parent = this.nodes.find((node) => node.id === id)?.parent ?? null
    return parent === null ? [] : [parent, ...this.above(parent)]
  }

  below(id: string): string[] {
    return this.nodes.filter((node) => this.above(node.id).includes(id)).map((node) => node.id)
  }

  isTaken(name: string, parent: string | null, except?: string): boolean {
    return this.nodes.some((node) => node.name === name && node.parent === parent && node.id !== except)
  }

  /** Number `n` counts from 1; 0, or beyond what there is, means no organisation. */
  at(n: number) {
    return this.nodes[n - 1] ?? null
  }
}

describeEachDatabase('the tree of organisations', (open) => {
  test('stays a tree whatever is added and moved, and knows what stands above and below', async () => {
    const { store } = await open()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        await store.transaction((trx) => trx.deleteFrom('organisation').execute())
        const model = new ModelTree()
        for (const one of steps) {
          const parent = model.at(one.parent)?.id ?? null
          if (one.type === 'add') {
            const taken = model.isTaken(one.name, parent)
            const result = await outcomeOf(
              add(store, one.name, parent).then(({ id }) => model.nodes.push({ id, name: one.name, parent })),
            )
            expect(result).toBe(taken ? 'people:organisation.name-taken' : 'done')
          } else {
            const node = model.at(one.which)
            if (!node) continue
            const circle = parent === node.id || model.above(parent).includes(node.id)
            const taken = model.isTaken(node.name, parent, node.id)
            const result = await outcomeOf(store.transaction((trx) => moveOrganisation(trx, node.id, parent)))
            const expected = circle ? 'cycle' : taken ? 'name-taken' : null
            expect(result).toBe(expected ? `people:organisation.${expected}` : 'done')
            if (!expected) node.parent = parent
          }
        }
        const listed = await listOrganisations(store.db)
        expect(listed.map(({ id }) => id).sort()).toEqual(model.nodes.map(({ id }) => id).sort())
        for (const { id, path, depth } of listed) {
          const above = model.above(id)
          expect((await ancestorsOf(store.db, id)).map((one) => one.id)).toEqual(above)
          expect((await descendantsOf(store.db, id)).map((one) => one.id).sort()).toEqual(
            model.below(id).sort(),
          )
          expect(depth).toBe(above.length)
          expect((await findOrganisation(store.db, path)).id).toBe(id)
        }
      }),
      { numRuns: 12 },
    )
  })

  test('two that move below each other at once make no circle', async () => {
    const { store } = await open()
    const [one, two] = [await add(store, '甲'), await add(store, '乙')]
    const results = await Promise.all([
      outcomeOf(store.transaction((trx) => moveOrganisation(trx, one.id, two.id))),
      outcomeOf(store.transaction((trx) => moveOrganisation(trx, two.id, one.id))),
    ])
    expect(results.sort()).toEqual(['done', 'people:organisation.cycle'])
    expect((await listOrganisations(store.db)).map(({ depth }) => depth)).toEqual([0, 1])
  })

  test('two of one name at once: the second is refused, among the roots too', async () => {
    const { store } = await open()
    const results = await Promise.all([outcomeOf(add(store, '甲')), outcomeOf(add(store, '甲'))])
    expect(results.sort()).toEqual(['done', 'people:organisation.name-taken'])
  })

  test('a name that two have is found by path only', async () => {
    const { store } = await open()
    const [east, west] = [await add(store, '东区'), await add(store, '西区')]
    const office = await add(store, '办公室', east.id)
    await add(store, '办公室', west.id)
    expect(await outcomeOf(findOrganisation(store.db, '办公室'))).toBe('people:organisation.ambiguous')
    expect((await findOrganisation(store.db, '东区/办公室')).id).toBe(office.id)
    expect((await findOrganisation(store.db, ' 西区 ')).id).toBe(west.id)
    expect(await outcomeOf(findOrganisation(store.db, '南区'))).toBe('people:organisation.unknown')
  })

  test.each(['', '  ', '甲/乙', '甲\u0000', '长'.repeat(61)])('%j is no name', async (name) => {
    const { store } = await open()
    expect(await outcomeOf(add(store, name))).toMatch(/name-invalid$/)
  })
})
