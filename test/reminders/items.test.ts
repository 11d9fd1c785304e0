import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { createReminder, type ReminderDraft } from '../../src/features/reminders/making/keep-reminder.ts'
import { enterLeave } from '../../src/timers/calendar/leave.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { branchGroup, buttonsOf, type DutiesHouse, monday, openDutiesHouse } from './duties-house.ts'

/** Tuesday and Wednesday, nine in the morning in China. */
const tuesday = '2026-03-03T01:00:00Z'

const textOf = (card: Card | undefined) => JSON.stringify(card)

function button(card: Card, label: string) {
  const found = buttonsOf(card).find((one) => one.label === label)
  if (!found) throw new Error(`no ${label} on ${textOf(card)}`)
  return found
}

/** A reminder of each day at nine from Tuesday on, or of what is given. */
async function remind(house: DutiesHouse, draft: Partial<ReminderDraft> & Pick<ReminderDraft, 'targets'>) {
  return house.store.transaction(async (trx) =>
    createReminder(
      trx,
      {
        title: '交联络记录',
        organisation: house.people.branch!,
        owner: null,
        rule: { type: 'rrule', rrule: 'FREQ=DAILY', from: '2026-03-03T09:00', onDayOff: 'send' },
        means: { type: 'know' },
        ...draft,
      },
      { by: null, now: house.time.now },
    ),
  )
}

const person = (house: DutiesHouse, name: string) => ({
  kind: 'person' as const,
  person: house.people[name]!,
})

function itemsOf(house: DutiesHouse) {
  return house.store.db.selectFrom('reminder_item').selectAll().orderBy('number').execute()
}

