import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { textsOf } from '../platforms/platform-scene.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonOf, buttonsOf, type EventsHouse, openEventsHouse } from './events-house.ts'
import { change, pressAll } from './registering-people.ts'

/** Reminders among the cards of somebody: how soon the event begins, as each says it. */
function remindersIn(cards: readonly Card[]): string[] {
  return cards.flatMap((card) => /活动还有 \d+ (?:分钟|小时|天)开始/.exec(textsOf(card)) ?? [])
}

describeEachDatabase('reminders', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('come at their times, with what is needed and the file, to those who come and nobody else', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 1, materials: '身份证' })
    await change(house, event)
    await pressAll(house, event, ['张三', '陈晨'])
    await house.waitUntil('2026-03-12T05:59:59Z')
    expect(remindersIn(house.cardsOf('张三'))).toEqual([])
    await house.waitUntil('2026-03-12T06:00:00Z')
    expect(remindersIn(house.cardsOf('张三'))).toEqual(['活动还有 1 天开始'])
    const card = house.cardsOf('张三').at(-1)!
    for (const text of ['3月13日（周五）14:00–16:00', '三楼报告厅', '请准备：身份证', '李梅']) {
      expect(textsOf(card)).toContain(text)
    }
    expect(buttonOf(card, '我的签到码').action).toBe('events.my-code')
    expect(house.filesOf('张三')).toHaveLength(2)
    await house.waitUntil('2026-03-13T05:00:00Z')
    await house.waitUntil('2026-03-13T08:00:00Z')
    expect(remindersIn(house.cardsOf('张三'))).toEqual(['活动还有 1 天开始', '活动还有 60 分钟开始'])
    expect(remindersIn(house.cardsOf('陈晨'))).toEqual([])
  })

  test('do not come to whoever cancelled, nor of an event that was called off', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 5, cancelUntil: new Date('2026-03-13T05:00:00Z') })
    await change(house, event)
    await pressAll(house, event, ['张三', '陈晨'])
    await pressAll(house, event, ['张三'], { type: 'cancel' })
    await house.waitUntil('2026-03-12T07:00:00Z')
    expect(remindersIn(house.cardsOf('张三'))).toEqual([])
    expect(remindersIn(house.cardsOf('陈晨'))).toHaveLength(1)
    await change(house, event, { state: 'cancelled' })
    await house.waitUntil('2026-03-13T05:30:00Z')
    expect(remindersIn(house.cardsOf('陈晨'))).toHaveLength(1)
  })

  test('move with the event, and ask again whoever has not agreed to the new time', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await change(house, event)
    await pressAll(house, event, ['张三'])
    await house.waitUntil('2026-03-12T06:00:00Z')
    await change(house, event, {
      ...{ starts_at: '2026-03-16T06:00:00.000Z', ends_at: '2026-03-16T08:00:00.000Z', arrangement: 1 },
    })
    await house.waitUntil('2026-03-13T05:30:00Z')
    expect(remindersIn(house.cardsOf('张三'))).toHaveLength(1)
    await house.waitUntil('2026-03-15T06:00:00Z')
    const card = house.cardsOf('张三').at(-1)!
    expect(textsOf(card)).toContain('请确认您是否仍参加')
    expect(buttonsOf(card).map(({ action }) => action)).toContain('events.confirm-again')
    expect(remindersIn(house.cardsOf('张三'))).toHaveLength(2)
  })

  test('after a downtime: only the last makes sense, and none once the event has begun', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await change(house, event)
    await pressAll(house, event, ['张三'])
    await house.waitUntil('2026-03-13T05:20:00Z')
    expect(remindersIn(house.cardsOf('张三'))).toEqual(['活动还有 40 分钟开始'])
    const other = await house.event({
      ...{ startsAt: new Date('2026-03-20T06:00:00Z'), endsAt: new Date('2026-03-20T08:00:00Z') },
      closesAt: new Date('2026-03-20T05:00:00Z'),
    })
    await change(house, other)
    await pressAll(house, other, ['陈晨'])
    await house.waitUntil('2026-03-20T06:00:00Z')
    expect(remindersIn(house.cardsOf('陈晨'))).toEqual([])
  })

  test('tell the organiser the day before who is expected, and the groups only when asked', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 3, mostGuests: 2 })
    await change(house, event)
    await pressAll(house, event, ['张三'])
    await pressAll(house, event, ['陈晨'], { type: 'register', guests: 1, answers: null })
    const group = { platform: 'chat', installation: 't', chat: '职工群', thread: '' }
    await house.store.transaction((trx) =>
      trx
        .insertInto('event_card')
        .values(
          ['one', 'two'].map((message) => ({
            ...{ message, event: event.row.id, conversation: JSON.stringify(group) },
            ...{ shown: '', sent_at: house.time.now.toISOString(), replaced: 0 as const },
          })),
        )
        .execute(),
    )
    await house.waitUntil('2026-03-12T06:00:00Z')
    const card = house.cardsOf('吴主席').at(-1)!
    expect(textsOf(card)).toContain('报名成功 2 人，连同随行共 3 人')
    const button = buttonOf(card, '提醒已通知的群（1 个）')
    expect(house.cardsIn(group)).toEqual([])
    await expect(house.click('张三', button)).rejects.toMatchObject({
      key: 'making:refused.not-organiser',
    })
    for (let times = 0; times < 2; times += 1) {
      expect(await house.click('吴主席', button)).toMatchObject({ toast: '已提醒 1 个群。' })
    }
    await house.settle()
    expect(remindersIn(house.cardsIn(group))).toHaveLength(1)
    await house.waitUntil('2026-03-13T06:00:00Z')
    await expect(house.click('吴主席', button)).rejects.toMatchObject({ key: 'events:remind.too-late' })
  })

  test('reach more people than one transaction takes', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({
      ...{ capacity: null, audience: { organisations: [], roles: [], public: true } },
    })
    await change(house, event)
    const guests = Array.from({ length: 230 }, (_, at) => `客人${at}`)
    await pressAll(house, event, guests)
    await house.waitUntil('2026-03-12T06:00:00Z')
    for (const name of guests) expect(remindersIn(house.cardsOf(name))).toHaveLength(1)
  })
})

