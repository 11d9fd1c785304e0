import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonOf, type EventsHouse, openEventsHouse } from './events-house.ts'

describeEachDatabase('registering others', (open) => {
  let house: EventsHouse
  beforeEach(async () => {
    house = await openEventsHouse(open)
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const lastSaid = (user: string) => JSON.stringify(house.cardsOf(user).at(-1))
  const states = async () => {
    const rows = await house.store.db
      .selectFrom('event_registration')
      .leftJoin('person', 'person.id', 'event_registration.person')
      .select(['person.name', 'event_registration.state'])
      .orderBy('seq')
      .execute()
    return rows.map(({ name, state }) => `${name} ${state}`)
  }
  /** After the time in which the result of a team is looked for. */
  const later = () => house.waitUntil(new Date(house.time.now.getTime() + 5000).toISOString())

  test('by names: each is told by whom, and the cadre what became of all', async () => {
    await house.event({ capacity: 2 })
    await house.type('王强', '代报名 HD-2026-0001 张三、陈晨，孙工')
    await later()
    expect(await states()).toEqual(['张三 confirmed', '陈晨 confirmed', '孙工 waiting'])
    expect(lastSaid('张三')).toContain('王强 已为您报名')
    expect(house.cardsOf('王强')).toHaveLength(1)
    for (const line of ['代报 3 人，报名成功 2 人', '张三：报名成功', '孙工：候补中，第 1 位'])
      expect(lastSaid('王强')).toContain(line)
  })

  test('whoever did not want it takes it back, and the cadre learns of it', async () => {
    await house.event()
    await house.type('王强', '代报名 HD-2026-0001 张三')
    const card = house.cardsOf('张三').at(-1)
    await house.waitUntil('2026-03-12T10:00:00Z')
    await house.click('张三', buttonOf(card, '不是我要报的'))
    await house.settle()
    expect(await states()).toEqual(['张三 cancelled'])
    expect(lastSaid('王强')).toContain('张三 表示不是本人要报的')
    await expect(house.click('张三', buttonOf(card, '不是我要报的'))).rejects.toThrow('not-registered')
  })

  test('nobody is registered while a name is not clear', async () => {
    await house.event()
    await house.type('王强', '代报名 HD-2026-0001 张三、无此人')
    await house.settle()
    expect(lastSaid('王强')).toContain('无此人')
    expect(await states()).toEqual([])
  })

  test('whoever acts for nobody registers nobody, and a cadre only their own people', async () => {
    await house.event()
    await house.type('张三', '代报名 HD-2026-0001 陈晨')
    expect(lastSaid('张三')).toContain('科协干部')
    await house.type('王强', '代报名 HD-2026-0001 陈晨、外人')
    await later()
    expect(await states()).toEqual(['陈晨 confirmed'])
    expect(lastSaid('王强')).toContain('外人：您不能代其报名')
  })

  test('nothing comes of buttons that were made up', async () => {
    const { row } = await house.event()
    const press = (user: string, name: string, value: Record<string, string>) =>
      house.click(user, { action: `events.${name}`, value })
    await expect(press('张三', 'register-others', { event: row.id })).rejects.toThrow('not-allowed')
    for (const event of ['', 'nothing', "' or 1=1", '𠮷'.repeat(900)]) {
      await expect(press('王强', 'register-others', { event })).rejects.toThrow('no-such-event')
      await expect(press('王强', 'register-form', { event })).rejects.toThrow('no-such-event')
      await expect(press('王强', 'ask-to-leave', { event })).rejects.toThrow('not-registered')
      await expect(press('王强', 'approve-all', { event })).rejects.toThrow('no-such-event')
    }
    const draft = await house.event()
    await house.store.transaction((trx) =>
      trx.updateTable('event_entry').set({ state: 'draft' }).where('id', '=', draft.row.id).execute(),
    )
    await expect(press('张三', 'register-form', { event: draft.row.id })).rejects.toThrow('no-such-event')
    expect(await states()).toEqual([])
  })

  test('all or nobody', async () => {
    const { row } = await house.event({ capacity: 2 })
    const value = { event: row.id, people: '张三、陈晨、孙工' }
    const opened = await house.click('王强', { action: 'events.register-others', value })
    const refused = house.fillIn('王强', opened, { fit: 'all' })
    await expect(refused).rejects.toThrow('too-few')
    await house.settle()
    expect(await states()).toEqual([])
    await house.fillIn('王强', opened, { people: '张三、陈晨', fit: 'all' })
    await later()
    expect(await states()).toEqual(['张三 confirmed', '陈晨 confirmed'])
  })

  test('people whom the house does not know, for a public event', async () => {
    const audience = { organisations: [], roles: [], public: true }
    const { row } = await house.event({ capacity: 5, audience })
    const opened = await house.click('吴主席', { action: 'events.register-others', value: { event: row.id } })
    await house.fillIn('吴主席', opened, { people: '张三', names: '李四光\n赵小妹', fit: 'some' })
    await later()
    expect(await states()).toEqual(['张三 confirmed', 'null confirmed', 'null confirmed'])
    expect(lastSaid('吴主席')).toContain('李四光：报名成功')
    const kept = await house.store.db.selectFrom('event_registration').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain('赵小妹')
  })

  test('who stands in the list already is not registered twice', async () => {
    await house.event({ capacity: 5 })
    await house.type('张三', '报名 HD-2026-0001')
    await house.type('王强', '代报名 HD-2026-0001 张三、陈晨')
    await later()
    expect(await states()).toEqual(['张三 confirmed', '陈晨 confirmed'])
    expect(lastSaid('王强')).toContain('张三：之前已报名')
  })
})
