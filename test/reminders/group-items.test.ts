import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { createReminder, type ReminderDraft } from '../../src/features/reminders/making/keep-reminder.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { branchGroup, buttonsOf, type DutiesHouse, openDutiesHouse } from './duties-house.ts'

/** Nine in the morning in China. */
const tuesday = '2026-03-03T01:00:00Z'

/** Bound to no organisation: nobody can tell who is in it. */
const group = { ...branchGroup, chat: '联络员群' }

const textOf = (card: Card | undefined) => JSON.stringify(card)
const labels = (card: Card | undefined) => buttonsOf(card!).map(({ label }) => label)

function button(card: Card | undefined, label: string) {
  const found = buttonsOf(card!).find((one) => one.label === label)
  if (!found) throw new Error(`no ${label} on ${textOf(card)}`)
  return found
}

function remind(house: DutiesHouse, draft: Partial<ReminderDraft> = {}) {
  return house.store.transaction((trx) =>
    createReminder(
      trx,
      {
        ...{ title: '交联络记录', organisation: house.people.branch!, owner: house.people.王强! },
        rule: { type: 'once', at: '2026-03-03T09:00' },
        means: { type: 'know' },
        targets: [{ kind: 'chat', chat: group }],
        ...draft,
      },
      { by: null, now: house.time.now },
    ),
  )
}

const items = (house: DutiesHouse) =>
  house.store.db.selectFrom('reminder_item').selectAll().orderBy('number').execute()

describeEachDatabase('items of groups', (open) => {
  test('anybody puts one off for the group, which hears of it again then; its next time keeps silent as long', async () => {
    const house = await openDutiesHouse(open)
    const daily = { type: 'rrule', rrule: 'FREQ=DAILY', from: '2026-03-03T09:00', onDayOff: 'send' } as const
    await remind(house, { each: false, rule: daily })
    await house.waitUntil(tuesday)
    const inGroup = () => house.cardsIn(group)
    expect(labels(inGroup()[0])).toEqual(['知悉', '稍后提醒', '转交同事'])
    const asked = await house.click('李梅', button(inGroup()[0], '稍后提醒'))
    expect(textOf(asked.beside as Card)).toContain('在群里提醒')
    await house.click('李梅', {
      ...button(asked.beside as Card, '下一个工作日'),
      value: { item: (await items(house))[0]!.id, until: 'hour' },
    })
    await house.settle()
    expect(textOf(inGroup()[0])).toContain('已推迟到')
    const before = inGroup().length
    await house.waitUntil('2026-03-03T01:50:00Z')
    expect(inGroup()).toHaveLength(before)
    await house.waitUntil('2026-03-03T02:01:00Z')
    expect(inGroup()).toHaveLength(before + 1)
    expect(textOf(inGroup().at(-1))).not.toContain('已推迟到')
    // Over the next time.
    const [item] = await items(house)
    await house.click('李梅', {
      ...button(asked.beside as Card, '明天'),
      value: { item: item!.id, until: 'working-day' },
    })
    await house.store.transaction((trx) =>
      trx
        .updateTable('reminder_item')
        .set({ snoozed_until: '2026-03-05T02:00:00.000Z' })
        .where('id', '=', item!.id)
        .execute(),
    )
    await house.waitUntil('2026-03-04T02:00:00Z')
    expect((await items(house)).map(({ state }) => state)).toEqual(['ended', 'open'])
    expect(inGroup()).toHaveLength(before + 1)
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('handed over to a person it is theirs alone, and the group reads so', async () => {
    const house = await openDutiesHouse(open)
    await remind(house, { each: false })
    await house.waitUntil(tuesday)
    await house.type('李梅', '转交 陈晨', { conversation: group, group: true })
    await house.settle()
    const inGroup = () => house.cardsIn(group)[0]
    expect(textOf(inGroup())).toContain('已转交陈晨')
    expect(labels(inGroup())).toEqual([])
    await house.click('陈晨', button(house.cardsOf('陈晨')[0], '知悉'))
    await house.settle()
    expect(textOf(inGroup())).toContain('陈晨：已知悉')
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('each is counted where nobody can tell who they are, until it is closed', async () => {
    const house = await openDutiesHouse(open)
    await remind(house, { each: true })
    await house.waitUntil(tuesday)
    const inGroup = () => house.cardsIn(group)[0]
    expect(labels(inGroup())).toEqual(['知悉', '结束确认'])
    const known = button(inGroup(), '知悉')
    await house.click('李梅', known)
    expect((await house.click('李梅', known)).toast).toContain('已经确认过')
    await house.click('张三', known)
    await house.settle()
    expect(textOf(inGroup())).toContain('已确认 2 人：李梅、张三')
    const close = button(inGroup(), '结束确认')
    await expect(house.click('张三', close)).rejects.toMatchObject({ key: 'reminding:group.not-yours' })
    expect((await items(house)).filter(({ state }) => state === 'open')).toHaveLength(1)
    await house.click('王强', close)
    await house.settle()
    expect(textOf(inGroup())).toContain('王强已结束确认')
    expect(labels(inGroup())).toEqual([])
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('it is closed by itself when its time is over, once somebody has', async () => {
    const house = await openDutiesHouse(open)
    await remind(house, { each: true, usefulFor: 120 })
    await house.waitUntil(tuesday)
    await house.waitUntil('2026-03-03T04:00:00Z')
    expect((await items(house)).map(({ state }) => state)).toEqual(['open'])
    await house.click('李梅', button(house.cardsIn(group)[0], '知悉'))
    await house.waitUntil('2026-03-04T04:10:00Z')
    expect((await items(house)).map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged'])
    expect(textOf(house.cardsIn(group)[0])).toContain('确认已到期结束')
    expect(house.errors).toEqual([])
    await house.stop()
  })
})
