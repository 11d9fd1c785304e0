import { afterEach, expect, test } from 'vitest'
import type { Event } from '../../src/features/events/records.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonsOf, type EventsHouse, openEventsHouse } from './events-house.ts'

describeEachDatabase('who registers just as an event is moved', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const press = (user: string, { row }: Event, action = 'register') =>
    house.click(user, { action: `events.${action}`, value: { event: row.id } })
  const openChange = ({ row }: Event) =>
    house.click('吴主席', { action: 'events.change', value: { event: row.id, scope: 'one' } })
  const move = async (event: Event, values: Record<string, string> = { day: '2026-03-14' }) =>
    house.fillIn('吴主席', await openChange(event), values)
  const noticesOf = (user: string) =>
    house.cardsOf(user).filter((card) => JSON.stringify(card).includes('有变更'))
  const asksOf = (user: string) =>
    noticesOf(user).filter((card) => buttonsOf(card).some(({ label }) => label === '仍然参加'))
  const arrangementOf = async (user: string) =>
    (
      await house.store.db
        .selectFrom('event_registration')
        .select('arrangement')
        .where('person', '=', house.people[user]!)
        .executeTakeFirstOrThrow()
    ).arrangement
  const minuteAgo = () => new Date(house.time.now.getTime() - 60_000)

  test('before it is asked again, though the clock by which it was moved is behind', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await press('张三', event)
    const at = house.time.now
    house.time.now = minuteAgo()
    await move(event)
    house.time.now = at
    await house.settle()
    expect(asksOf('张三')).toHaveLength(1)
    expect(await arrangementOf('张三')).toBe(0)
  })

  test('after it, at the same moment, has the new time and is asked nothing', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await move(event)
    await press('张三', event)
    await house.settle()
    expect(await arrangementOf('张三')).toBe(1)
    expect(noticesOf('张三')).toEqual([])
    expect(JSON.stringify(house.cardsOf('张三'))).toContain('3月14日')
  })

  test('at once with it is either asked again or has the new time', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 100 })
    const users = ['张三', '陈晨', '孙工', '褚工', '卫工', '李梅']
    const form = await openChange(event)
    const [early, late] = [users.slice(0, 3), users.slice(3)]
    const registering = early.map((user) => press(user, event))
    const moving = house.fillIn('吴主席', form, { day: '2026-03-14' })
    await Promise.all([...registering, moving, ...late.map((user) => press(user, event))])
    await house.settle()
    for (const user of users) {
      const knowsNew = (await arrangementOf(user)) === 1
      expect([user, asksOf(user).length]).toEqual([user, knowsNew ? 0 : 1])
    }
  })

  test('is told that it is called off, though the clock is behind', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await press('张三', event)
    const at = house.time.now
    house.time.now = minuteAgo()
    const form = await house.click('吴主席', {
      action: 'events.call-off',
      value: { event: event.row.id, scope: 'one' },
    })
    await house.fillIn('吴主席', form, { reason: '主讲人生病' })
    house.time.now = at
    await house.settle()
    expect(JSON.stringify(house.cardsOf('张三'))).toContain('主讲人生病')
  })

  test('and whoever accepts a seat after it has said that they come', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 1 })
    await press('张三', event)
    await press('陈晨', event)
    await move(event)
    await house.settle()
    house.time.now = new Date('2026-03-02T01:05:00Z')
    await press('张三', event, 'cancel')
    await house.settle()
    await press('陈晨', event, 'accept-offer')
    await house.settle()
    expect(await arrangementOf('陈晨')).toBe(1)
    expect(JSON.stringify(await house.type('吴主席', `管理活动 ${event.row.number}`))).not.toContain(
      '未再次确认',
    )
  })
})
