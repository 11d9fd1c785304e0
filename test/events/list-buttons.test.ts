import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { listPage } from '../../src/features/events/lists/list-pages.ts'
import type { Event } from '../../src/features/events/records.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, buttonOf, buttonsOf, type EventsHouse, openEventsHouse } from './events-house.ts'
import { registered } from './registered.ts'

describeEachDatabase('what lists of events offer at once', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** The line of an event on a card of a list, and the labels of its buttons. */
  const entryOf = (card: Card | undefined, { row }: Event) => {
    const blocks = card?.blocks ?? []
    const at = blocks.findIndex((block) => block.type === 'text' && block.runs[0]?.text.includes(row.number))
    const [note, buttons] = blocks.slice(at + 1, at + 3)
    if (note?.type !== 'note' || buttons?.type !== 'buttons') throw new Error(`no entry of ${row.number}`)
    return { line: note.text, labels: buttons.buttons.map(({ label }) => label) }
  }
  const listed = async (user: string, event: Event, words = '近期活动') =>
    entryOf((await house.type(user, words)).at(-1), event)
  const put = (event: Event, changed: { arrangement?: number; online?: 0 | 1 }) =>
    house.store.transaction((trx) =>
      trx.updateTable('event_entry').set(changed).where('id', '=', event.row.id).execute(),
    )

  test('近期活动 has 报名 where registration is open, by a press or by the form', async () => {
    house = await openEventsHouse(open)
    const plain = await house.event()
    const asking = await house.event({ mostGuests: 2 })
    const later = await house.event({ opensAt: new Date('2026-03-05T01:00:00Z') })
    const full = await house.event({ capacity: 1 })
    await registered(house, full, '外人')
    await house.store.transaction((trx) =>
      trx.updateTable('event_seats').set({ taken: 1 }).where('event', '=', full.row.id).execute(),
    )
    const [card] = await house.type('张三', '近期活动')
    expect(entryOf(card, plain).labels).toEqual(['报名', '查看详情'])
    expect(entryOf(card, asking).labels).toEqual(['报名', '查看详情'])
    expect(entryOf(card, later).labels).toEqual(['查看详情'])
    expect(entryOf(card, full).labels).toEqual(['报名候补', '查看详情'])
    const registers = buttonsOf(card!).filter(({ label }) => label === '报名')
    const [pressed] = registers.filter(({ action }) => action === 'events.register')
    expect(pressed?.value).toEqual({ event: plain.row.id })
    const [form] = registers.filter(({ action }) => action === 'events.register-form')
    expect(form?.value).toEqual({ event: asking.row.id })

    await house.click('张三', pressed!)
    await house.settle()
    const mine = await house.store.db.selectFrom('event_registration').select('person').execute()
    expect(mine).toContainEqual({ person: house.people.张三 })
  })

  test('近期活动 marks what its reader is registered for, and offers nothing twice', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    const waiting = await house.event()
    const left = await house.event()
    await registered(house, event, '张三')
    await registered(house, waiting, '张三', { state: 'waiting' })
    await registered(house, left, '张三', { state: 'cancelled' })
    const theirs = await listed('张三', event)
    expect(theirs.line).toContain('报名成功')
    expect(theirs.labels).toEqual(['查看详情'])
    expect((await listed('张三', waiting)).line).toContain('候补中')
    // Who left may come again.
    expect(await listed('张三', left)).toMatchObject({ labels: ['报名', '查看详情'] })
    expect((await listed('张三', left)).line).not.toContain('取消')
    expect((await listed('陈晨', event)).line).not.toContain('报名成功')
    // What one manages is no invitation.
    expect((await listed('吴主席', event, '我管理的活动')).labels).toEqual(['查看详情'])
  })

  test('one press of a series that shares its registrations marks all its dates', async () => {
    house = await openEventsHouse(open)
    const lead = await house.event()
    const later = { startsAt: new Date('2026-03-20T06:00:00Z'), endsAt: new Date('2026-03-20T08:00:00Z') }
    const second = await house.event({ registersWith: lead.row.id, ...later })
    await registered(house, lead, '张三')
    expect((await listed('张三', second)).line).toContain('报名成功')
  })

  test('我的报名 offers what is due: to answer, to confirm again, the code on the day', async () => {
    house = await openEventsHouse(open)
    const offered = await house.event()
    const moved = await house.event()
    const coming = await house.event()
    await registered(house, offered, '张三', { state: 'offered', offer_until: '2026-03-14T00:00:00.000Z' })
    await registered(house, moved, '张三')
    await registered(house, coming, '张三')
    await put(moved, { arrangement: 1 })
    const labels = async (event: Event) => (await listed('张三', event, '我的报名')).labels
    expect(await labels(offered)).toEqual(['接受名额', '放弃名额', '查看详情'])
    expect(await labels(moved)).toEqual(['仍然参加', '查看详情'])
    expect(await labels(coming)).toEqual(['查看详情'])
    // The last minute of the day before is not the day; by the clock of the event, the first of the next is.
    house.time.now = new Date('2026-03-12T15:59:00Z')
    expect(await labels(coming)).toEqual(['查看详情'])
    house.time.now = new Date('2026-03-12T16:00:00Z')
    expect(await labels(coming)).toEqual(['我的签到码', '查看详情'])
    await put(coming, { online: 1 })
    expect(await labels(coming)).toEqual(['签到', '查看详情'])

    const [card] = await house.type('张三', '我的报名')
    await house.click('张三', buttonOf(card, '仍然参加'))
    await house.settle()
    expect(await labels(moved)).toEqual(['我的签到码', '查看详情'])
  })

  test('a page asks the database no more often for six events than for one', async () => {
    house = await openEventsHouse(open)
    const ask = async (list: 'coming' | 'own') => {
      let asked = 0
      const db = house.store.db.withPlugin({
        transformQuery({ node }) {
          asked += 1
          return node
        },
        transformResult: async ({ result }) => result,
      })
      const asker = { person: house.people.张三!, account: accountOf('张三') }
      const reader = { asker, language: 'zh-CN' as const, now: house.time.now }
      const card = await listPage(db, house.context, { list, wish: null, after: null }, reader)
      return { asked, entries: card.blocks.filter(({ type }) => type === 'note').length }
    }
    await registered(house, await house.event(), '张三')
    const one = { coming: await ask('coming'), own: await ask('own') }
    expect([one.coming.entries, one.own.entries]).toEqual([1, 1])
    expect(one.coming.asked).toBeGreaterThan(0)
    for (let at = 0; at < 5; at += 1) await registered(house, await house.event(), '张三')
    expect(await ask('coming')).toEqual({ asked: one.coming.asked, entries: 6 })
    expect(await ask('own')).toEqual({ asked: one.own.asked, entries: 6 })
  })
})
