import { afterEach, beforeEach, expect, test } from 'vitest'
import { adoptRegistrations } from '../../src/features/events/registering/adopt.ts'
import { createPublicDesk } from '../../src/features/events/registering/public-desk.ts'
import { linkAccount } from '../../src/people/people.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, buttonOf, type EventsHouse, openEventsHouse } from './events-house.ts'

const audience = { organisations: [], roles: [], public: true }

describeEachDatabase('guests register', (open) => {
  let house: EventsHouse
  beforeEach(async () => {
    house = await openEventsHouse(open)
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const lastOf = (user: string) => house.cardsOf(user).at(-1)
  const rows = () => house.store.db.selectFrom('event_registration').selectAll().orderBy('seq').execute()
  const registerGuest = async (event: string, name: string) => {
    const opened = await house.click('访客', { action: 'events.register-form', value: { event } })
    await house.fillIn('访客', opened, { name })
    await house.settle()
  }
  const becomes = async (person: string) => {
    await house.store.transaction(async (trx) => {
      await linkAccount(trx, accountOf('访客'), person, house.time.now)
      await adoptRegistrations(trx, house.context, { account: accountOf('访客'), person }, house.time.now)
    })
    await house.settle()
  }

  test('in chat with their name, for what is public, and for nothing else', async () => {
    const { row } = await house.event({ audience })
    await registerGuest(row.id, '郑不语')
    expect(await rows()).toMatchObject([{ state: 'confirmed', name: '郑不语', person: null }])
    expect(JSON.stringify(lastOf('访客'))).toContain('报名成功')
    const inside = await house.event()
    const refused = house.click('访客', { action: 'events.register-form', value: { event: inside.row.id } })
    await expect(refused).rejects.toThrow('sign-in-first')
  })

  test('and what they registered for becomes the person’s', async () => {
    const { row } = await house.event({ audience })
    await registerGuest(row.id, '小张')
    await becomes(house.people.张三 ?? '')
    expect(await rows()).toMatchObject([
      {
        state: 'confirmed',
        person: house.people.张三,
        account: null,
        name: '张三',
        organisation: house.people.branch,
      },
    ])
    await house.type('访客', '取消报名 HD-2026-0001')
    expect(await rows()).toMatchObject([{ state: 'cancelled' }])
  })

  test('of two registrations the better stays', async () => {
    const { row } = await house.event({ audience, capacity: 1 })
    await registerGuest(row.id, '小张')
    await house.type('张三', '报名 HD-2026-0001')
    expect((await rows()).map(({ state }) => state)).toEqual(['confirmed', 'waiting'])
    await becomes(house.people.张三 ?? '')
    expect(await rows()).toMatchObject([
      { state: 'confirmed', person: house.people.张三 },
      { state: 'cancelled', person: null },
    ])
    const seats = await house.store.db.selectFrom('event_seats').selectAll().executeTakeFirstOrThrow()
    expect(seats).toMatchObject({ taken: 1, waiting: 0 })
  })

  test('whoever has the code of a web form sees and cancels it in chat', async () => {
    const { row } = await house.event({ audience })
    const desk = createPublicDesk({ ...house.context, wakeWorkers: () => house.settler.wake() })
    house.settler.start()
    const sent = { name: '郑不语', telephone: '13955501234', consent: 'yes' }
    const registered = await desk.register(row.number, sent, { once: 'page', language: 'zh-CN' })
    if (!('code' in registered)) throw new Error('not registered')
    const [wrong] = await house.type('访客', '查询报名 HD-2026-0001 AAAAAAAA')
    expect(wrong?.tone).toBe('error')
    await house.type('访客', `查询报名 HD-2026-0001 ${registered.code.toLowerCase()}`)
    const card = lastOf('访客')
    expect(JSON.stringify(card)).toContain('报名成功')
    expect(JSON.stringify(card)).toContain('http://bot.example/c/K1')
    const cancel = buttonOf(card, '取消报名')
    const forged = { ...cancel, value: { ...cancel.value, code: 'AAAAAAAA' } }
    await house.click('访客', forged)
    await house.settle()
    expect(await rows()).toMatchObject([{ state: 'confirmed' }])
    await house.click('访客', cancel)
    await house.settle()
    expect(await rows()).toMatchObject([{ state: 'cancelled' }])
    expect(JSON.stringify(lastOf('访客'))).toContain('已取消报名')
    await house.settler.stop()
  })

  test('and half a year after the event nobody knows who they were', async () => {
    const { row } = await house.event({ audience, capacity: 5 })
    await registerGuest(row.id, '郑不语')
    await house.type('张三', '报名 HD-2026-0001')
    await house.waitUntil('2026-09-09T07:59:59Z')
    expect(await rows()).toMatchObject([{ name: '郑不语' }, { name: '张三' }])
    await house.waitUntil('2026-09-09T08:00:00Z')
    expect(await rows()).toMatchObject([
      { name: '', account: null, contact: null },
      { name: '张三', state: 'confirmed' },
    ])
  })
})
