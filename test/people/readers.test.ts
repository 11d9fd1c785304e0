import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guest, isVisibleTo } from '../../src/knowledge/clause.ts'
import { dayInChina } from '../../src/knowledge/library/day.ts'
import { parseVisibleTo } from '../../src/knowledge/library/visible-to.ts'
import { actorOf, placeOf, placesOfPerson } from '../../src/people/actor.ts'
import { can } from '../../src/people/can.ts'
import { bindChat } from '../../src/people/chats.ts'
import { addMembership, endMembership, isInForce, membershipsInForce } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { readerOf, readersOfConversation } from '../../src/people/readers.ts'
import type { Store } from '../../src/store/store.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const today = '2026-03-01'
const account = { platform: 'feishu', installation: 't', user: 'on_1' }
const conversation = { platform: 'feishu', installation: 't', chat: 'oc_1', thread: '' }

const dayNumber = fc.integer({ min: 0, max: 40 })
const dayOf = (n: number) => new Date(Date.UTC(2026, 1, 10 + n)).toISOString().slice(0, 10)

test('a membership holds from its first day to its last, both included', () => {
  fc.assert(
    fc.property(fc.option(dayNumber), fc.option(dayNumber), dayNumber, (from, until, day) => {
      const membership = {
        from: from === null ? null : dayOf(from),
        until: until === null ? null : dayOf(until),
      }
      const expected = (from ?? -1) <= day && day <= (until ?? 99)
      expect(isInForce(membership, dayOf(day))).toBe(expected)
    }),
  )
})

/** A group with a branch and its office, another branch with an office of the same name, and a person. */
async function makeHouse(store: Store) {
  return store.transaction(async (trx) => {
    const add = async (name: string, parent: string | null = null) =>
      (await createOrganisation(trx, { name, kind: 'branch', parent })).id
    const group = await add('华建集团')
    const east = await add('东区公司', group)
    const west = await add('西区公司', group)
    const [eastOffice, westOffice] = [await add('办公室', east), await add('办公室', west)]
    const { id: person } = await createPerson(trx, { name: '张三' })
    await linkAccount(trx, account, person, new Date('2026-01-01T00:00:00Z'))
    return { group, east, west, eastOffice, westOffice, person }
  })
}

