import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acceptPresses } from '../../src/features/events/presses/accept.ts'
import type { Deed } from '../../src/features/events/presses/press.ts'
import type { Event } from '../../src/features/events/records.ts'
import { offerTimers } from '../../src/features/events/registering/end-offers.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, type EventsHouse, openEventsHouse } from './events-house.ts'
import { pressAll } from './registering-people.ts'

describeEachDatabase('presses in an order that nobody planned', (open) => {
  let house: EventsHouse
  beforeEach(async () => {
    house = await openEventsHouse(open)
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const rows = () => house.store.db.selectFrom('event_registration').selectAll().orderBy('seq').execute()
  const states = async () => (await rows()).map(({ name, state }) => `${name} ${state}`)

  /** Accepted, but not settled. */
  async function accept(event: Event, name: string, deed: Deed): Promise<void> {
    const account = accountOf(name)
    const who = { type: 'account' as const, account, name: '' }
    const press = {
      deed,
      who,
      by: { account, person: null },
      team: null,
      language: 'zh-CN' as const,
      reply: null,
    }
    await house.store.transaction((trx) =>
      acceptPresses(trx, [{ key: randomUUID(), event: event.row.id, press }], house.time.now),
    )
  }

  test('whoever accepts an offer in time has the seat, though its end comes before their turn', async () => {
    const event = await house.event({ capacity: 1 })
    await pressAll(house, event, ['张三', '陈晨', '孙工'])
    await pressAll(house, event, ['张三'], { type: 'cancel' })
    const offered = (await rows()).find(({ state }) => state === 'offered')!
    expect(offered.name).toBe('陈晨')
    house.time.now = new Date(Date.parse(offered.offer_until!) - 1)
    await accept(event, '陈晨', { type: 'accept-offer' })
    house.time.now = new Date(Date.parse(offered.offer_until!) + 60_000)
    const ends = offerTimers(house.context)['events.offer-ends']!
    const payload = { event: event.row.id, registration: offered.id }
    await house.store.transaction((trx) => ends(trx, payload, house.time.now))
    await house.settle()
    expect(await states()).toEqual(['张三 cancelled', '陈晨 confirmed', '孙工 waiting'])
  })

  test('whoever does nothing loses it, though others press meanwhile', async () => {
    const event = await house.event({ capacity: 1 })
    await pressAll(house, event, ['张三', '陈晨', '孙工'])
    await pressAll(house, event, ['张三'], { type: 'cancel' })
    const offered = (await rows()).find(({ state }) => state === 'offered')!
    house.time.now = new Date(Date.parse(offered.offer_until!) - 1)
    await accept(event, '外人', { type: 'register', guests: 0, answers: null })
    house.time.now = new Date(offered.offer_until!)
    const ends = offerTimers(house.context)['events.offer-ends']!
    const payload = { event: event.row.id, registration: offered.id }
    await house.store.transaction((trx) => ends(trx, payload, house.time.now))
    await house.waitUntil(new Date(house.time.now.getTime() + 2000).toISOString())
    expect(await states()).toEqual(['张三 cancelled', '陈晨 expired', '孙工 offered', '外人 waiting'])
  })
})
