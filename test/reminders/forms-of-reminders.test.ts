import { afterEach, expect, test } from 'vitest'
import { planOfYear } from '../../src/features/planning/plans/records.ts'
import { createReminder, type ReminderDraft } from '../../src/features/reminders/making/keep-reminder.ts'
import { buttonNamed, textOf } from '../liaison/cards.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { branchGroup, type DutiesHouse, openDutiesHouse } from './duties-house.ts'

describeEachDatabase('forms of other features, filled in from the card of a reminder', (open) => {
  let house: DutiesHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const cardOf = (name: string, about: string) =>
    house.cardsOf(name).findLast((card) => textOf(card).includes(about))
  /** Fills in the form of the card that somebody has about something. */
  const fillFrom = async (name: string, about: string, values: Record<string, string>) => {
    const form = await house.click(name, buttonNamed(cardOf(name, about), '填写'))
    const done = await house.fillIn(name, form, values)
    await house.settle()
    return done
  }
  const begin = async (name: string, words: string, label: string, values: Record<string, string>) => {
    const [offered] = await house.type(name, words)
    await house.fillIn(name, await house.click(name, buttonNamed(offered, label)), values)
    await house.settle()
  }
  /** `state by` of each item of the reminders whose title holds the words. */
  const itemsOf = async (title: string) => {
    const rows = await house.store.db
      .selectFrom('reminder_item')
      .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
      .leftJoin('person', 'person.id', 'reminder_item.closed_by')
      .select(['reminder_item.state', 'person.name', 'reminder_item.note'])
      .where('reminder.title', 'like', `%${title}%`)
      .orderBy('reminder_item.number')
      .execute()
    return rows.map(({ state, name, note }) => `${state} ${name ?? ''} ${note}`.trim())
  }

  test('a visit with a need and a promise, by whoever it was handed over to', async () => {
    house = await openDutiesHouse(open)
    await begin('王强', '指派联络员', '指派', { organisation: '铸造车间', role: 'liaison', person: '李梅' })
    await house.waitUntil('2026-03-16T02:00:00Z')
    const items = await house.store.db
      .selectFrom('reminder_item')
      .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
      .select(['reminder_item.number', 'reminder_item.id'])
      .where('reminder.title', '=', '走访联系点：铸造车间')
      .execute()
    // What the form asks for is not skipped by marking one's own item, nor by a note.
    const value = { item: items[0]!.id }
    const mark = { action: 'reminders.mark', value }
    await expect(house.click('李梅', mark)).rejects.toThrow('not-own')
    await expect(house.click('李梅', { action: 'reminders.done', value })).rejects.toThrow('needs-more')
    await house.type('李梅', `转交 陈晨 ${items[0]!.number}`)
    await fillFrom('陈晨', '走访联系点：铸造车间', {
      ...{ day: '2026-03-16', summary: '走访了车间', needs: '焊机老化' },
      promises: '协调检定；孙工；2026-03-31',
    })
    expect(await itemsOf('走访联系点')).toEqual(['handed-over 李梅', 'acknowledged 陈晨 ZF-2026-0001'])
    const opinions = await house.store.db
      .selectFrom('submission')
      .select(['kind', 'number', 'organisation'])
      .execute()
    expect(opinions).toMatchObject([{ kind: 'opinion', organisation: house.people.workshop }])
    expect(textOf(cardOf('陈晨', 'ZF-2026-0001'))).toContain(opinions[0]!.number)
    expect(textOf(cardOf('陈晨', '已完成（陈晨'))).toContain('走访联系点：铸造车间')

    // The promise is asked of whoever gave it, and kept by the form of its reminder.
    await house.waitUntil('2026-03-26T02:00:00Z')
    await fillFrom('孙工', '协调检定', { outcome: 'kept', note: '已送检' })
    expect((await itemsOf('协调检定'))[0]).toMatch(/^acknowledged 孙工/)
    expect(textOf(house.cardsOf('陈晨').at(-1))).toContain('孙工已于 2026-03-26 兑现')
  })

  test('how far the item of a plan is, and the step of a founding, each also by whoever it was handed over to', async () => {
    house = await openDutiesHouse(open)
    const { store, people } = house
    const plan = { organisation: '一分公司', year: 'this', title: '', source: 'empty' }
    await begin('王强', '新建年度计划', '新建年度计划', plan)
    await begin('王强', '添加计划条目', 'JH-2026-0001 2026 年企业科协年度工作计划', {
      ...{ section: '服务', goal: '办两场讲座', measure: '请专家来讲', target: '两场', owner: '张三' },
      ...{ starts: '2026-03-02', ends: '2026-12-20' },
    })
    const [draft] = await house.type('王强', 'JH-2026-0001')
    await house.click('王强', buttonNamed(draft, '提交审批'))
    await house.settle()
    const decide = await house.click('何总', buttonNamed(house.cardsOf('何总').at(-1), '审批'))
    await house.fillIn('何总', decide, { decision: 'approve', reason: '' })
    const founding = { action: 'founding.begin', value: { organisation: people.branch! } }
    await house.fillIn('王强', await house.click('王强', founding), { mode: 'hosted', owner: '李梅' })
    await house.waitUntil('2026-03-06T01:00:10Z')
    await house.type('李梅', '转交 陈晨')
    await fillFrom('陈晨', '成立筹备组', { day: '2026-03-05', note: '筹备组 5 人' })
    expect(await itemsOf('成立筹备组')).toEqual(['handed-over 李梅', 'acknowledged 陈晨 筹备组 5 人'])

    const { next_at } = await store.db
      .selectFrom('reminder')
      .select('next_at')
      .where('origin', 'like', 'plan.item:%')
      .executeTakeFirstOrThrow()
    await house.waitUntil(next_at!)
    await house.type('张三', '转交 褚工')
    await fillFrom('褚工', '办两场讲座', { percent: '50', note: '已办一场' })
    const [item] = (await planOfYear(store.db, people.branch!, 2026))!.items
    expect(item).toMatchObject({ percent: 50 })
    expect((await itemsOf('办两场讲座')).map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'handed-over 张三',
      'acknowledged 褚工',
    ])
  })

  test('only whose open item it is sends in the form by it: no old form, no member of the group, no copy', async () => {
    house = await openDutiesHouse(open)
    const { store, people } = house
    const opened = await house.click('王强', { action: 'planning.begin', value: {} })
    const begun = { organisation: '一分公司', year: 'this', source: 'template', title: '' }
    await house.fillIn('王强', opened, begun)
    await store.transaction((trx) => trx.updateTable('plan').set({ state: 'running' }).execute())
    const plan = await store.db.selectFrom('plan').selectAll().executeTakeFirstOrThrow()
    const [item] = await store.db.selectFrom('plan_item').selectAll().orderBy('position').execute()
    const about = { plan: plan.id, number: plan.number, title: plan.title }
    const remind = (origin: string, draft: Pick<ReminderDraft, 'targets' | 'means'>) =>
      store.transaction((trx) =>
        createReminder(
          trx,
          {
            ...{ title: origin, organisation: people.branch!, owner: people.王强!, origin, steps: [] },
            ...{ rule: { type: 'once', at: '2026-03-03T09:00' }, each: false, ...draft },
          },
          { by: null, now: house.time.now },
        ),
      )
    await remind('进展', {
      targets: [{ kind: 'person', person: people.张三! }],
      means: {
        type: 'form',
        form: 'planning.update',
        context: { ...about, about: item!.id, goal: '', target: '' },
      },
    })
    const summary = await remind('总结', {
      targets: [{ kind: 'chat', chat: branchGroup }],
      means: { type: 'form', form: 'planning.summary', context: { ...about, year: '2026' } },
    })
    await house.waitUntil('2026-03-03T01:00:00Z')
    const items = () => store.db.selectFrom('reminder_item').selectAll().orderBy('opened_at').execute()
    const theirs = (await items()).find(({ person }) => person === people.张三)
    const ofGroup = (await items()).find(({ person }) => person === null)

    const progress = { percent: '100', note: '已完成' }
    const before = await house.click('张三', { action: 'reminders.fill-in', value: { item: theirs!.id } })
    await house.type('张三', `转交 ${theirs!.number} 陈晨`)
    await expect(house.fillIn('张三', before, progress)).rejects.toMatchObject({ key: 'planning:not-yours' })
    const handed = (await items()).find(({ person }) => person === people.陈晨)
    const now = await house.click('陈晨', { action: 'reminders.fill-in', value: { item: handed!.id } })
    await house.fillIn('陈晨', now, progress)
    expect((await items()).find(({ id }) => id === handed!.id)?.state).toBe('acknowledged')

    const closing = await house.click('褚工', { action: 'reminders.fill-in', value: { item: ofGroup!.id } })
    await expect(house.fillIn('褚工', closing, { summary: '我来关闭', closes: 'yes' })).rejects.toMatchObject(
      {
        key: 'planning:not-yours',
      },
    )
    expect(await store.db.selectFrom('plan').select('state').execute()).toEqual([{ state: 'running' }])

    const copy = await house.click('王强', { action: 'reminders.copy', value: { reminder: summary.row.id } })
    const to = { whom: 'people', people: '张三', rhythm: 'once', day: '2026-03-05', time: '09:00' }
    await house.fillIn('王强', copy, { ...to, means: 'same' })
    const [copied] = await store.db
      .selectFrom('reminder')
      .select(['means', 'form'])
      .where('origin', 'is', null)
      .execute()
    expect(copied).toEqual({ means: 'done', form: null })
  })

  test('what is sent in by an old form acknowledges the item of whoever has it by now', async () => {
    house = await openDutiesHouse(open)
    await begin('王强', '指派联络员', '指派', { organisation: '铸造车间', role: 'liaison', person: '李梅' })
    await house.waitUntil('2026-03-16T02:00:00Z')
    const item = await house.store.db
      .selectFrom('reminder_item')
      .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
      .select(['reminder_item.id', 'reminder_item.number'])
      .where('reminder.title', '=', '走访联系点：铸造车间')
      .executeTakeFirstOrThrow()
    const form = await house.click('李梅', { action: 'reminders.fill-in', value: { item: item.id } })
    await house.type('李梅', `转交 陈晨 ${item.number}`)
    await house.fillIn('李梅', form, { day: '2026-03-16', summary: '走访了车间' })
    await house.settle()
    expect(await itemsOf('走访联系点')).toEqual(['handed-over 李梅', 'acknowledged 李梅 ZF-2026-0001'])
  })
})
