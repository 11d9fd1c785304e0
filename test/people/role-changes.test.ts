import { expect, test } from 'vitest'
import { PlainError } from '../../src/messages/plain-error.ts'
import { endRole } from '../../src/people/end-role.ts'
import { importPeople } from '../../src/people/import-people.ts'
import { createLink } from '../../src/people/links.ts'
import { addMembership, membershipsOf } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson } from '../../src/people/people.ts'
import type { Role } from '../../src/people/roles.ts'
import { createSession } from '../../src/people/sessions.ts'
import type { Store } from '../../src/store/store.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const now = new Date('2026-03-01T04:00:00Z')
const today = '2026-03-01'

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof PlainError) return error.key
    throw error
  }
}

/** A group with two people of roles that last. */
function makeHouse(store: Store, roles: [Role, Role]) {
  return store.transaction(async (trx) => {
    const { id: root } = await createOrganisation(trx, { name: '集团', kind: 'group', parent: null })
    const [{ id: first }, { id: second }] = [
      await createPerson(trx, { name: '张三' }),
      await createPerson(trx, { name: '李四' }),
    ]
    await addMembership(trx, { person: first, organisation: root, role: roles[0] })
    await addMembership(trx, { person: second, organisation: root, role: roles[1] })
    return { root, first, second }
  })
}

/** Signs somebody in and leaves a link of theirs unused. */
function signIn(store: Store, person: string) {
  return store.transaction(async (trx) => {
    await createSession(trx, { person, account: null, validFor: 60_000, now })
    await createLink(trx, { person, purpose: 'sign-in', validFor: 60_000, now })
  })
}

async function accessOf(store: Store, person: string): Promise<number> {
  const sessions = await store.db
    .selectFrom('web_session')
    .select('csrf')
    .where('person', '=', person)
    .execute()
  const links = await store.db
    .selectFrom('sign_in_link')
    .select('purpose')
    .where('person', '=', person)
    .execute()
  return sessions.length + links.length
}

const importRows = (store: Store, rows: string[], by?: string) =>
  importPeople(
    store,
    new TextEncoder().encode(['姓名,单位,角色,起,止', ...rows].join('\n')),
    now,
    by ? { by } : {},
  )

describeEachDatabase('a role that is given', (open) => {
  test('ends the sign-ins of whoever gets it, and of nobody else', async () => {
    const { store } = await open()
    const { root, first, second } = await makeHouse(store, ['admin', 'staff'])
    for (const person of [first, second]) await signIn(store, person)
    const give = (person: string, role: Role) =>
      store.transaction((trx) => addMembership(trx, { person, organisation: root, role }, { by: first }))
    await give(second, 'admin')
    await give(first, 'cadre')
    expect([await accessOf(store, first), await accessOf(store, second)]).toEqual([2, 0])
  })

  test('does so by an import too, also where an old role is made to last longer', async () => {
    const { store } = await open()
    const { first, second } = await makeHouse(store, ['admin', 'staff'])
    for (const person of [first, second]) await signIn(store, person)
    await importRows(store, ['张三,集团,干部,,', '李四,集团,科技工作者,,2026-12-31'], first)
    expect([await accessOf(store, first), await accessOf(store, second)]).toEqual([2, 2])
    await importRows(store, ['李四,集团,干部,2026-01-01,2026-01-31'], first)
    expect([await accessOf(store, first), await accessOf(store, second)]).toEqual([2, 0])
    await signIn(store, second)
    await importRows(store, ['李四,集团,干部,2026-01-01,2026-12-31'])
    expect([await accessOf(store, first), await accessOf(store, second)]).toEqual([2, 0])
  })

  test('is there once, however often its form is sent', async () => {
    const { store } = await open()
    const { root, first } = await makeHouse(store, ['admin', 'staff'])
    const give = (from: string | null, until: string | null) =>
      store.transaction((trx) =>
        addMembership(trx, { person: first, organisation: root, role: 'cadre', from, until }),
      )
    const made = await Promise.all([give(today, '2026-03-31'), give(today, '2026-03-31')])
    expect(made[0].id).toBe(made[1].id)
    expect(await outcomeOf(give('2026-03-31', null))).toBe('people:membership.held')
    expect(await outcomeOf(give(null, today))).toBe('people:membership.held')
    expect(await outcomeOf(give('2026-04-01', null))).toBe('done')
    expect((await membershipsOf(store.db, first)).length).toBe(3)
  })
})

describeEachDatabase('a role that is ended', (open) => {
  test.each([
    ['2026-03-31', '2026-03-15', 'done', '2026-03-15'],
    ['2026-03-31', 'at once', 'done', '2026-02-28'],
    ['2026-03-31', '2026-04-01', 'people:membership.longer', '2026-03-31'],
    ['2026-02-28', '2026-02-01', 'people:membership.over', '2026-02-28'],
    ['2026-02-28', '2026-12-31', 'people:membership.over', '2026-02-28'],
    ['2026-02-28', 'at once', 'people:membership.over', '2026-02-28'],
  ])('until %s, ended %s: %s', async (until, lastDay, outcome, expected) => {
    const { store } = await open()
    const { root, first } = await makeHouse(store, ['admin', 'staff'])
    const given = { person: first, organisation: root, role: 'cadre' as const, from: '2026-01-01', until }
    const membership = await store.transaction((trx) => addMembership(trx, given))
    const end = store.transaction((trx) => endRole(trx, membership, { lastDay, today }))
    expect(await outcomeOf(end)).toBe(outcome)
    const kept = (await membershipsOf(store.db, first)).find(({ id }) => id === membership.id)
    expect(kept?.until).toBe(expected)
  })

  test('by an import leaves somebody to administer the house', async () => {
    const { store } = await open()
    await makeHouse(store, ['admin', 'admin'])
    const rows = ['张三,集团,管理员,,2026-03-31', '李四,集团,管理员,,2026-03-01', '王五,集团,干部,,']
    expect(await outcomeOf(importRows(store, rows))).toBe('people:import.no-admin-left')
    expect((await store.db.selectFrom('person').select('id').execute()).length).toBe(2)
    expect(await outcomeOf(importRows(store, [...rows, '赵六,集团,管理员,2027-01-01,']))).toBe(
      'people:import.no-admin-left',
    )
    expect(await outcomeOf(importRows(store, [...rows, '王五,集团,管理员,,']))).toBe('done')
  })
})
