import { afterEach, describe, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { accountKey } from '../../src/chat/keys.ts'
import type { Event } from '../../src/features/events/records.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, buttonOf, buttonsOf, type EventsHouse, openEventsHouse } from './events-house.ts'

const textOf = (card: Card | undefined) => JSON.stringify(card)

describeEachDatabase('an event that people are registered for', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const register = async (user: string, { row }: Pick<Event, 'row'>) => {
    await house.click(user, { action: 'events.register', value: { event: row.id } })
    await house.settle()
  }
  const change = async (user: string, event: Event, values: Record<string, string>, scope = 'one') => {
    const button = { action: 'events.change', value: { event: event.row.id, scope } }
    await house.fillIn(user, await house.click(user, button), values)
    await house.settle()
  }
  const callOff = async (user: string, event: Event, scope = 'one', reason = '主讲人生病') => {
    const button = { action: 'events.call-off', value: { event: event.row.id, scope } }
    await house.fillIn(user, await house.click(user, button), { reason })
    await house.settle()
  }
  const row = (id: string) =>
    house.store.db.selectFrom('event_entry').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const noticesOf = (user: string, words: string) =>
    house.cardsOf(user).filter((card) => textOf(card).includes(words))

  test('tells everybody alone what changed, and asks those who come again', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 1 })
    await register('张三', event)
    await register('陈晨', event)
    await change('吴主席', event, { day: '2026-03-14', place: '五楼会议室', contacts: '王强 010-1111' })
    const [told] = noticesOf('张三', '有变更')
    expect(textOf(told)).toContain('时间：3月13日（周五）14:00–16:00 → 3月14日（周六）14:00–16:00')
    expect(textOf(told)).toContain('地点：三楼报告厅 → 五楼会议室')
    expect(textOf(told)).toContain('联系人：李梅 010-0000 → 王强 010-1111')
    // Who waits is told, but has nothing to confirm.
    const [waiting] = noticesOf('陈晨', '有变更')
    expect(buttonsOf(waiting!)).toEqual([])
    expect(noticesOf('孙工', '有变更')).toEqual([])
    expect(await row(event.row.id)).toMatchObject({ sequence: 1, arrangement: 1 })
    expect(textOf(noticesOf('吴主席', '变更已通知')[0])).toContain('变更已通知 2 人')

    const [managed] = await house.type('吴主席', `管理活动 ${event.row.number}`)
    const unanswered = await house.click('吴主席', buttonOf(managed, '未再次确认 1 人'))
    expect(textOf(unanswered.beside)).toContain('张三')
    await house.click('张三', buttonOf(told, '仍然参加'))
    await house.settle()
    const [after] = await house.type('吴主席', `管理活动 ${event.row.number}`)
    expect(textOf(after)).not.toContain('未再次确认')
  })

  test('is changed in what concerns its organisers alone without a word to others', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await register('张三', event)
    const before = house.cardsOf('张三').length
    await change('吴主席', event, { capacity: '10', reminders: '2天', questions: '论文题目' })
    expect(house.cardsOf('张三')).toHaveLength(before)
    expect(await row(event.row.id)).toMatchObject({
      sequence: 0,
      arrangement: 0,
      capacity: 10,
      reminders: '[2880]',
    })
  })

  test('never has fewer seats than are taken, and offers those that are added', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 2 })
    for (const user of ['张三', '陈晨', '孙工']) await register(user, event)
    await expect(change('吴主席', event, { capacity: '1' })).rejects.toThrow('capacity: 已有 2 个名额被占用')
    await change('吴主席', event, { capacity: '3' })
    const states = await house.store.db
      .selectFrom('event_registration')
      .select(['name', 'state'])
      .where('event', '=', event.row.id)
      .orderBy('seq')
      .execute()
    expect(states.map(({ state }) => state)).toEqual(['confirmed', 'confirmed', 'offered'])
    expect((await row(event.row.id)).capacity).toBe(3)
  })

  test('is not changed by two organisers over one another', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    const button = { action: 'events.change', value: { event: event.row.id, scope: 'one' } }
    const opened = await house.click('吴主席', button)
    house.time.now = new Date('2026-03-02T02:00:00Z')
    await change('周建国', event, { place: '一楼' })
    await expect(house.fillIn('吴主席', opened, { place: '二楼' })).rejects.toThrow(
      'making:refused.meanwhile',
    )
    expect((await row(event.row.id)).place).toBe('一楼')
  })

  test('may have begun and go on', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await house.waitUntil('2026-03-13T06:30:00Z')
    await change('吴主席', event, { until: '17:00' })
    expect((await row(event.row.id)).ends_at).toBe('2026-03-13T09:00:00.000Z')
    await house.waitUntil('2026-03-13T08:30:00Z')
    expect((await row(event.row.id)).state).toBe('published')
    await house.waitUntil('2026-03-13T09:00:00Z')
    expect((await row(event.row.id)).state).toBe('over')
  })

  test('is called off: everybody is told why, and nobody gets in any more', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 1 })
    for (const user of ['张三', '陈晨']) await register(user, event)
    await callOff('吴主席', event)
    for (const user of ['张三', '陈晨']) {
      const told = noticesOf(user, '主讲人生病')
      expect(told).toHaveLength(1)
      expect(told[0]?.tone).toBe('refusal')
    }
    expect(await row(event.row.id)).toMatchObject({ state: 'cancelled', reason: '主讲人生病', sequence: 1 })
    const seats = await house.store.db.selectFrom('event_seats').selectAll().executeTakeFirstOrThrow()
    expect(seats.waiting).toBe(0)
    await register('孙工', event)
    const people = await house.store.db.selectFrom('event_registration').select('name').execute()
    expect(people.map(({ name }) => name).sort()).toEqual(['张三', '陈晨'])
    // Neither an old button nor the end of its time does anything more.
    await expect(callOff('吴主席', event)).rejects.toThrow('is-cancelled')
    await house.waitUntil('2026-03-14T00:00:00Z')
    expect((await row(event.row.id)).state).toBe('cancelled')
  })

  test('is told of to very many, two hundred in each transaction, each once', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: null })
    const at = house.time.now.toISOString()
    const of = (serial: number) => ({
      ...{ id: `r${String(serial).padStart(5, '0')}`, event: event.row.id, seq: serial, person: null },
      ...{ account: serial % 10 === 0 ? null : accountKey(accountOf(`u${serial}`)), organisation: null },
      ...{
        name: `u${serial}`,
        contact: null,
        state: 'confirmed' as const,
        pool: '',
        guests: 0,
        answers: '{}',
      },
      ...{
        priority: 0,
        team: null,
        registered_by: null,
        offer_until: null,
        arrangement: 0,
        language: 'zh-CN',
      },
      ...{ asked_to_leave_at: null, receipt_hash: null, created_at: at, changed_at: at },
    })
    for (let from = 0; from < 600; from += 200) {
      const values = Array.from({ length: 200 }, (_, at) => of(from + at))
      await house.store.transaction((trx) => trx.insertInto('event_registration').values(values).execute())
    }
    const batches: number[] = []
    const counted = house.store.transaction.bind(house.store)
    house.store.transaction = async (work, options) =>
      counted(async (trx) => {
        const count = () =>
          trx.selectFrom('outbox').select(({ fn }) => fn.countAll<number | string>().as('n'))
        const before = Number((await count().executeTakeFirstOrThrow()).n)
        const result = await work(trx)
        batches.push(Number((await count().executeTakeFirstOrThrow()).n) - before)
        return result
      }, options)
    await change('吴主席', event, { place: '五楼' })
    expect(Math.max(...batches)).toBeLessThan(410)
    const told = await house.store.db
      .selectFrom('outbox')
      .select('address')
      .where('id', 'like', `event ${event.row.id} 1 %`)
      .execute()
    expect(told).toHaveLength(540)
    expect(new Set(told.map(({ address }) => address)).size).toBe(540)
    expect(textOf(noticesOf('吴主席', '变更已通知')[0])).toContain('另有 60 人没有聊天账号')
  })

  describe('of a series', () => {
    const series = async (shared: string) => {
      const values = { title: '机器人讲座', day: '3月13日', from: '14:00', until: '16:00', place: '三楼' }
      const form = await house.click('吴主席', { action: 'events.begin', value: { kind: 'lecture' } })
      await house.fillIn('吴主席', form, { ...values, repeat: 'weekly', times: '3', shared })
      await house.settle()
      await house.click('吴主席', buttonOf(house.cardsOf('吴主席').at(-1), '发布全部 3 场'))
      const rows = await house.store.db.selectFrom('event_entry').selectAll().orderBy('starts_at').execute()
      return rows.map((one) => ({ row: one }) as Event) as [Event, Event, Event]
    }

    test('one date is changed, or also those that follow: what was changed is changed of each', async () => {
      house = await openEventsHouse(open)
      const [first, second, third] = await series('')
      await register('张三', second)
      await register('张三', third)
      await change('吴主席', third, { place: '六楼' })
      await change('吴主席', second, { from: '15:00', until: '17:00' }, 'following')
      expect(await row(first.row.id)).toMatchObject({ starts_at: '2026-03-13T06:00:00.000Z', place: '三楼' })
      expect(await row(second.row.id)).toMatchObject({ starts_at: '2026-03-20T07:00:00.000Z', place: '三楼' })
      expect(await row(third.row.id)).toMatchObject({ starts_at: '2026-03-27T07:00:00.000Z', place: '六楼' })
      expect(noticesOf('张三', '15:00–17:00')).toHaveLength(2)
    })

    test('that shares registrations people are told once, and the first cannot go alone', async () => {
      house = await openEventsHouse(open)
      const [first, second, third] = await series('yes')
      await register('张三', first)
      const pages = await house.click('吴主席', {
        action: 'events.change',
        value: { event: second.row.id, scope: 'one' },
      })
      // Its registrations are those of the first: neither who may come nor how they register is asked here.
      expect(pages.form?.step.of).toBe(4)
      await change('吴主席', second, { place: '六楼' }, 'following')
      const told = noticesOf('张三', '有变更')
      expect(told).toHaveLength(1)
      expect(textOf(told[0])).toContain('共 2 场作同样调整')
      await house.click('张三', buttonOf(told[0], '仍然参加'))
      await house.settle()
      const [managed] = await house.type('吴主席', `管理活动 ${first.row.number}`)
      expect(textOf(managed)).not.toContain('未再次确认')
      await expect(callOff('吴主席', first)).rejects.toThrow('making:refused.leads')
      await callOff('吴主席', second)
      expect(noticesOf('张三', '主讲人生病')).toHaveLength(1)
      expect((await row(third.row.id)).state).toBe('published')
      await callOff('吴主席', first, 'following', '整体取消')
      expect(noticesOf('张三', '整体取消')).toHaveLength(1)
      expect((await row(third.row.id)).state).toBe('cancelled')
    })
  })
})