describeEachDatabase('whatever is moved in between', (open, dialect) => {
  test('each who comes gets each reminder of the beginning that holds exactly once', async () => {
    const names = ['张三', '陈晨', '孙工']
    const moves = fc.array(
      fc.oneof(
        fc.record({
          type: fc.constantFrom('register' as const, 'cancel' as const),
          who: fc.constantFrom(...names),
        }),
        fc.record({ type: fc.constant('move' as const), hour: fc.integer({ min: 60, max: 120 }) }),
        fc.record({ type: fc.constant('touch' as const) }),
        fc.record({ type: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
      ),
      { minLength: 4, maxLength: 14 },
    )
    await fc.assert(
      fc.asyncProperty(moves, async (all) => {
        const house = await openEventsHouse(open)
        try {
          const base = house.time.now.getTime()
          const at = (hour: number) => new Date(base + hour * 3_600_000)
          const late = { closesAt: at(200), cancelUntil: at(200), capacity: 10, reminders: [2880, 60] }
          let start = 96
          const event = await house.event({ ...late, startsAt: at(start), endsAt: at(start + 2) })
          await change(house, event)
          const comes = new Set<string>()
          const due = new Map(names.map((name) => [name, 0]))
          let hour = 0
          /** Moments of reminders that were planned for the beginning that holds. */
          let pending = [start - 48, start - 1]
          for (const move of all) {
            if (move.type === 'register' || move.type === 'cancel') {
              const isOpen = hour < start
              if (!isOpen) continue
              const deed =
                move.type === 'cancel'
                  ? { type: 'cancel' as const }
                  : { type: 'register' as const, guests: 0, answers: null }
              await pressAll(house, event, [move.who], deed)
              if (move.type === 'register') comes.add(move.who)
              else comes.delete(move.who)
            } else if (move.type === 'move' && hour < start && move.hour > hour) {
              if (move.hour !== start)
                pending = [move.hour - 48, move.hour - 1].filter((moment) => moment > hour)
              start = move.hour
              const times = { starts_at: at(start).toISOString(), ends_at: at(start + 2).toISOString() }
              await change(house, event, times)
            } else if (move.type === 'touch' && hour < start) {
              await change(house, event)
            } else if (move.type === 'wait') {
              hour += move.hours
              const now = pending.filter((moment) => moment <= hour)
              pending = pending.filter((moment) => moment > hour)
              if (now.length > 0 && hour < start) for (const name of comes) due.set(name, due.get(name)! + 1)
              await house.waitUntil(at(hour).toISOString())
            }
          }
          for (const name of names) {
            expect([name, remindersIn(house.cardsOf(name)).length]).toEqual([name, due.get(name)])
          }
          expect(house.errors).toEqual([])
        } finally {
          await house.stop()
          await house.store.close()
        }
      }),
      // Each opens a house; what is said when is decided alike on both databases.
      { numRuns: dialect === 'sqlite' ? 10 : 2 },
    )
  })
})
