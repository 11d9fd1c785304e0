import { afterEach, expect, test } from 'vitest'
import { createPerson } from '../../src/people/people.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonOf, type EventsHouse, openEventsHouse } from './events-house.ts'
import { registered, registeredPublic, textOf } from './registered.ts'

describeEachDatabase('what organisers write to those of an event', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const write = async (event: string, group: string, text: string, look?: (summary: unknown) => void) => {
    const form = await house.click('吴主席', { action: 'events.write', value: { event } })
    const answer = await house.fillIn('吴主席', form, { group, text }, undefined, look)
    await house.settle()
    return answer
  }
  const got = (user: string, text: string) =>
    house.cardsOf(user).filter((card) => textOf([card]).includes(text)).length

  test('reaches the group that was chosen, once each, and says before how many and afterwards what became of it', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 100 })
    await registered(house, event, '张三')
    await registered(house, event, '陈晨', { seq: 2 })
    await registered(house, event, '孙工', { seq: 3, state: 'waiting' })
    await registered(house, event, '外人', { seq: 4, state: 'cancelled' })
    await registeredPublic(house, event, '王女士', { seq: 5 })
    let summary = ''
    await write(event.row.id, 'confirmed', '请带身份证', (view) => {
      summary = JSON.stringify(view)
    })
    expect(summary).toContain('将发送给 2 人')
    expect(summary).toContain('另有 1 人没有关联聊天账号')
    expect([got('张三', '请带身份证'), got('陈晨', '请带身份证')]).toEqual([1, 1])
    expect([got('孙工', '请带身份证'), got('外人', '请带身份证')]).toEqual([0, 0])

    await house.waitUntil('2026-03-02T01:01:00Z')
    await write(event.row.id, 'waiting', '还没有名额')
    expect([got('张三', '还没有名额'), got('孙工', '还没有名额')]).toEqual([0, 1])
    await house.waitUntil('2026-03-02T01:02:00Z')
    await write(event.row.id, 'all', '都看得到')
    expect([got('张三', '都看得到'), got('孙工', '都看得到'), got('外人', '都看得到')]).toEqual([1, 1, 0])

    const { beside } = await house.click('吴主席', {
      action: 'events.messages',
      value: { event: event.row.id },
    })
    const notes = beside!.blocks.flatMap((block) => (block.type === 'note' ? [block.text] : []))
    expect(notes.at(-1)).toBe('发送 2 人，1 人收不到，已送达 2 人')
  })

  test('to those absent, and to those who have not said again that they come', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    const there = await registered(house, event, '张三')
    await registered(house, event, '陈晨', { seq: 2 })
    await house.store.transaction(async (trx) => {
      const checkIn = { event: event.row.id, registration: there.id, how: 'by-hand' as const, by: null }
      await trx
        .insertInto('event_check_in')
        .values({ ...checkIn, at: there.created_at })
        .execute()
      await trx.updateTable('event_entry').set({ arrangement: 1 }).where('id', '=', event.row.id).execute()
      const agreed = { arrangement: 1 }
      await trx.updateTable('event_registration').set(agreed).where('id', '=', there.id).execute()
    })
    await write(event.row.id, 'absent', '没见到您')
    await write(event.row.id, 'again', '请再确认')
    expect([got('张三', '没见到您'), got('陈晨', '没见到您')]).toEqual([0, 1])
    expect([got('张三', '请再确认'), got('陈晨', '请再确认')]).toEqual([0, 1])
  })

  test('is sent in batches, and to nobody who came after it was written', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: null })
    await house.store.transaction(async (trx) => {
      for (let at = 0; at < 130; at += 1) {
        house.people[`职工${at}`] = (await createPerson(trx, { name: `职工${at}` })).id
      }
    })
    for (let at = 0; at < 130; at += 1) await registered(house, event, `职工${at}`, { seq: at })
    await registered(house, event, '张三', { seq: 200 })
    const late = new Date('2026-03-04T01:00:00Z').toISOString()
    await registered(house, event, '陈晨', { seq: 201, created_at: late })
    await write(event.row.id, 'all', '一次就好')
    expect([got('张三', '一次就好'), got('陈晨', '一次就好')]).toEqual([1, 0])
    const kept = await house.store.db.selectFrom('event_message').selectAll().executeTakeFirstOrThrow()
    expect(kept).toMatchObject({ people: 1, unreached: 130 })
    expect(kept.done_at).not.toBeNull()
  })

  test('is for organisers, and not sent where nobody can be reached', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    const about = { action: 'events.write', value: { event: event.row.id } }
    await expect(house.click('张三', about)).rejects.toThrow('announcing:refused.no-event')
    let summary = ''
    const sent = write(event.row.id, 'all', '有人吗', (view) => {
      summary = JSON.stringify(view)
    })
    await expect(sent).rejects.toThrow('announcing:write.nobody')
    // It is said before, with the way back, and not that it will be sent to 0 people.
    expect(summary).toContain('没有能收到通知的人，请点“上一步”另选发送对象')
    expect(summary).not.toContain('0 人')
    const [list] = await house.type('吴主席', '谁报了名 HD-2026-0001')
    expect(buttonOf(list, '群发通知').action).toBe('events.write')
    expect(await house.store.db.selectFrom('event_message').selectAll().execute()).toEqual([])
  })
})
