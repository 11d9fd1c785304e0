import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { followEvent } from '../../src/features/events/consequences.ts'
import type { OwnQuestion } from '../../src/features/events/records.ts'
import { textOf } from '../delivery/outbox-world.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, buttonOf, buttonsOf, type EventsHouse, openEventsHouse } from './events-house.ts'

const paper: OwnQuestion = { name: 'paper', label: '论文题目', type: 'text', required: true, options: [] }
const form: OwnQuestion = {
  ...{ name: 'form', label: '报告形式', type: 'select', required: true },
  options: ['口头报告', '张贴'],
}

describeEachDatabase('registering for an event', (open) => {
  let house: EventsHouse
  beforeEach(async () => {
    house = await openEventsHouse(open)
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const said = (user: string) => house.cardsOf(user).map((card: Card) => textOf(card))
  const lastOf = (user: string) => house.cardsOf(user).at(-1)
  const register = async (user: string, event: string) => {
    await house.click(user, { action: 'events.register', value: { event } })
    await house.settle()
  }
  const stateOf = async (user: string) =>
    (
      await house.store.db
        .selectFrom('event_registration')
        .select('state')
        .where('person', '=', house.people[user] ?? '')
        .executeTakeFirst()
    )?.state

  test('asks the own questions of the event, and fills in what was answered before', async () => {
    const first = await house.event({ questions: [paper, form], mostGuests: 2, capacity: 5 })
    const opened = await house.click('张三', {
      action: 'events.register-form',
      value: { event: first.row.id },
    })
    const sent = await house.fillIn('张三', opened, { guests: '1', 'own-paper': '焊接', 'own-form': '2' })
    expect(sent.toast).toBe('已收到，正在办理，请稍候。')
    await house.settle()
    const row = await house.store.db.selectFrom('event_registration').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ state: 'confirmed', guests: 1, person: house.people.张三 })
    expect(JSON.parse(row.answers)).toEqual({ paper: '焊接', form: '张贴' })
    // What waited for the result was changed to it: nothing else was said.
    expect(house.cardsOf('张三')).toHaveLength(1)
    expect(said('张三')[0]).toContain('报名成功')
    const second = await house.event({ questions: [form, paper], capacity: 5 })
    const again = await house.click('张三', {
      action: 'events.register-form',
      value: { event: second.row.id },
    })
    expect(again.form?.fields.map(({ name, value }) => [name, value])).toEqual([
      ['own-form', '2'],
      ['own-paper', '焊接'],
    ])
  })

  test('step by step it is the same', async () => {
    await house.stop()
    house = await openEventsHouse(open, { showsForms: false })
    const event = await house.event({ questions: [paper] })
    await house.click('张三', { action: 'events.register-form', value: { event: event.row.id } })
    await house.type('张三', '焊接')
    await house.type('张三', '提交')
    expect(await stateOf('张三')).toBe('confirmed')
    expect(said('张三').at(-1)).toContain('报名成功')
  })

  test('whoever waits is told their place, is offered what is freed, and accepts it', async () => {
    const { row } = await house.event({ capacity: 1 })
    await register('张三', row.id)
    await register('陈晨', row.id)
    await register('孙工', row.id)
    expect(said('张三').at(-1)).toContain('报名成功')
    expect(said('孙工').at(-1)).toContain('第 2 位')
    await house.click('张三', buttonOf(lastOf('张三'), '取消报名'))
    await house.settle()
    expect(said('张三').at(-1)).toContain('已取消报名')
    // Monday nine o'clock and four working hours: over the noon break.
    expect(said('陈晨').at(-1)).toContain('3月2日（周一）14:30 前答复')
    await house.click('陈晨', buttonOf(lastOf('陈晨'), '接受名额'))
    await house.settle()
    expect(await stateOf('陈晨')).toBe('confirmed')
    await house.waitUntil('2026-03-02T07:00:00Z')
    expect(await stateOf('陈晨')).toBe('confirmed')
    expect(await stateOf('孙工')).toBe('waiting')
  })

  test('an offer that nobody answers is reminded of once, and goes on', async () => {
    const { row } = await house.event({ capacity: 1 })
    for (const user of ['张三', '陈晨', '孙工']) await register(user, row.id)
    await house.click('张三', buttonOf(lastOf('张三'), '取消报名'))
    await house.settle()
    await house.waitUntil('2026-03-02T03:00:00Z')
    expect(said('陈晨').at(-1)).toContain('即将到期')
    const reminded = house.cardsOf('陈晨').length
    await house.waitUntil('2026-03-02T06:29:59Z')
    expect(await stateOf('陈晨')).toBe('offered')
    expect(house.cardsOf('陈晨')).toHaveLength(reminded)
    await house.waitUntil('2026-03-02T06:30:00Z')
    expect(await stateOf('陈晨')).toBe('expired')
    expect(said('陈晨').at(-1)).toContain('名额已收回')
    expect(await stateOf('孙工')).toBe('offered')
    // The old card leads to nothing.
    const old = house
      .cardsOf('陈晨')
      .find((card) => buttonsOf(card).some(({ label }) => label === '接受名额'))
    const answer = await house.click('陈晨', buttonOf(old, '接受名额'))
    expect(answer.toast).toContain('没有报名')
    expect(await stateOf('孙工')).toBe('offered')
  })

  test('an offer ends when the event begins', async () => {
    const { row } = await house.event({ capacity: 1, offerHours: 200 })
    for (const user of ['张三', '陈晨']) await register(user, row.id)
    await house.click('张三', buttonOf(lastOf('张三'), '取消报名'))
    await house.settle()
    expect(said('陈晨').at(-1)).toContain('3月13日（周五）14:00 前答复')
  })

  test('after the deadline the organisers let somebody go, or not', async () => {
    const { row } = await house.event({ capacity: 5 })
    for (const user of ['张三', '陈晨']) await register(user, row.id)
    const early = house.click('张三', { action: 'events.ask-to-leave', value: { event: row.id } })
    await expect(early).rejects.toThrow('still-free')
    await house.waitUntil('2026-03-12T10:00:00Z')
    const refused = await house.click('张三', buttonOf(lastOf('张三'), '取消报名'))
    expect(refused.toast).toContain('申请取消')
    for (const user of ['张三', '陈晨']) {
      const [choice] = await house.type(user, '取消报名')
      const opened = await house.click(user, buttonOf(choice, '申请取消 HD-2026-0001'))
      await house.fillIn(user, opened, { reason: '出差' })
      await house.settle()
      expect(said(user).at(-1)).toContain('取消申请已转交组织者')
    }
    const asked = house.cardsOf('吴主席')
    expect(asked.map((card) => textOf(card))).toEqual([
      expect.stringContaining('张三 申请取消报名'),
      expect.stringContaining('陈晨 申请取消报名'),
    ])
    await house.click('吴主席', buttonOf(asked[0], '同意取消'))
    await house.click('吴主席', buttonOf(asked[1], '请其参加'))
    await house.settle()
    expect(await stateOf('张三')).toBe('cancelled')
    expect(said('张三').at(-1)).toContain('组织者已同意')
    expect(await stateOf('陈晨')).toBe('confirmed')
    expect(said('陈晨').at(-1)).toContain('照常参加')
    await expect(house.click('吴主席', buttonOf(asked[1], '请其参加'))).rejects.toThrow('settled')
  })

  test('requests are collected, approved and declined with a reason', async () => {
    const { row } = await house.event({ mode: 'approval', capacity: 5 })
    for (const user of ['张三', '陈晨', '孙工', '外人']) await register(user, row.id)
    expect(said('张三').at(-1)).toContain('待组织者审核')
    expect(house.cardsOf('吴主席')).toHaveLength(0)
    await house.waitUntil('2026-03-02T01:10:00Z')
    expect(house.cardsOf('吴主席')).toHaveLength(1)
    const card = lastOf('吴主席')
    expect(said('吴主席')[0]).toContain('4 份报名申请待审核')
    const answer = await house.click('吴主席', buttonOf(card, '同意 张三'))
    expect(answer.toast).toContain('1 份')
    const opened = await house.click('吴主席', buttonOf(card, '不同意 外人'))
    await house.fillIn('吴主席', opened, { reason: '面向一分公司' })
    await house.settle()
    expect(said('张三').at(-1)).toContain('已通过')
    expect(said('外人').at(-1)).toContain('原因：面向一分公司')
    await house.click('吴主席', buttonOf(card, '全部同意（4）'))
    await house.settle()
    expect(await stateOf('陈晨')).toBe('confirmed')
    expect(await stateOf('孙工')).toBe('confirmed')
    expect(await stateOf('外人')).toBe('declined')
  })

  test('whoever still waits when the event begins is told so', async () => {
    const event = await house.event({ capacity: 1 })
    await house.store.transaction((trx) => followEvent(trx, house.context, event, house.time.now))
    for (const user of ['张三', '陈晨']) await register(user, event.row.id)
    await house.waitUntil('2026-03-13T05:59:59Z')
    expect(await stateOf('陈晨')).toBe('waiting')
    await house.waitUntil('2026-03-13T06:00:00Z')
    expect(await stateOf('陈晨')).toBe('expired')
    expect(said('陈晨').at(-1)).toContain('候补已经结束')
    expect(await stateOf('张三')).toBe('confirmed')
  })

  test('the organiser sees the requests when they ask for them', async () => {
    const { row } = await house.event({ mode: 'approval' })
    await register('张三', row.id)
    const action = { action: 'events.requests', value: { event: row.id } }
    const mineOf = (person = '') =>
      house.feature.mine({
        ...{ db: house.store.db, account: accountOf('x'), person, language: 'zh-CN', now: house.time.now },
      })
    const toDecide = (await mineOf(house.people.吴主席)).filter(({ title }) => title === '待审核的报名')
    expect(toDecide).toMatchObject([{ kind: 'to-do', count: 1, items: [{ state: '1 份报名申请待审核' }] }])
    expect((await mineOf(house.people.李梅)).some(({ title }) => title === '待审核的报名')).toBe(false)
    const shown = await house.click('吴主席', action)
    expect(JSON.stringify(shown.beside)).toContain('同意 张三')
    await expect(house.click('张三', action)).rejects.toThrow('not-organiser')
  })

  test('nobody else decides, whatever a button says', async () => {
    const { row } = await house.event({ mode: 'approval' })
    await register('张三', row.id)
    const { id } = await house.store.db
      .selectFrom('event_registration')
      .select('id')
      .executeTakeFirstOrThrow()
    for (const name of ['approve', 'refuse', 'remove', 'let-go', 'keep', 'approve-all']) {
      const pressed = house.click('陈晨', {
        action: `events.${name}`,
        value: { event: row.id, registrations: id, until: '2027-01-01T00:00:00.000Z' },
      })
      await expect(pressed).rejects.toThrow('not-organiser')
    }
    const mine = house.click('陈晨', { action: 'events.not-mine', value: { registration: id } })
    await expect(mine).rejects.toThrow('not-registered')
    // Of another event it is none.
    const other = await house.event({ mode: 'approval' })
    const stray = house.click('吴主席', {
      action: 'events.approve',
      value: { event: other.row.id, registrations: id },
    })
    await expect(stray).rejects.toThrow('not-requested')
    expect(await stateOf('张三')).toBe('requested')
  })

  test('what is typed registers, cancels and answers offers', async () => {
    const { row } = await house.event({ capacity: 1 })
    await house.type('张三', '报名 hd-2026-1')
    expect(said('张三').at(-1)).toContain('报名成功')
    await house.type('陈晨', '报名HD－2026－0001')
    expect(said('陈晨').at(-1)).toContain('第 1 位')
    const [choice] = await house.type('张三', '取消报名')
    expect(buttonsOf(choice!).map(({ label }) => label)).toEqual(['取消 HD-2026-0001'])
    await house.type('张三', '取消报名 HD-2026-0001')
    expect(await stateOf('张三')).toBe('cancelled')
    await house.type('陈晨', '接受名额')
    expect(await stateOf('陈晨')).toBe('confirmed')
    expect(said('陈晨').at(-1)).toContain('报名成功')
    await house.type('孙工', '放弃名额')
    expect(said('孙工').at(-1)).toContain('目前没有留给您的名额')
    await house.type('孙工', `取消报名 ${row.number}`)
    expect(said('孙工').at(-1)).toContain('没有报名这项活动')
  })

  test('in a group what becomes of it goes alone', async () => {
    await house.event()
    const conversation = { platform: 'chat', installation: 't', chat: 'group', thread: '' }
    await house.type('张三', '报名 HD-2026-0001', { conversation, group: true })
    expect(house.cardsIn(conversation).map((card) => textOf(card))).toEqual([
      expect.not.stringContaining('报名成功'),
    ])
    expect(said('张三').at(-1)).toContain('报名成功')
  })
})
