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
    const there = { conversation: group, group: true }
    await house.click('李梅', known, there)
    expect((await house.click('李梅', known, there)).toast).toContain('已经确认过')
    await house.click('张三', known, there)
    await house.settle()
    expect(textOf(inGroup())).toContain('已确认 2 人：李梅、张三')
    const close = button(inGroup(), '结束确认')
    await expect(house.click('张三', close, there)).rejects.toMatchObject({
      key: 'reminding:group.not-yours',
    })
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

  test('they are answered in the group, or by members of its organisation, and read by nobody else', async () => {
    const house = await openDutiesHouse(open)
    await remind(house, { each: false, owner: null, text: '内部事项', means: { type: 'done' } })
    await remind(house, { each: false, targets: [{ kind: 'chat', chat: branchGroup }], title: '交表' })
    await house.waitUntil(tuesday)
    const all = await items(house)
    const [unbound, bound] = [group, branchGroup].map((where) =>
      all.find((one) => one.chat?.includes(where.chat)),
    )
    const elsewhere = { conversation: { ...branchGroup, chat: '外面的群' }, group: true }
    // Numbers are counted through: nothing is said of what there is.
    for (const words of ['完成', '知悉', '转交 张三', '稍后 1小时']) {
      const [said] = await house.type('外人', `${words} ${unbound!.number}`)
      expect(textOf(said)).toContain('没有编号')
      expect(textOf(said)).not.toMatch(/内部事项|交联络记录/)
    }
    // A card that was forwarded to another group, its buttons and its forms.
    for (const action of ['done', 'mark', 'fill-in', 'snooze', 'snooze-to', 'hand-over', 'acknowledge']) {
      for (const item of [unbound!.id, bound!.id]) {
        const pressed = { action: `reminders.${action}`, value: { item } }
        await expect(house.click('外人', pressed, elsewhere)).rejects.toMatchObject({
          key: 'reminding:not-asked',
        })
      }
    }
    expect((await items(house)).map(({ state }) => state)).toEqual(['open', 'open'])
    // A member of the organisation from anywhere; who is in the group there, in the form too.
    await house.click('孙工', { action: 'reminders.acknowledge', value: { item: bound!.id } })
    const there = { conversation: group, group: true }
    const snooze = await house.click('外人', button(house.cardsIn(group)[0], '稍后提醒'), there)
    expect(snooze.toast).toBeUndefined()
    const form = await house.click('外人', button(house.cardsIn(group)[0], '已完成'), there)
    await house.fillIn('外人', form, { note: '已交' }, group)
    const notes = (await items(house)).map(({ id, note }) => ({ id, note }))
    expect(notes).toContainEqual({ id: unbound!.id, note: '已交' })
    expect((await items(house)).map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged'])
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('roles that have ended give no hold: of the reminder to its owner, of an item to whom it was told', async () => {
    const house = await openDutiesHouse(open)
    const { people, store } = house
    const reminder = await remind(house, {
      rule: { type: 'rrule', rrule: 'FREQ=DAILY', from: '2026-03-03T09:00', onDayOff: 'send' },
      targets: [{ kind: 'person', person: people.张三! }],
      steps: [{ after: { workingHours: 1 }, to: 'superior' }],
    })
    await house.waitUntil(tuesday)
    await house.waitUntil('2026-03-03T02:10:00Z')
    const [item] = await items(house)
    const above = house.cardsOf('何总').at(-1)
    const mark = button(above, '代为确认')
    expect((await house.click('何总', mark)).form).toBeDefined()
    const opened = await house.click('王强', { action: 'reminders.mark', value: { item: item!.id } })
    await store.transaction((trx) =>
      trx
        .updateTable('membership')
        .set({ until_day: '2026-03-02' })
        .where('person', 'in', [people.王强!, people.何总!])
        .execute(),
    )
    await expect(house.click('何总', mark)).rejects.toMatchObject({ key: 'reminding:not-yours' })
    await expect(house.fillIn('王强', opened, { reason: '我已离开' })).rejects.toMatchObject({
      key: 'reminding:not-yours',
    })
    const value = { reminder: reminder.row.id }
    for (const action of ['pause', 'resume', 'skip', 'end-sure', 'copy', 'change', 'move', 'try']) {
      await expect(house.click('王强', { action: `reminders.${action}`, value })).rejects.toMatchObject({
        key: 'reminders:not-yours',
      })
    }
    await expect(house.click('王强', { action: 'reminders.show', value })).rejects.toMatchObject({
      key: 'reminders:gone',
    })
    const [listed] = await house.type('王强', '提醒列表')
    expect(textOf(listed)).not.toContain(reminder.row.number)
    expect((await items(house)).map(({ state }) => state)).toEqual(['open'])
    // The cadre above holds it now.
    await house.click('吴主席', { action: 'reminders.pause', value })
    expect(house.errors).toEqual([])
    await house.stop()
  })
})