describeEachDatabase('a reader', (open) => {
  test('sees what is for their organisation, those above it, and their roles; a guest what is open', async () => {
    const { store } = await open()
    const { eastOffice, person } = await makeHouse(store)
    const sees = async (visibleTo: string, who: Parameters<typeof readerOf>[1] = account) =>
      isVisibleTo(parseVisibleTo(visibleTo), [await readerOf(store.db, who, today)])
    expect(await readerOf(store.db, account, today)).toEqual(guest)
    await store.transaction((trx) => addMembership(trx, { person, organisation: eastOffice, role: 'cadre' }))
    expect(await sees('org:华建集团')).toBe(true)
    expect(await sees('org:东区公司')).toBe(true)
    expect(await sees('org:华建集团/东区公司/办公室')).toBe(true)
    expect(await sees(`org:${eastOffice}`, person)).toBe(true)
    expect(await sees('role:cadre')).toBe(true)
    expect(await sees('role:liaison,org:西区公司')).toBe(false)
    // Two have this name: it lets nobody in, rather than the wrong ones.
    expect(await sees('org:办公室')).toBe(false)
    expect(await sees('org:华建集团', { ...account, user: 'on_2' })).toBe(false)
    expect(await sees('all', { ...account, user: 'on_2' })).toBe(true)
  })

  test('of a root does not read what is for another of its name', async () => {
    const { store } = await open()
    const { group, person } = await makeHouse(store)
    const root = await store.transaction(async (trx) => {
      const { id } = await createOrganisation(trx, { name: '办公室', kind: 'enterprise', parent: null })
      await addMembership(trx, { person, organisation: id, role: 'staff' })
      return id
    })
    const sees = async (visibleTo: string) =>
      isVisibleTo(parseVisibleTo(visibleTo), [await readerOf(store.db, account, today)])
    expect(await sees('org:办公室')).toBe(false)
    expect(await sees(`org:${root}`)).toBe(true)
    await store.transaction((trx) => addMembership(trx, { person, organisation: group, role: 'staff' }))
    expect(await sees('org:华建集团')).toBe(true)
  })

  test('is one from the first day in China to the end of the last', async () => {
    const { store } = await open()
    const { group, person } = await makeHouse(store)
    const { id } = await store.transaction((trx) =>
      addMembership(trx, { person, organisation: group, role: 'staff', from: today, until: '2026-03-02' }),
    )
    const rolesAt = async (instant: string) =>
      (await readerOf(store.db, account, dayInChina(new Date(instant)))).roles
    // Midnight in China is 16:00 UTC of the day before.
    expect(await rolesAt('2026-02-28T15:59:59Z')).toEqual([])
    expect(await rolesAt('2026-02-28T16:00:00Z')).toEqual(['staff'])
    expect(await rolesAt('2026-03-02T15:59:59Z')).toEqual(['staff'])
    expect(await rolesAt('2026-03-02T16:00:00Z')).toEqual([])
    await store.transaction((trx) => endMembership(trx, id, today))
    expect(await membershipsInForce(store.db, person, '2026-03-02')).toEqual([])
  })

  test('reads with the others of a chat: its organisation, or whoever may be in a group', async () => {
    const { store } = await open()
    const { group, east, person } = await makeHouse(store)
    await store.transaction((trx) => addMembership(trx, { person, organisation: east, role: 'cadre' }))
    const allSee = async (visibleTo: string, isGroup: boolean) => {
      const readers = await readersOfConversation(store.db, { account, conversation, group: isGroup }, today)
      return isVisibleTo(parseVisibleTo(visibleTo), readers)
    }
    expect(await allSee('role:cadre', false)).toBe(true)
    expect(await allSee('org:华建集团', true)).toBe(false)
    await store.transaction((trx) => bindChat(trx, conversation, east))
    expect(await allSee('org:东区公司', true)).toBe(true)
    expect(await allSee('org:华建集团', true)).toBe(true)
    expect(await allSee('role:cadre', true)).toBe(false)
    // The last binding counts; members of the group are not all of the branch.
    await store.transaction((trx) => bindChat(trx, conversation, group))
    expect(await allSee('org:东区公司', true)).toBe(false)
  })
})

describeEachDatabase('an actor', (open) => {
  test('reaches what is below, not what is beside; a person only where every organisation allows it', async () => {
    const { store } = await open()
    const { group, east, west, eastOffice, person } = await makeHouse(store)
    const other = await store.transaction(async (trx) => {
      await addMembership(trx, { person, organisation: east, role: 'admin' })
      const { id } = await createPerson(trx, { name: '李四' })
      await addMembership(trx, { person: id, organisation: eastOffice, role: 'staff' })
      return id
    })
    const actor = await actorOf(store.db, account, today)
    const edits = async (organisation: string) =>
      can(actor, 'organisation.edit', await placeOf(store.db, organisation))
    expect(await edits(east)).toBe(true)
    expect(await edits(eastOffice)).toBe(true)
    expect(await edits(group)).toBe(false)
    expect(await edits(west)).toBe(false)
    const invites = async () => can(actor, 'people.invite', await placesOfPerson(store.db, other, today))
    expect(await invites()).toBe(true)
    // Who also is an administrator of the whole group is not to be had through one branch.
    await store.transaction((trx) =>
      addMembership(trx, { person: other, organisation: group, role: 'admin' }),
    )
    expect(await invites()).toBe(false)
    expect(can(actor, 'system.view', { path: [] })).toBe(false)
    expect(can(await actorOf(store.db, other, today), 'system.view', { path: [] })).toBe(true)
    const guestActor = await actorOf(store.db, { ...account, user: 'on_2' }, today)
    expect(guestActor).toEqual({ person: null, grants: [] })
  })
})
