import { expect, test } from 'vitest'
import { describeEachDatabase } from '../../test/store/each-database.ts'
import { addMembership } from './memberships.ts'
import { onlyOrganisation } from './only-organisation.ts'
import { createOrganisation } from './organisations.ts'
import { createPerson } from './people.ts'

describeEachDatabase('the only organisation', (open) => {
  test('is the one with a role that allows it; none and several are none', async () => {
    const { store } = await open()
    const only = (person: string) => onlyOrganisation(store.db, person, 'plan.edit', '2026-03-02')
    const { person, branch, other } = await store.transaction(async (trx) => {
      const root = await createOrganisation(trx, { name: '集团', kind: 'group', parent: null })
      const make = (name: string) => createOrganisation(trx, { name, kind: 'enterprise', parent: root.id })
      const [one, two] = [await make('一分公司'), await make('二分公司')]
      return { person: await createPerson(trx, { name: '王强' }), branch: one, other: two }
    })
    const give = (
      organisation: string,
      role: 'cadre' | 'staff',
      days: { from?: string; until?: string } = {},
    ) => store.transaction((trx) => addMembership(trx, { person: person.id, organisation, role, ...days }))
    expect(await only(person.id)).toBeNull()
    await give(other.id, 'staff')
    await give(other.id, 'cadre', { until: '2026-03-01' })
    expect(await only(person.id)).toBeNull()
    await give(branch.id, 'cadre')
    expect(await only(person.id)).toMatchObject({ id: branch.id, path: '集团/一分公司' })
    await give(other.id, 'cadre', { from: '2026-03-02' })
    expect(await only(person.id)).toBeNull()
  })
})
