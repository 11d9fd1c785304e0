import { afterEach, expect, test } from 'vitest'
import type { Conversation } from '../../src/chat/incoming.ts'
import { refreshCards } from '../../src/features/events/announcing/refresh-cards.ts'
import { followEvent } from '../../src/features/events/consequences.ts'
import { type Event, findEvent } from '../../src/features/events/records.ts'
import { bindChat } from '../../src/people/chats.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonOf, buttonsOf, type EventsHouse, openEventsHouse } from './events-house.ts'

const group: Conversation = { platform: 'chat', installation: 't', chat: '一分公司群', thread: '' }
const inGroup = { conversation: group, group: true }

describeEachDatabase('an event in groups', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** What the engine does when so many seats are held. */
  const take = (event: Event, taken: number) =>
    house.store.transaction(async (trx) => {
      await trx.updateTable('event_seats').set({ taken }).where('event', '=', event.row.id).execute()
      await refreshCards(trx, event, house.time.now)
    })
  const shown = () => JSON.stringify(house.cardsIn(group).at(-1))
  const edits = async () =>
    (await house.store.db.selectFrom('outbox').select('id').where('operation', '=', 'edit').execute()).length

  test('nobody is refused before a group', async () => {
    house = await openEventsHouse(open)
    await house.type('张三', '办活动', inGroup)
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain('办活动的权限')
    expect(JSON.stringify(house.cardsIn(group))).not.toContain('办活动的权限')
  })

  test('the card follows the seats, many changes in one edit, and none without a difference', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 100 })
    await house.type('吴主席', '在本群发布 HD-2026-0001', inGroup)
    expect(shown()).toContain('还剩 100 个名额')
    for (const taken of [1, 2, 3]) await take(event, taken)
    await house.waitUntil('2026-03-02T01:00:02Z')
    expect(shown()).toContain('还剩 100 个名额')
    // More changes do not put it off.
    await take(event, 4)
    await house.waitUntil('2026-03-02T01:00:03Z')
    expect(shown()).toContain('还剩 96 个名额')
    expect(await edits()).toBe(1)
    await take(event, 4)
    await house.waitUntil('2026-03-02T01:00:10Z')
    expect(await edits()).toBe(1)
    await take(event, 100)
    await house.waitUntil('2026-03-02T01:00:20Z')
    expect(shown()).toContain('可报名候补')
    expect(buttonOf(house.cardsIn(group).at(-1), '报名候补').action).toBe('events.register')
  })

  test('what time alone changes is shown too, and a cancelled one loses its buttons', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await house.type('吴主席', '在本群发布 hd2026 1', inGroup)
    expect(buttonsOf(house.cardsIn(group).at(-1)!).map(({ label }) => label)).toEqual(['报名', '查看详情'])
    await house.waitUntil('2026-03-12T09:00:00Z')
    expect(shown()).toContain('报名截止')
    expect(buttonsOf(house.cardsIn(group).at(-1)!).map(({ label }) => label)).toEqual(['查看详情'])
    await house.store.transaction(async (trx) => {
      const set = { state: 'cancelled' as const, reason: '停电' }
      await trx.updateTable('event_entry').set(set).where('id', '=', event.row.id).execute()
      const cancelled = (await findEvent(trx, event.row.id))!
      await followEvent(trx, house.context, cancelled, house.time.now)
    })
    await house.waitUntil('2026-03-12T09:01:00Z')
    expect(shown()).toContain('停电')
    expect(buttonsOf(house.cardsIn(group).at(-1)!)).toEqual([])
  })

  test('a card too old to be edited is sent anew, once, and the old one left', async () => {
    house = await openEventsHouse(open)
    const far = {
      ...{ startsAt: new Date('2026-05-13T06:00:00Z'), endsAt: new Date('2026-05-13T08:00:00Z') },
      ...{ closesAt: new Date('2026-05-12T06:00:00Z'), cancelUntil: new Date('2026-05-12T06:00:00Z') },
    }
    const event = await house.event({ capacity: 100, ...far })
    await house.type('吴主席', '在本群发布 HD-2026-0001', inGroup)
    await house.waitUntil('2026-03-16T01:00:00Z')
    expect(house.cardsIn(group)).toHaveLength(1)
    await take(event, 5)
    await house.waitUntil('2026-03-16T01:00:10Z')
    expect(house.cardsIn(group)).toHaveLength(2)
    expect(shown()).toContain('还剩 95 个名额')
    await take(event, 6)
    await house.waitUntil('2026-03-16T01:00:20Z')
    expect(house.cardsIn(group)).toHaveLength(2)
    expect(shown()).toContain('还剩 94 个名额')
  })

  test('the organiser chooses among the groups of the organisation and below, and none gets it twice', async () => {
    house = await openEventsHouse(open)
    const { row } = await house.event()
    await house.store.transaction(async (trx) => {
      await bindChat(trx, group, house.people.branch!)
      await bindChat(trx, { ...group, chat: '车间群' }, house.people.workshop!)
    })
    const announce = { action: 'events.announce', value: { event: row.id } }
    const { beside } = await house.click('吴主席', announce)
    const to = buttonOf(beside, '发布到 一分公司（chat）')
    const { toast, replace } = await house.click('吴主席', to)
    expect(toast).toBe('已发布到 1 个群。')
    expect(buttonsOf(replace!).map(({ label }) => label)).toEqual(['发布到 铸造车间（chat）'])
    expect((await house.click('吴主席', to)).toast).toBe('已经发布过了。')
    await house.click('吴主席', { ...to, value: { event: row.id, chat: 'all' } })
    await house.settle()
    expect(house.cardsIn(group)).toHaveLength(1)
    expect(house.cardsIn({ ...group, chat: '车间群' })).toHaveLength(1)
  })

  test('nobody announces what they do not manage, nor into a group that is not its own', async () => {
    house = await openEventsHouse(open)
    const { row } = await house.event()
    await expect(
      house.click('张三', { action: 'events.announce', value: { event: row.id } }),
    ).rejects.toThrow('announcing:refused.no-event')
    await expect(
      house.click('吴主席', {
        action: 'events.announce-to',
        value: { event: row.id, chat: '["a","b","c"]' },
      }),
    ).rejects.toThrow('announcing:refused.no-group')
    await house.type('张三', '在本群发布 HD-2026-0001', inGroup)
    expect(JSON.stringify(house.cardsOf('张三'))).toContain('没有找到由您管理的这项活动')
    expect(house.cardsIn(group).map(({ title }) => title)).toEqual([undefined])
    await house.type('吴主席', '在本群发布 HD-2026-0001')
    expect(JSON.stringify(house.cardsOf('吴主席'))).toContain('请在要发布的群里发送')
    const draft = { state: 'draft' as const }
    await house.store.transaction((trx) =>
      trx.updateTable('event_entry').set(draft).where('id', '=', row.id).execute(),
    )
    await house.type('吴主席', '在本群发布 HD-2026-0001', inGroup)
    expect(JSON.stringify(house.cardsOf('吴主席').at(-1))).toContain('尚未发布')
  })
})
