import { afterEach, expect, test } from 'vitest'
import { enterLeave } from '../../src/timers/calendar/leave.ts'
import { buttonsOf, type DutiesHouse, openDutiesHouse } from '../reminders/duties-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonNamed, textOf } from './cards.ts'

describeEachDatabase('liaison points', (open) => {
  let house: DutiesHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** 王强 of 一分公司 says who looks after a place. */
  const assign = async (person: string, role: string, organisation = '铸造车间', by = '王强') => {
    const [offered] = await house.type(by, '指派联络员')
    const form = await house.click(by, buttonNamed(offered, '指派'))
    const done = await house.fillIn(by, form, { organisation, role, person })
    await house.settle()
    return done
  }
  const visit = async (user: string, values: Record<string, string>, organisation = '铸造车间') => {
    const [offered] = await house.type(user, '走访记录')
    const form = await house.click(user, buttonNamed(offered, '记录走访'))
    await house.fillIn(user, form, { organisation, kind: 'visit', ...values })
    await house.settle()
    return house.cardsOf(user).at(-1)!
  }

  test('are assigned from days that can be, and visited on such: the past of others stays', async () => {
    house = await openDutiesHouse(open)
    const from = async (person: string, day: string) => {
      const [offered] = await house.type('王强', '指派联络员')
      await house.store.transaction((trx) => trx.deleteFrom('form_draft').execute())
      const form = await house.click('王强', buttonNamed(offered, '指派'))
      await house.fillIn('王强', form, { organisation: '铸造车间', role: 'liaison', person, from: day })
      await house.settle()
    }
    const held = async () => {
      const rows = await house.store.db
        .selectFrom('liaison_holder')
        .innerJoin('person', 'person.id', 'liaison_holder.person')
        .select(['name', 'from_day', 'until_day'])
        .orderBy('from_day')
        .execute()
      const begun = rows.filter(({ from_day, until_day }) => until_day === null || from_day <= until_day)
      return begun.map(({ name, from_day, until_day }) => `${name} ${from_day} ${until_day ?? ''}`.trim())
    }
    await expect(from('李梅', '1900-01-01')).rejects.toThrow('from: 请填写 2016-')
    await expect(from('李梅', '2199-12-31')).rejects.toThrow('from: 请填写')
    await from('李梅', '2026-02-01')
    await expect(from('张三', '2026-01-01')).rejects.toThrow('from: 李梅自 2026-02-01 起已在联络')
    await from('张三', '2026-03-20')
    // Who was to begin later has never begun.
    await from('陈晨', '2026-03-10')
    expect(await held()).toEqual(['李梅 2026-02-01 2026-03-09', '陈晨 2026-03-10'])
    await expect(visit('李梅', { day: '1900-01-01', summary: '走访了车间' })).rejects.toThrow(
      'day: 日期不能早于',
    )
  })

  test('are assigned, reminded of, visited by the form of the reminder, and handed over', async () => {
    house = await openDutiesHouse(open)
    await expect(assign('李梅', 'contact')).rejects.toThrow('role: “铸造车间”尚未建立科协组织')
    await expect(assign('李梅', 'liaison', '二分公司', '李梅')).rejects.toThrow('organisation: ')
    await assign('李梅', 'liaison')
    await assign('赵工', 'instructor')
    await house.settle()
    expect(house.cardsOf('李梅').map(textOf).join()).toContain('王强已指派您为铸造车间的联络员')
    const reminders = await house.store.db
      .selectFrom('reminder')
      .select(['title', 'rule', 'state'])
      .where('origin', 'like', 'liaison.duty:%')
      .execute()
    expect(reminders.map(({ title }) => title).toSorted()).toEqual([
      '电话联系：铸造车间',
      '联系工作报告：铸造车间',
      '走访联系点：铸造车间',
    ])
    expect(reminders.every(({ state }) => state === 'active')).toBe(true)
    const [own] = await house.type('李梅', '我的联络点')
    expect(textOf(own)).toContain('联络员 · 还没有走访')

    // The 15th of March is a Sunday.
    await house.waitUntil('2026-03-15T04:00:00Z')
    expect(house.cardsOf('李梅').filter((card) => textOf(card).includes('走访联系点：'))).toEqual([])
    await house.waitUntil('2026-03-16T02:00:00Z')
    const shown = house.cardsOf('李梅').filter((card) => textOf(card).includes('走访联系点：铸造车间'))
    expect(shown).toHaveLength(1)
    const item = await house.store.db
      .selectFrom('reminder_item')
      .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
      .select(['reminder_item.id', 'reminder_item.state', 'reminder.title'])
      .where('reminder.title', '=', '走访联系点：铸造车间')
      .executeTakeFirstOrThrow()
    const openings = house
      .cardsOf('李梅')
      .flatMap(buttonsOf)
      .filter(({ value }) => value.item === item.id)
    const opened: string[] = []
    for (const button of openings) {
      const { form } = await house.click('李梅', button)
      if (form === undefined) continue
      opened.push(form.title)
      await house.fillIn('李梅', { form }, { day: '2026-03-16', summary: '走访了车间' })
      break
    }
    expect(opened).toEqual(['走访记录'])
    await house.settle()
    const after = await house.store.db.selectFrom('reminder_item').select(['id', 'state', 'note']).execute()
    expect(after.find(({ id }) => id === item.id)).toMatchObject({
      state: 'acknowledged',
      note: 'ZF-2026-0001',
    })

    // All that 李梅 has goes to 陈晨; the reminders too.
    const [offered] = await house.type('王强', '移交联络点')
    const form = await house.click('王强', buttonNamed(offered, '移交联络点'))
    await house.fillIn('王强', form, { holder: '李梅', person: '陈晨' })
    await house.settle()
    expect(textOf((await house.type('李梅', '我的联络点'))[0])).toContain('您目前没有负责的联络点')
    const [his] = await house.type('陈晨', '我的联络点')
    expect(textOf(his)).toContain('上次走访 2026-03-16')
    const active = await house.store.db
      .selectFrom('reminder')
      .innerJoin('reminder_target', 'reminder_target.reminder', 'reminder.id')
      .select('reminder_target.person')
      .where('origin', 'like', 'liaison.duty:%')
      .where('state', '=', 'active')
      .execute()
    expect(active.map(({ person }) => person).toSorted()).toEqual(
      [house.people.陈晨, house.people.陈晨, house.people.赵工].toSorted(),
    )
  })

  test('needs heard become opinions, promises are followed up to the end', async () => {
    house = await openDutiesHouse(open)
    await assign('李梅', 'liaison')
    const wrong = { day: '2026-03-03', summary: '走访了车间' }
    await expect(visit('李梅', wrong)).rejects.toThrow('day: 日期不能晚于今天')
    await expect(visit('张三', { ...wrong, day: '2026-03-02' })).rejects.toThrow('organisation: ')
    const promised = { day: '2026-03-02', summary: '走访了车间', needs: '1. 焊机老化\n2. 缺少培训' }
    for (const [promises, problem] of [
      ['协调检定', '第 1 行缺少内容或日期，请写成'],
      ['协调检定；2026-03-31\n换灯；某人；2026-03-31', '第 2 行的负责人“某人”'],
      ['协调检定；不久', '第 1 行的“不久”不是日期'],
      ['协调检定；2026-02-01', '已经过去'],
    ] as const) {
      await expect(visit('李梅', { ...promised, promises })).rejects.toThrow(problem)
    }
    const card = await visit('李梅', { ...promised, promises: '协调检定；孙工；2026-03-31' })
    expect(textOf(card)).toContain('ZF-2026-0001')
    expect(textOf(card)).toContain('焊机老化（已转意见诉求 YJ-2026-0001）')
    expect(textOf(card)).toContain('协调检定（孙工，2026-03-31 前）')
    const opinions = await house.store.db.selectFrom('submission').select(['kind', 'organisation']).execute()
    expect(opinions).toEqual(Array(2).fill({ kind: 'opinion', organisation: house.people.workshop }))

    // Three working days before 31 March, which is a Tuesday.
    await house.waitUntil('2026-03-25T08:00:00Z')
    // What stands under their name is said at once; they are reminded when it is time.
    expect(house.cardsOf('孙工').map(textOf).join()).toMatch(/李梅联系铸造车间时.*协调检定，期限 2026-03-31/)
    expect(house.cardsOf('孙工').some((one) => textOf(one).includes('"reminders.'))).toBe(false)
    await house.waitUntil('2026-03-26T02:00:00Z')
    expect(house.cardsOf('孙工').some((one) => textOf(one).includes('承诺事项：协调检定'))).toBe(true)
    const { id } = await house.store.db.selectFrom('liaison_promise').select('id').executeTakeFirstOrThrow()
    await expect(house.click('张三', { action: 'liaison.settle', value: { promise: id } })).rejects.toThrow(
      'liaison:not-yours',
    )
    const form = await house.click('孙工', { action: 'liaison.settle', value: { promise: id } })
    await house.fillIn('孙工', form, { outcome: 'kept', note: '已送检' })
    await house.settle()
    expect(textOf(house.cardsOf('李梅').at(-1))).toContain('孙工已于 2026-03-26 兑现对铸造车间的承诺')
    const left = await house.store.db
      .selectFrom('reminder')
      .select('state')
      .where('origin', 'like', 'liaison.promise%')
      .execute()
    expect(left).toEqual([{ state: 'ended' }, { state: 'ended' }])
    await house.waitUntil('2026-04-03T02:00:00Z')
    const openItems = await house.store.db
      .selectFrom('reminder_item')
      .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
      .select('reminder_item.id')
      .where('reminder.origin', 'like', 'liaison.promise%')
      .where('reminder_item.state', '=', 'open')
      .execute()
    expect(openItems).toEqual([])
  })

  test('gaps go to the association above on Mondays, as one card, on the next working day after a holiday', async () => {
    house = await openDutiesHouse(open)
    const digests = (user: string) =>
      house.cardsOf(user).filter((one) => textOf(one).includes('本周联络覆盖缺口'))
    await house.waitUntil('2026-03-09T02:00:00Z')
    expect(digests('王强')).toEqual([])
    await assign('李梅', 'liaison')
    await assign('赵工', 'instructor')
    await house.waitUntil('2026-03-16T02:00:00Z')
    // The workshop is looked after; the branches and the group are not.
    expect(digests('王强')).toEqual([])
    expect(digests('吴主席')).toHaveLength(1)
    expect(textOf(digests('吴主席')[0])).toContain('华北重工/二分公司')
    // Whoever leaves is a gap, and their duties end.
    await house.store.transaction((trx) =>
      trx
        .updateTable('membership')
        .set({ until_day: '2026-03-20' })
        .where('person', '=', house.people.赵工!)
        .execute(),
    )
    // A leave over the Monday: told on the first day back.
    await house.store.transaction((trx) =>
      enterLeave(
        trx,
        {
          ...{ id: 'l', person: house.people.王强!, first: '2026-03-23', last: '2026-03-24' },
          ...{ note: '', by: null },
        },
        house.time.now,
      ),
    )
    await house.waitUntil('2026-03-23T03:00:00Z')
    expect(digests('王强')).toEqual([])
    expect(digests('吴主席')).toHaveLength(2)
    await house.waitUntil('2026-03-25T03:00:00Z')
    expect(digests('王强')).toHaveLength(1)
    expect(textOf(digests('王强')[0])).toContain('指导员赵工已离任')
    const ended = await house.store.db
      .selectFrom('liaison_duty')
      .select(['duty', 'ended_on'])
      .where('ended_on', 'is not', null)
      .execute()
    expect(ended).toEqual([{ duty: 'report', ended_on: '2026-03-23' }])
    const [asked] = await house.type('王强', '联络覆盖')
    expect(textOf(asked)).toContain('应联系 2 个单位，已覆盖 0 个')
    expect(textOf((await house.type('张三', '联络覆盖'))[0])).toContain('您目前没有权限')
  })
})
