import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'
import { platformName } from './silent-platform.ts'

export interface House {
  branches: string[]
  /** Ids of those who fill in, by their number; each is the user of an account too. */
  people: string[]
  /** Of the whole house. */
  cadre: string
}

const perBranch = 50

/** A house of branches with a liaison and fifty people each. */
export function settle(store: Store, count: number): Promise<House> {
  return store.transaction(async (trx) => {
    const now = await store.now(trx)
    const add = async (name: string, organisation: string, role: 'staff' | 'liaison' | 'cadre') => {
      const { id } = await createPerson(trx, { name })
      await addMembership(trx, { person: id, organisation, role })
      await linkAccount(trx, { platform: platformName, installation: 'b', user: name }, id, now)
      return id
    }
    const { id: root } = await createOrganisation(trx, { name: '华北重工', kind: 'group', parent: null })
    const house: House = { branches: [], people: [], cadre: await add('干部', root, 'cadre') }
    for (let n = 0; n < count; n += 1) {
      if (n % perBranch === 0) {
        const name = `分公司${n / perBranch}`
        const { id } = await createOrganisation(trx, { name, kind: 'branch', parent: root })
        house.branches.push(id)
        await add(`联络员${n / perBranch}`, id, 'liaison')
      }
      house.people.push(await add(`职工${n}`, house.branches.at(-1)!, 'staff'))
    }
    return house
  })
}
