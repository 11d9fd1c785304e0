import { expect, test } from 'vitest'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Role } from '../../src/people/roles.ts'
import type { Store } from '../../src/store/store.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { openFormHouse, openPage, type Place, privateChat, problemsOf } from './form-house.ts'
import { sampleForm } from './sample-form.ts'

const ada = privateChat('web', 'ada')
const bob = privateChat('web', 'bob')
const paper = { title: '节能改造', kind: 'paper' }

function person(store: Store, name: string, ...places: Place[]) {
  return store.transaction(async (trx) => {
    const made = await createPerson(trx, { name })
    for (const { account } of places) await linkAccount(trx, account, made.id, new Date(0))
    return made.id
  })
}

describeEachDatabase('people and organisations in forms', (open) => {
  async function staffed() {
    const { store } = await open()
    const { house } = { house: openFormHouse(store, [sampleForm()]) }
    const roles: [string, string, Role, Place[]][] = [
      ['甲', '分公司一', 'cadre', [ada]],
      ['乙', '分公司一', 'staff', [bob]],
      ['乙', '分公司二', 'staff', []],
      ['丙', '分公司二', 'staff', []],
    ]
    const root = await store.transaction((trx) =>
      createOrganisation(trx, { name: '集团', kind: 'group', parent: null }),
    )
    const organisations = new Map<string, string>()
    for (const name of ['分公司一', '分公司二']) {
      const made = await store.transaction((trx) =>
        createOrganisation(trx, { name, kind: 'branch', parent: root.id }),
      )
      organisations.set(name, made.id)
    }
    const ids: string[] = []
    for (const [name, at, role, places] of roles) {
      const id = await person(store, name, ...places)
      ids.push(id)
      const organisation = organisations.get(at)!
      await store.transaction((trx) => addMembership(trx, { person: id, organisation, role }))
    }
    /** What is wrong with a name; the empty text where nothing is. */
    const named = async (place: Place, values: Record<string, string>) => {
      const draft = await openPage(house, place)
      await house.page(place, draft, 'about', 'next', paper)
      return problemsOf(await house.page(place, draft, 'whose', 'next', values))
    }
    return { named, ids, house }
  }

  test('are found among those that the asker may see', async () => {
    const { named, ids } = await staffed()
    expect(await named(ada, { author: '乙', unit: '分公司一' })).toEqual({ agreed: expect.any(String) })
    expect(await named(ada, { author: '集团/分公司一/乙' })).not.toHaveProperty('author')
    expect(await named(ada, { author: ids[1]! })).not.toHaveProperty('author')
    // Of those who are out of reach nobody is told that they are there.
    const unknown = (name: string) => `没有找到“${name}”，请核对姓名。`
    expect((await named(ada, { author: '丙' })).author).toBe(unknown('丙'))
    expect((await named(ada, { author: ids[3]! })).author).toBe(unknown(ids[3]!))
    expect((await named(ada, { author: '无此人' })).author).toBe(unknown('无此人'))
    expect((await named(ada, { unit: '分公司二' })).unit).toContain('没有找到')
    expect((await named(bob, { author: '甲' })).author).toBe(unknown('甲'))
  })

  test('are not told to a guest at all', async () => {
    const { named } = await staffed()
    const guest = privateChat('web', 'guest')
    const said = await named(guest, { author: '甲', unit: '集团' })
    expect(said.author).toBe('登录后才能填写人员，请先登录或联系管理员。')
    expect(said.unit).toBe('登录后才能填写单位，请先登录或联系管理员。')
    expect(await named(guest, { author: '无此人' })).toHaveProperty('author', said.author)
  })
})
