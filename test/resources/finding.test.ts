import { afterEach, beforeEach, expect, test } from 'vitest'
import { setRegion } from '../../src/features/resources/keeping/keep-resource.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { accountOf, buttonOf, type EventsHouse, openEventsHouse } from '../events/events-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { addResource } from './resource-drafts.ts'

const entered = {
  ...{
    kind: 'speaker',
    title: '刘工·人工智能科普',
    subjects: '人工智能，大模型',
    description: '做过二十场。',
  },
  ...{ organisation: '一分公司', owner: '孙工', place: '可到校', region: '', share: 'house', contact: '' },
  ...{ hours: '周一至周五 09:00-17:00', onWorkingDays: 'yes', closed: '', timeZone: '', leadDays: '3' },
  ...{ mostPeople: '200', mostADay: '1', together: '', rules: '' },
}

describeEachDatabase('resources are found in chat', (open) => {
  let house: EventsHouse
  beforeEach(async () => {
    house = await openEventsHouse(open)
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const said = async (user: string, text: string) => JSON.stringify(await house.type(user, text))
  const rows = () => house.store.db.selectFrom('resource_entry').selectAll().orderBy('number').execute()

  test('a cadre enters one by the form; whoever asks who can talk about it finds it, changes are found at once', async () => {
    const [start] = await house.type('王强', '登记资源')
    await house.fillIn('王强', await house.click('王强', buttonOf(start, '登记资源')), entered)
    await house.settle()
    expect(await rows()).toMatchObject([
      { subjects: '人工智能、大模型', hours: '1-5 09:00-17:00', most_a_day: 1, together: null, lead_days: 3 },
    ])
    const found = await said('张三', '谁能讲人工智能科普？')
    expect(found).toContain('刘工·人工智能科普')
    expect(found).toContain('查政策文件')
    expect(await said('张三', '找讲师 大模型')).toContain('刘工')
    expect(await said('张三', '科普资源')).toContain('刘工')
    expect(await said('张三', 'ZY-2026-0001')).toContain('每次最多 200 人，每天最多 1 批，提前 3 个工作日')
    const edit = await house.click('王强', {
      action: 'resources.edit',
      value: { resource: (await rows())[0]!.id },
    })
    await house.fillIn('王强', edit, { subjects: '量子通信' })
    await house.settle()
    expect(await said('张三', '谁能讲量子通信科普？')).toContain('刘工')
    expect((await rows())[0]).toMatchObject({ most_people: 200, place: '可到校' })
  })

  test('what is no question about resources, and what finds nothing, is left to the documents', async () => {
    await addResource(house)
    for (const text of ['谁能讲一下怎么成立企业科协', '谁能讲考古学科普', '科普经费有没有规定']) {
      const [answer] = await house.type('张三', text)
      expect(answer!.tone).toBe('refusal')
    }
    expect(await said('张三', '有没有可以参观的智能制造展厅')).toContain('智能制造展厅')
  })

  test('each finds what is shared with them: own organisation, house, region, everybody', async () => {
    const { branch = '' } = house.people
    for (const share of ['own', 'house', 'region', 'public'] as const)
      await addResource(house, { title: `展厅 ${share}`, share })
    const other = await house.store.transaction(async (trx) => {
      const { id } = await createOrganisation(trx, { name: '太原钢厂', kind: 'group', parent: null })
      for (const [name, role] of [['邻居', 'staff']] as const) {
        const person = await createPerson(trx, { name })
        await linkAccount(trx, accountOf(name), person.id, house.time.now)
        await addMembership(trx, { person: person.id, organisation: id, role })
      }
      return id
    })
    const finds = async (user: string) =>
      [...(await said(user, '科普资源')).matchAll(/展厅 (\w+)/g)].map(([, share]) => share).toSorted()
    expect(await finds('张三')).toEqual(['house', 'own', 'public', 'region'])
    expect(await finds('外人')).toEqual(['house', 'public', 'region'])
    expect(await finds('邻居')).toEqual(['public'])
    expect(await finds('路人')).toEqual(['public'])
    await house.store.transaction((trx) => setRegion(trx, other, '太原', { by: null, now: house.time.now }))
    expect(await finds('邻居')).toEqual(['public', 'region'])
    const [, , region] = await rows()
    await expect(
      house.click('路人', { action: 'resources.open', value: { resource: region!.id } }),
    ).rejects.toThrow('resources:refused.not-found')
    await house.store.transaction(async (trx) => {
      await trx
        .updateTable('resource_entry')
        .set({ state: 'retired' })
        .where('organisation', '=', branch)
        .execute()
    })
    expect(await finds('邻居')).toEqual([])
  })

  test('bad input is refused where it stands, and keeps what was typed', async () => {
    const [start] = await house.type('王强', '登记资源')
    const opened = await house.click('王强', buttonOf(start, '登记资源'))
    await expect(house.fillIn('王强', opened, { ...entered, hours: '随时' })).rejects.toThrow('hours')
    for (const [changed, key] of [
      [{ timeZone: 'Mars/Olympus' }, 'wrong.zone'],
      [{ closed: '2026-02-30' }, 'wrong.closed'],
      [{ share: 'region' }, 'wrong.region'],
      [{ organisation: '二分公司' }, '没有找到单位'],
    ] as const) {
      const anew = await house.click('王强', { action: 'resources.enter', value: {} })
      await expect(house.fillIn('王强', anew, { ...entered, ...changed })).rejects.toThrow(key)
    }
    expect(await rows()).toEqual([])
    expect(await said('张三', '登记资源')).toContain('由所属组织的科协干部办理')
    await expect(house.click('张三', { action: 'resources.enter', value: {} })).rejects.toThrow('not-keeper')
  })
})