describeEachDatabase('items of reminders', (open) => {
  test('acknowledged by a button: the card says so, a repeat is nothing new, and nobody is told any more', async () => {
    const house = await openDutiesHouse(open)
    await remind(house, { targets: [person(house, '李梅')], rule: { type: 'once', at: '2026-03-03T09:00' } })
    await house.waitUntil(tuesday)
    const [card] = house.cardsOf('李梅')
    expect(card!.title).toBe('【提醒】交联络记录')
    expect(textOf(card)).toContain('DB-2026-000001')
    const pressed = button(card!, '知悉')
    // A colleague's press is none.
    await expect(house.click('陈晨', pressed)).rejects.toMatchObject({ key: 'reminding:not-yours' })
    expect((await house.click('李梅', pressed)).toast).toContain('已知悉')
    await house.settle()
    expect(textOf(house.cardsOf('李梅')[0])).toContain('已知悉（李梅')
    expect(buttonsOf(house.cardsOf('李梅')[0]!)).toEqual([])
    expect((await house.click('李梅', { ...pressed })).toast).toContain('已经确认过了')
    await house.waitUntil('2026-03-20T01:00:00Z')
    expect(house.cardsOf('李梅')).toHaveLength(1)
    expect(house.cardsOf('何总')).toHaveLength(0)
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('silence: once more after a working day, above after two more, marked there, and nothing after that', async () => {
    const house = await openDutiesHouse(open)
    await remind(house, { targets: [person(house, '李梅')], rule: { type: 'once', at: '2026-03-03T09:00' } })
    await house.waitUntil(tuesday)
    // A working day has seven and a half hours: until Wednesday 09:30.
    await house.waitUntil('2026-03-04T01:29:00Z')
    expect(house.cardsOf('李梅')).toHaveLength(1)
    await house.waitUntil('2026-03-04T01:31:00Z')
    expect(house.cardsOf('李梅')).toHaveLength(2)
    expect(textOf(house.cardsOf('李梅')[1])).toContain(
      '再次提醒（第 2 次），3月3日周二 09:00 已发出，尚未确认。如仍未确认，将告知上级。',
    )
    expect(house.cardsOf('何总')).toHaveLength(0)
    await house.waitUntil('2026-03-05T02:02:00Z')
    const [above] = house.cardsOf('何总')
    expect(above!.title).toBe('有 1 条提醒尚未确认')
    expect(textOf(above)).toContain('李梅：交联络记录（DB-2026-000001')
    expect((await house.click('何总', button(above!, '催一下'))).toast).toContain('再次提醒')
    await house.settle()
    expect(house.cardsOf('李梅')).toHaveLength(3)
    expect((await house.click('何总', button(above!, '催一下'))).toast).toContain('刚刚提醒过')
    const form = await house.click('何总', button(above!, '代为确认'))
    await house.fillIn('何总', form, { reason: '出差，已由本部办结。' })
    await house.settle()
    expect(house.cardsOf('何总')[0]!.title).toBe('这些提醒已全部处理')
    for (const card of house.cardsOf('李梅')) expect(textOf(card)).toContain('已知悉（何总')
    await house.waitUntil('2026-03-20T01:00:00Z')
    expect(house.cardsOf('李梅')).toHaveLength(3)
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('put off: the regular one keeps silent too, and what is told then is one item', async () => {
    const house = await openDutiesHouse(open)
    await remind(house, { targets: [person(house, '李梅')] })
    await house.waitUntil(tuesday)
    const [card] = house.cardsOf('李梅')
    const { beside } = await house.click('李梅', button(card!, '稍后提醒'))
    expect(buttonsOf(beside!).map(({ label }) => label)).toEqual([
      ...['1 小时后', '明天', '下一个工作日', '选择日期'],
    ])
    const form = await house.click('李梅', button(beside!, '选择日期'))
    await house.fillIn('李梅', form, { day: '2026-03-06' })
    await house.settle()
    expect(textOf(house.cardsOf('李梅')[0])).toContain('已推迟到 3月6日')
    const said = house.cardsOf('李梅').length
    await house.waitUntil('2026-03-04T01:00:00Z')
    await house.waitUntil('2026-03-05T01:00:00Z')
    expect(house.cardsOf('李梅')).toHaveLength(said)
    expect(textOf(house.cardsOf('李梅')[0])).toContain('已由新一期提醒代替')
    await house.waitUntil('2026-03-06T00:30:00Z')
    expect(house.cardsOf('李梅')).toHaveLength(said + 1)
    const open_ = (await itemsOf(house)).filter(({ state }) => state === 'open')
    expect(open_.map(({ number }) => number)).toEqual(['DB-2026-000003'])
    // A typed word, with what was asked for before it.
    expect(textOf((await house.type('李梅', '我的提醒'))[0])).toContain('DB-2026-000003')
    expect((await house.type('李梅', '2小时再提醒')).map(textOf).join()).toContain(
      '“交联络记录”（DB-2026-000003）推迟到 3月6日周五 10:30',
    )
    expect((await house.type('李梅', '知悉 3')).map(textOf).join()).toContain(
      '已知悉：交联络记录（DB-2026-000003）',
    )
    expect((await itemsOf(house)).map(({ state }) => state)).toEqual(['ended', 'ended', 'acknowledged'])
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('handed over and back; several at once are one message; a note is asked for; leave and night wait', async () => {
    const house = await openDutiesHouse(open)
    const once = { type: 'once' as const, at: '2026-03-03T09:00' }
    await remind(house, {
      title: '走访',
      targets: [person(house, '李梅')],
      rule: once,
      means: { type: 'done' },
    })
    await remind(house, { title: '填报', targets: [person(house, '李梅')], rule: once })
    // Two that a night held up come by their times, though the later one was made first.
    for (const hour of ['05:20', '05:10']) {
      const rule = { type: 'once' as const, at: `2026-03-03T${hour}` }
      await remind(house, { title: hour, targets: [person(house, '张三')], rule })
    }
    const night = { type: 'once' as const, at: '2026-03-03T23:00' }
    await remind(house, { title: '夜里', targets: [person(house, '陈晨')], rule: night })
    await house.store.transaction((trx) =>
      enterLeave(
        trx,
        {
          ...{ id: 'l', person: house.people.陈晨!, first: '2026-03-04', last: '2026-03-05' },
          ...{ note: '', by: null },
        },
        monday,
      ),
    )
    await house.waitUntil(tuesday)
    expect(house.cardsOf('李梅').map(({ title }) => title)).toEqual(['您有 2 条待办提醒'])
    const [digest] = house.cardsOf('张三').map(textOf)
    expect(digest).toMatch(/05:10.*05:20/)
    expect(digest).toMatch(/转交 姓名 DB-2026-\d+/)
    expect(textOf((await house.type('李梅', '转交 陈晨'))[0])).toContain('请选择您要办理的一条')
    const named = await house.store.db
      .selectFrom('reminder_item')
      .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
      .select(['reminder_item.number', 'reminder.title'])
      .execute()
    const visit = named.find(({ title }) => title === '走访')!.number
    const report = named.find(({ title }) => title === '填报')!.number
    const others = (await house.type('李梅', `转交 李无 ${visit}`)).map(textOf).join()
    expect(others).toContain('没有找到同事')
    await house.type('李梅', `转交 张三 ${report}`)
    expect(textOf(house.cardsOf('张三')[1])).toContain('由李梅转交给您')
    await house.type('张三', `转交 李梅 ${(await itemsOf(house)).at(-1)!.number}`)
    const items = await itemsOf(house)
    expect(items.filter(({ state }) => state === 'open').map(({ person: id }) => id)).toHaveLength(4)
    expect((await house.type('李梅', '知悉')).map(textOf).join()).toContain('请选择')
    const asked = (await house.type('李梅', `完成 ${Number(visit.slice(-3))}`)).map(textOf).join()
    expect(asked).toContain('完成后请点')
    expect((await house.type('李梅', `已完成 ${visit} 已走访铸造车间`)).map(textOf).join()).toContain(
      `已完成：走访（${visit}）`,
    )
    const visited = (await itemsOf(house)).find(({ number }) => number === visit)
    expect(visited).toMatchObject({ state: 'acknowledged', note: '已走访铸造车间' })
    await house.waitUntil('2026-03-03T15:00:00Z')
    await house.waitUntil('2026-03-05T03:00:00Z')
    expect(house.cardsOf('陈晨')).toEqual([])
    await house.waitUntil('2026-03-06T00:30:00Z')
    expect(house.cardsOf('陈晨').map(({ title }) => title)).toEqual(['【提醒】夜里'])
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('where one of a role answers for all, the first closes the others, whose cards say who it was', async () => {
    const house = await openDutiesHouse(open)
    const role = {
      kind: 'role' as const,
      role: 'staff' as const,
      organisation: house.people.branch!,
      below: true,
    }
    await remind(house, { targets: [role], rule: { type: 'once', at: '2026-03-03T09:00' }, each: false })
    await house.waitUntil(tuesday)
    const items = await itemsOf(house)
    expect(items.length).toBeGreaterThan(1)
    const told = Object.keys(house.people).filter((name) => house.cardsOf(name).length > 0)
    expect(told).toHaveLength(items.length)
    const [first = '', ...others] = told
    await house.click(first, button(house.cardsOf(first)[0]!, '知悉'))
    await house.settle()
    for (const name of others) {
      const [card] = house.cardsOf(name)
      expect(textOf(card)).toContain(`已知悉（${first}`)
      expect(buttonsOf(card!)).toEqual([])
    }
    for (const item of await itemsOf(house)) {
      expect(item).toMatchObject({ state: 'acknowledged', closed_by: house.people[first] })
    }
    // Neither is anybody asked again, nor told of above.
    await house.waitUntil('2026-03-10T01:00:00Z')
    for (const name of told) expect(house.cardsOf(name)).toHaveLength(1)
    const history = await house.store.db
      .selectFrom('reminder_history')
      .select(['item', 'by'])
      .where('what', '=', 'acknowledged')
      .execute()
    expect(history.map(({ item }) => item).toSorted()).toEqual(items.map(({ id }) => id).toSorted())
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('a group: who has and who has not, one for all, told again by its card; old cards are sent anew', async () => {
    const house = await openDutiesHouse(open)
    const targets = [{ kind: 'chat' as const, chat: branchGroup }]
    const once = { type: 'once' as const, at: '2026-03-03T09:00' }
    await remind(house, {
      title: '每人',
      targets,
      rule: once,
      steps: [{ after: { workingHours: 1 }, to: 'group' }],
    })
    await remind(house, { title: '一人', targets, rule: once, each: false, steps: [] })
    await house.waitUntil(tuesday)
    const cards = () => house.cardsIn(branchGroup)
    const of = (title: string) => cards().findLast((card) => card.title?.includes(title))!
    expect(textOf(of('每人'))).toMatch(/未确认 \d+ 人：.*李梅/)
    const inGroup = { conversation: branchGroup, group: true }
    await house.click('李梅', button(of('每人'), '知悉'), inGroup)
    await house.click('张三', button(of('一人'), '知悉'), inGroup)
    expect((await house.click('陈晨', button(of('每人'), '知悉'), inGroup)).toast).toContain('已知悉')
    await expect(house.click('外人', button(of('每人'), '知悉'), inGroup)).rejects.toMatchObject({
      key: 'reminding:not-asked',
    })
    await house.settle()
    expect(textOf(of('每人'))).toContain('已确认 2 人')
    expect(textOf(of('一人'))).toContain('已知悉（张三')
    expect(buttonsOf(of('一人'))).toEqual([])
    await house.waitUntil('2026-03-03T02:01:00Z')
    const told = cards().filter(({ title }) => title?.includes('尚未确认'))
    expect(told).toHaveLength(1)
    expect(textOf(told[0])).not.toContain('李梅')
    const before = cards().length
    await house.waitUntil('2026-03-15T01:00:00Z')
    expect(cards()).toHaveLength(before)
    await house.waitUntil('2026-03-16T01:00:00Z')
    expect(cards().filter((card) => textOf(card)?.includes('已在下方重新发送')).length).toBeGreaterThan(0)
    await house.click('王强', button(of('每人'), '知悉'), inGroup)
    await house.settle()
    expect(textOf(of('每人'))).toContain('已确认 3 人')
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('handed to and fro, it is told above when it would have been: an hour later at most', async () => {
    const house = await openDutiesHouse(open)
    await remind(house, {
      targets: [person(house, '张三')],
      rule: { type: 'once', at: '2026-03-03T09:00' },
      steps: [{ after: { workingHours: 8 }, to: 'superior' }],
    })
    await house.waitUntil(tuesday)
    const handOn = async (from: string, to: string, at: string) => {
      await house.waitUntil(at)
      const item = (await itemsOf(house)).find(({ state }) => state === 'open')
      await house.type(from, `转交 ${to} ${item!.number}`)
    }
    await handOn('张三', '陈晨', '2026-03-03T02:00:00Z')
    await handOn('陈晨', '张三', '2026-03-03T07:00:00Z')
    // Half an hour before the step; whoever gets it then has an hour.
    const [, , third] = await itemsOf(house)
    const step = await house.store.db
      .selectFrom('timer')
      .select('due_at')
      .where('id', '=', `reminders.step:${third!.id}`)
      .executeTakeFirstOrThrow()
    const due = new Date(step.due_at)
    expect(due <= new Date('2026-03-04T02:00:00Z')).toBe(true)
    await handOn('张三', '陈晨', new Date(due.getTime() - 1_800_000).toISOString())
    await house.waitUntil(new Date(due.getTime() + 60_000).toISOString())
    await handOn('陈晨', '张三', new Date(due.getTime() + 1_200_000).toISOString())
    const told = () => house.cardsOf('何总').filter((card) => textOf(card).includes('交联络记录')).length
    expect(told()).toBe(0)
    await house.waitUntil(new Date(due.getTime() + 3_600_000).toISOString())
    expect((await itemsOf(house)).at(-1)).toMatchObject({ state: 'open', step: 1 })
    expect(told()).toBe(1)
    expect(house.errors).toEqual([])
    await house.stop()
  })
})
