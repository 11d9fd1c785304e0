import { afterEach, expect, test, vi } from 'vitest'
import { enqueue } from '../../src/delivery/outbox.ts'
import { changeSeats } from '../../src/features/events/change-seats.ts'
import { acceptPresses } from '../../src/features/events/presses/accept.ts'
import { forgetPresses } from '../../src/features/events/presses/forget-presses.ts'
import type { Deed, Press, Registrant } from '../../src/features/events/presses/press.ts'
import type { Event } from '../../src/features/events/records.ts'
import type { Outcome } from '../../src/features/events/seats/outcome.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, type EventsHouse, openEventsHouse } from './events-house.ts'

const register: Deed = { type: 'register', guests: 0, answers: null }

describeEachDatabase('a press', (open) => {
  let house: EventsHouse
  let count = 0
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  function pressOf(who: Registrant, by: Press['by'], deed: Deed): Press {
    return { deed, who, by, team: null, language: 'zh-CN', reply: null }
  }

  /** By somebody of the house about their own registration, by their name. */
  function own(name: string, deed: Deed): Press {
    const account = accountOf(name)
    return pressOf({ type: 'account', account, name: '' }, { account, person: null }, deed)
  }

  /** Accepts presses together and gives what became of each. */
  async function press(event: Event, presses: readonly Press[]): Promise<Outcome[]> {
    const accepted = presses.map((one) => {
      count += 1
      return { key: `press ${count}`, event: event.row.id, press: one }
    })
    await house.store.transaction((trx) => acceptPresses(trx, accepted, house.time.now))
    await house.settle()
    return Promise.all(
      accepted.map(async ({ key }) => (await house.settler.outcomeOf(key, AbortSignal.timeout(5000)))!),
    )
  }

  test('gets a seat while there are any, then a place on the waiting list, in the order of acceptance', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 2 })
    const names = ['张三', '陈晨', '孙工', '外人']
    const outcomes = await press(
      event,
      names.map((name) => own(name, register)),
    )
    expect(outcomes).toMatchObject([
      { type: 'done', state: 'confirmed', position: null },
      { type: 'done', state: 'confirmed', position: null },
      { type: 'done', state: 'waiting', position: 1 },
      { type: 'done', state: 'waiting', position: 2 },
    ])
    const seats = await house.store.db.selectFrom('event_seats').selectAll().executeTakeFirstOrThrow()
    expect(seats).toMatchObject({ taken: 2, waiting: 2, requested: 0 })
  })

  test('again changes nothing and says how one stands', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 1 })
    await press(event, [own('张三', register), own('陈晨', register)])
    const again = await press(event, [own('张三', register), own('陈晨', register)])
    expect(again).toMatchObject([
      { type: 'refused', reason: 'already', values: { state: 'confirmed' } },
      { type: 'refused', reason: 'already', values: { state: 'waiting', position: '1' } },
    ])
  })

  test('a seat that is given back is offered to whoever waits first, who takes it or lets it go', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 1 })
    await press(
      event,
      ['张三', '陈晨', '孙工'].map((name) => own(name, register)),
    )
    await press(event, [own('张三', { type: 'cancel' })])
    expect(await states()).toEqual({ 张三: 'cancelled', 陈晨: 'offered', 孙工: 'waiting' })
    await press(event, [own('陈晨', { type: 'decline-offer' })])
    expect(await states()).toEqual({ 张三: 'cancelled', 陈晨: 'cancelled', 孙工: 'offered' })
    await press(event, [own('孙工', { type: 'accept-offer' })])
    expect(await states()).toMatchObject({ 孙工: 'confirmed' })
    const [later] = await press(event, [own('张三', register)])
    expect(later).toMatchObject({ state: 'waiting', position: 1 })
  })

  test('of a button is acknowledged with what it led to, and again with the same', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 1 })
    const click = (name: string, action: string) =>
      house.click(name, { action: `events.${action}`, value: { event: event.row.id } })
    expect(await click('张三', 'register')).toEqual({ toast: '报名成功，名额已为您保留。' })
    expect(await click('张三', 'register')).toEqual({ toast: '您已报名成功，不必重复报名。' })
    expect(await click('陈晨', 'register')).toEqual({ toast: '名额已满，您已进入候补，排在第 1 位。' })
    expect(await click('陈晨', 'register')).toMatchObject({ toast: expect.stringContaining('第 1 位') })
    expect(await click('陈晨', 'accept-offer')).toMatchObject({
      toast: expect.stringContaining('没有留给您'),
    })
    expect(await click('张三', 'cancel')).toEqual({ toast: '已取消报名。' })
    expect(await click('陈晨', 'accept-offer')).toEqual({ toast: '已接受名额，报名成功。' })
    expect(await click('陈晨', 'confirm-again')).toEqual({ toast: '已确认参加，谢谢。' })
    expect(await click('生人', 'register')).toMatchObject({ toast: expect.stringContaining('请先登录') })
    await expect(house.click('张三', { action: 'events.register', value: {} })).rejects.toMatchObject({
      key: 'chat:gone',
    })
    const unknown = await house.click('张三', { action: 'events.register', value: { event: 'none' } })
    expect(unknown).toMatchObject({ toast: expect.stringContaining('没有找到这项活动') })
  })

  test('organisers change seats beside the presses', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 1 })
    await press(
      event,
      ['张三', '陈晨'].map((name) => own(name, register)),
    )
    const refused = await change(event, { type: 'capacity', capacity: 0, reserved: new Map() })
    expect(refused).toBe('below-taken')
    await change(event, { type: 'capacity', capacity: 2, reserved: new Map() })
    expect(await states()).toEqual({ 张三: 'confirmed', 陈晨: 'offered' })
    await change(event, { type: 'close' })
    expect(await states()).toEqual({ 张三: 'confirmed', 陈晨: 'expired' })
  })

  test('that the rules cannot work is refused alone, and the others go on', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 3 })
    const broken = { ...own('陈晨', register), who: { type: 'account', account: null } } as unknown as Press
    const outcomes = await press(event, [own('张三', register), broken, own('孙工', register)])
    expect(outcomes).toMatchObject([
      { type: 'done', state: 'confirmed' },
      { type: 'refused', reason: 'failed' },
      { type: 'done', state: 'confirmed' },
    ])
    expect(house.errors.splice(0)).toHaveLength(2)
    expect(await press(event, [own('陈晨', register)])).toMatchObject([{ state: 'confirmed' }])
  })

  test('waits while the database is away, and is refused by nobody', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    const { store } = house
    const transaction = vi.spyOn(store, 'transaction')
    const accepted = [{ key: 'kept', event: event.row.id, press: own('张三', register) }]
    await store.transaction((trx) => acceptPresses(trx, accepted, house.time.now))
    transaction.mockRejectedValue(new Error('Connection terminated unexpectedly'))
    await house.settler.idle()
    transaction.mockRestore()
    expect(house.errors.splice(0).length).toBeGreaterThan(0)
    await house.settler.idle()
    expect(await states()).toEqual({ 张三: 'confirmed' })
  })

  test('that waits for a card of its own has its result said there', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 1 })
    const wait = async (name: string, id: string) => {
      const to = { type: 'account' as const, account: accountOf(name) }
      const card = { tone: 'info' as const, blocks: [] }
      await house.store.transaction((trx) =>
        enqueue(trx, { id, to, card, lane: 'reply', open: true, now: house.time.now }),
      )
      return id
    }
    const first = { ...own('张三', register), reply: await wait('张三', 'first') }
    const again = { ...own('张三', register), reply: await wait('张三', 'again') }
    await press(event, [first, again])
    const said = house.cardsOf('张三').map((card) => JSON.stringify(card))
    expect(said[0]).toContain('报名成功')
    expect(said[1]).toContain('不必重复报名')
  })

  test('is known again for 30 days', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await press(event, [own('张三', register)])
    const after = (days: number) => new Date(house.time.now.getTime() + days * 24 * 3600_000 + 1)
    const left = async (days: number) => {
      await house.store.transaction((trx) => forgetPresses(trx, after(days)))
      return (await house.store.db.selectFrom('event_press').select('key').execute()).length
    }
    expect(await left(29)).toBe(1)
    expect(await left(30)).toBe(0)
  })

  test('seats that are newly reserved go at once to those of theirs who wait', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 1 })
    await press(
      event,
      ['外人', '周建国', '张三'].map((name) => own(name, register)),
    )
    const reserved = new Map([[house.people.branch!, 1]])
    await change(event, { type: 'capacity', capacity: 2, reserved })
    expect(await states()).toEqual({ 外人: 'confirmed', 周建国: 'waiting', 张三: 'offered' })
  })

  function change(event: Event, command: Parameters<typeof changeSeats>[3][number]) {
    return house.store.transaction(async (trx) =>
      changeSeats(trx, house.context, event.row.id, [command], { by: null, now: house.time.now }),
    )
  }

  async function states(): Promise<Record<string, string>> {
    const rows = await house.store.db.selectFrom('event_registration').select(['name', 'state']).execute()
    return Object.fromEntries(rows.map(({ name, state }) => [name, state]))
  }
})
