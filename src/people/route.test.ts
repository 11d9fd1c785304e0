import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestStore } from '../../test/store/open-test-store.ts'
import type { Store, Trx } from '../store/store.ts'
import { addressOf } from './address.ts'
import { addMembership } from './memberships.ts'
import { createOrganisation } from './organisations.ts'
import { createPerson, linkAccount } from './people.ts'
import type { Role } from './roles.ts'
import { holdsRole, lineOf, mostReceivers, nextStop, type Route, routeOf } from './route.ts'

const today = '2026-03-02'
const now = new Date('2026-03-02T01:00:00Z')

let store: Store
let close: () => Promise<void>
beforeAll(async () => {
  ;({ store, close } = await openTestStore())
})
afterAll(() => close())

/** Where each organisation hangs, and who is what where: numbers count from the first. */
interface House {
  /** Below which earlier organisation; −1: a root. */
  parents: number[]
  people: { organisation: number; role: Role; reachable: boolean; inForce: boolean }[]
}

const anyHouse: fc.Arbitrary<House> = fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }).chain((numbers) =>
  fc.record({
    parents: fc.constant(numbers.map((number, i) => (i === 0 ? -1 : (number % (i + 1)) - 1))),
    people: fc.array(
      fc.record({
        organisation: fc.nat(numbers.length - 1),
        role: fc.constantFrom<Role>('staff', 'cadre', 'liaison', 'instructor', 'leader', 'admin'),
        reachable: fc.boolean(),
        inForce: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  }),
)

/** Builds the house, looks at it, and takes it away again. */
async function within(house: House, look: (trx: Trx, people: string[]) => Promise<void>): Promise<void> {
  const undo = new Error('undo')
  const built = store.transaction(async (trx) => {
    const organisations: string[] = []
    for (const [i, parent] of house.parents.entries()) {
      const given = { name: `单位${i}`, kind: 'branch' as const, parent: organisations[parent] ?? null }
      organisations.push((await createOrganisation(trx, given)).id)
    }
    const people: string[] = []
    for (const [i, { organisation, role, reachable, inForce }] of house.people.entries()) {
      const { id } = await createPerson(trx, { name: `人员${i}` })
      people.push(id)
      const until = inForce ? null : '2026-03-01'
      await addMembership(trx, { person: id, organisation: organisations[organisation]!, role, until })
      // The terminal reaches nobody.
      const platform = reachable ? 'chat' : 'terminal'
      await linkAccount(trx, { platform, installation: '', user: id }, id, now)
    }
    await look(trx, people)
    throw undo
  })
  await expect(built).rejects.toBe(undo)
}

async function expectProper(trx: Trx, route: Route, asker: string | null): Promise<void> {
  const line = await lineOf(trx, route.organisation)
  const reached = []
  for (const person of route.receivers) {
    expect(await holdsRole(trx, person, ['liaison', 'cadre', 'admin'], line, today)).toBe(true)
    reached.push((await addressOf(trx, person)) !== null)
  }
  expect(route.receivers.length).toBeLessThanOrEqual(mostReceivers)
  expect(new Set(route.receivers).size).toBe(route.receivers.length)
  // Those who cannot be reached are asked only where nobody can.
  expect(new Set(reached).size).toBeLessThanOrEqual(1)
  if (route.receivers.length > 1) expect(route.receivers).not.toContain(asker)
}

describe('whatever the house looks like', () => {
  test('somebody on the way to the root gets the question while the root has an administrator', async () => {
    await fc.assert(
      fc.asyncProperty(anyHouse, fc.nat(7), (house, chosen) =>
        within(house, async (trx, people) => {
          const at = chosen % people.length
          const asker = people[at]!
          const route = await routeOf({ db: trx, today }, asker)
          await expectProper(trx, route, asker)
          if (house.people[at]!.inForce) expect(route.organisation).not.toBeNull()
          const root = (await lineOf(trx, route.organisation)).at(-1)!
          const administered = []
          for (const person of people) {
            administered.push(await holdsRole(trx, person, ['admin'], [root], today))
          }
          if (administered.some(Boolean)) expect(route.receivers).not.toEqual([])
        }),
      ),
      { numRuns: 60 },
    )
  })

  test('a guest’s goes to administrators of a root, where there are any', async () => {
    await fc.assert(
      fc.asyncProperty(anyHouse, (house) =>
        within(house, async (trx, people) => {
          const route = await routeOf({ db: trx, today }, null)
          expect(route).toMatchObject({ organisation: null, liesWith: null })
          await expectProper(trx, route, null)
          const roots = await lineOf(trx, null)
          const administrators = []
          for (const person of people) {
            if ((await holdsRole(trx, person, ['admin'], roots, today)) && (await addressOf(trx, person))) {
              administrators.push(person)
            }
          }
          if (administrators.length > 0)
            expect(route.receivers.toSorted()).toEqual(administrators.slice(0, mostReceivers).toSorted())
        }),
      ),
      { numRuns: 60 },
    )
  })

  test('it is passed on to nobody who was asked before or stands beside the line, and comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(anyHouse, fc.nat(7), (house, chosen) =>
        within(house, async (trx, people) => {
          const asker = people[chosen % people.length]!
          const route = await routeOf({ db: trx, today }, asker)
          const already = new Set([asker, ...route.receivers])
          for (let passes = 0; ; passes++) {
            expect(passes).toBeLessThanOrEqual(people.length)
            const next = await nextStop({ db: trx, today }, route.organisation, already)
            if (!next) break
            expect(next.receivers.filter((person) => already.has(person))).toEqual([])
            await expectProper(trx, { ...route, ...next }, null)
            for (const person of next.receivers) already.add(person)
          }
        }),
      ),
      { numRuns: 40 },
    )
  })
})

test('liaisons come before cadres, one’s own before those above, and later ones are for whoever cannot reach them', async () => {
  const house: House = {
    parents: [-1, 0],
    people: [
      { organisation: 1, role: 'staff', reachable: true, inForce: true },
      { organisation: 1, role: 'liaison', reachable: false, inForce: true },
      { organisation: 1, role: 'cadre', reachable: true, inForce: true },
      { organisation: 0, role: 'liaison', reachable: true, inForce: true },
      { organisation: 0, role: 'admin', reachable: true, inForce: true },
    ],
  }
  await within(house, async (trx, [asker, , cadre, above, admin]) => {
    const routing = { db: trx, today }
    const route = await routeOf(routing, asker!)
    expect(route.receivers).toEqual([cadre])
    const seen = new Set(route.receivers)
    for (const expected of [above, admin]) {
      const next = await nextStop(routing, route.organisation, seen)
      expect(next?.receivers).toEqual([expected])
      seen.add(expected!)
    }
    expect(await nextStop(routing, route.organisation, seen)).toBeNull()
    expect((await routeOf(routing, cadre!)).receivers).toEqual([above])
  })
})

test('an administrator who is alone in the house has only themselves to ask', async () => {
  const house: House = {
    parents: [-1],
    people: [{ organisation: 0, role: 'admin', reachable: true, inForce: true }],
  }
  await within(house, async (trx, [admin]) => {
    expect((await routeOf({ db: trx, today }, admin!)).receivers).toEqual([admin])
  })
})
