import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { branchGroup, buttonsOf, type DutiesHouse, openDutiesHouse } from './duties-house.ts'

const buttonOf = (card: Card | undefined, label: string) => {
  const found = card && buttonsOf(card).find((button) => button.label === label)
  if (!found) throw new Error(`no button ${label} on ${JSON.stringify(card)}`)
  return found
}
const textOf = (card: unknown) => JSON.stringify(card)

describeEachDatabase('reminders', (open) => {
  let house: DutiesHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const press = (user: string, card: Card | undefined, label: string) =>
    house.click(user, buttonOf(card, label))
  const listed = async (user: string) => (await house.type(user, '提醒列表'))[0]

  test('are made by form, shown, paused, resumed, skipped, moved, tried, copied and ended', async () => {
    house = await openDutiesHouse(open)
    const [offer] = await house.type('王强', '新建提醒')
    const form = await press('王强', offer, '新建提醒')
    let notes = ''
    await house.fillIn(
      '王强',
      form,
      {
        ...{ title: '交联络记录', whom: 'role', role: 'liaison', roleAt: '一分公司', below: 'yes' },
        ...{ rhythm: 'last-of-month', time: '09:00', means: 'done', steps: 'usual' },
      },
      undefined,
      (summary) => {
        notes = summary.intro.join('\n')
      },
    )
    await house.settle()
    expect(notes).toContain('2026-03-31（周二）09:00')
    expect(notes).toContain('2026-04-30')
    expect(notes).toContain('一分公司及下属单位的联络员（1 人）')
    expect(notes).toContain('过 8 个工作小时再提醒一次')
    const list = await listed('王强')
    expect(textOf(list)).toContain('TX-2026-0001 交联络记录')
    const { beside } = await press('王强', list, '查看')
    expect(textOf(beside)).toContain('2026-03-31')
    const skipped = await press('王强', beside, '跳过一次')
    expect(textOf(skipped.replace)).not.toContain('2026-03-31')
    const paused = await press('王强', skipped.replace, '暂停')
    expect(textOf(paused.replace)).toContain('已暂停')
    const timers = await house.store.db
      .selectFrom('timer')
      .select('state')
      .where('kind', '=', 'reminders.run')
      .execute()
    expect(timers).toEqual([{ state: 'cancelled' }])
    const resumed = await press('王强', paused.replace, '恢复')
    expect(textOf(resumed.replace)).toContain('2026-04-30')
    expect(textOf(resumed.replace)).not.toContain('2026-03-31')
    const move = await press('王强', resumed.replace, '改期一次')
    // The one after it is at nine of 29 May, the last working day.
    await expect(house.fillIn('王强', move, { day: '2026-05-29', time: '09:00' })).rejects.toThrow(
      'day: 下一次是 2026-05-29（周五）09:00，请改到那之前',
    )
    await house.fillIn('王强', await press('王强', resumed.replace, '改期一次'), {
      ...{ day: '2026-04-28', time: '14:00' },
    })
    await house.settle()
    const [shown] = await house.type('王强', 'TX-2026-0001')
    expect(textOf(shown)).toContain('2026-04-28（周二）14:00（已改期）')
    const tried = await press('王强', shown, '现在发给我看看')
    expect(tried.beside?.title).toBe('【试发】交联络记录')
    const copy = await press('王强', shown, '照此新建')
    await house.fillIn('王强', copy, {})
    const change = await press('王强', shown, '修改')
    await house.fillIn('王强', change, { title: '交本月联络记录' })
    await house.settle()
    const asked = await press('王强', shown, '结束')
    expect(textOf(asked.beside)).toContain('不能恢复')
    const [untouched] = await house.type('王强', 'TX-2026-0001')
    expect(textOf(untouched)).toContain('运行中')
    const ended = await press('王强', asked.beside, '确定结束')
    expect(textOf(ended.replace)).toContain('已结束')
    const rows = await house.store.db
      .selectFrom('reminder')
      .select(['number', 'title', 'state'])
      .orderBy('number')
      .execute()
    expect(rows).toEqual([
      { number: 'TX-2026-0001', title: '交本月联络记录', state: 'ended' },
      { number: 'TX-2026-0002', title: '交联络记录（副本）', state: 'active' },
    ])
    const history = await house.store.db.selectFrom('reminder_history').select('what').execute()
    expect(history.map(({ what }) => what).toSorted()).toEqual(
      ['made', 'made', 'skipped', 'paused', 'resumed', 'moved', 'tried', 'changed', 'ended'].toSorted(),
    )
  })

  test('are changed by a form neither after their end nor over the head of somebody else', async () => {
    house = await openDutiesHouse(open)
    const values = { title: '交联络记录', whom: 'role', role: 'liaison', roleAt: '一分公司', below: 'yes' }
    const fill = { ...values, rhythm: 'daily', time: '09:00', means: 'know', steps: 'none' }
    await house.fillIn(
      '王强',
      await press('王强', (await house.type('王强', '新建提醒'))[0], '新建提醒'),
      fill,
    )
    await house.settle()
    const change = async (user: string) => press(user, (await house.type(user, 'TX-2026-0001'))[0], '修改')
    const [first, second] = [await change('王强'), await change('吴主席')]
    house.time.now = new Date(house.time.now.getTime() + 60_000)
    await house.fillIn('王强', first, { title: '交本月联络记录' })
    await expect(house.fillIn('吴主席', second, { text: '请按时' })).rejects.toThrow('changed-meanwhile')
    const row = () => house.store.db.selectFrom('reminder').selectAll().executeTakeFirstOrThrow()
    expect(await row()).toMatchObject({ title: '交本月联络记录', text: '' })
    await house.store.transaction((trx) => trx.deleteFrom('form_draft').execute())
    const late = await change('王强')
    const shown = (await house.type('王强', 'TX-2026-0001'))[0]
    await press('王强', (await press('王强', shown, '结束')).beside, '确定结束')
    await expect(house.fillIn('王强', late, { text: '还是要交' })).rejects.toThrow('reminders:over')
    expect(await row()).toMatchObject({ state: 'ended', text: '', next_at: null })
  })

  test('are refused plainly, at the field that is wrong', async () => {
    house = await openDutiesHouse(open)
    const fill = async (user: string, values: Record<string, string | string[]>) => {
      const [offer] = await house.type(user, '新建提醒')
      // What was refused lies filled in: each begins anew here.
      await house.store.transaction((trx) => trx.deleteFrom('form_draft').execute())
      const form = await press(user, offer, '新建提醒')
      return house.fillIn(user, form, { title: '开会', whom: 'me', time: '09:00', ...values })
    }
    await expect(
      fill('张三', { whom: 'role', role: 'staff', roleAt: '一分公司', rhythm: 'daily' }),
    ).rejects.toThrow('roleAt: 您没有为这个单位设置提醒的权限。')
    await expect(fill('王强', { whom: 'group', groupOf: '铸造车间' })).rejects.toThrow(
      'groupOf: 这个单位还没有绑定群',
    )
    await expect(fill('王强', { rhythm: 'once', day: '2026-03-01' })).rejects.toThrow('day: ')
    await expect(fill('王强', { rhythm: 'rrule', rrule: 'FREQ=SECONDLY' })).rejects.toThrow('rrule: ')
    await expect(
      fill('王强', { rhythm: 'rrule', rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }),
    ).rejects.toThrow('rrule: ')
    await expect(fill('王强', { rhythm: 'daily', from: '2026-05-01', until: '2026-04-01' })).rejects.toThrow(
      'until: 止日 2026-04-01 早于起日 2026-05-01',
    )
    await expect(fill('王强', { rhythm: 'daily', timeZone: 'Asia/Nowhere' })).rejects.toThrow('timeZone: ')
    expect(await house.store.db.selectFrom('reminder').select('id').execute()).toEqual([])
    // Everybody reminds themselves; nobody else sees it.
    await fill('张三', { rhythm: 'weekly', weekdays: ['1', '3'] })
    await house.settle()
    expect(textOf(await listed('张三'))).toContain('TX-2026-0001')
    expect(textOf(await listed('王强'))).not.toContain('TX-2026-0001')
    expect(textOf(await house.type('王强', 'TX-2026-0001'))).toContain('没有找到 TX-2026-0001')
  })

  test('are made by a sentence that is shown back, confirmed, run and acknowledged', async () => {
    house = await openDutiesHouse(open)
    const [card] = await house.type('王强', '每月最后一个工作日上午九点提醒一分公司群交联络记录')
    const text = textOf(card)
    expect(card?.title).toBe('交联络记录')
    expect(text).toContain('2026-03-31（周二）09:00')
    expect(text).toContain('一分公司的群')
    expect(text).toContain('点“知悉”即可')
    expect(text).toContain('没有回应：')
    const states = () => house.store.db.selectFrom('reminder').select(['state', 'next_at']).execute()
    expect(await states()).toEqual([{ state: 'draft', next_at: null }])
    // Whose draft it is alone confirms it.
    await expect(press('张三', card, '确认')).rejects.toThrow('reminders:not-yours')
    const { replace } = await press('王强', card, '确认')
    expect(textOf(replace)).toContain('提醒已生效')
    expect(await states()).toEqual([{ state: 'active', next_at: '2026-03-31T01:00:00.000Z' }])
    await house.waitUntil('2026-03-31T01:01:00Z')
    expect(textOf(house.cardsIn(branchGroup))).toContain('交联络记录')
    // In a group, and to whoever stands in it.
    const [inGroup] = await house.type('王强', '每周五下午四点提醒本群交周报', {
      ...{ conversation: branchGroup, group: true },
    })
    expect(inGroup?.title).toBe('交周报')
    expect(textOf(inGroup)).toContain('一分公司的群')
    const [mine] = await house.type('张三', '提醒我明天下午三点交材料')
    expect(textOf(mine)).toContain('2026-04-01（周三）15:00')
    expect(textOf(mine)).toContain('没有回应：不再催')
    const discarded = await press('张三', mine, '放弃')
    expect(textOf(discarded.replace)).toContain('已放弃')
    // What nobody confirms is forgotten after a week, not before.
    await house.waitUntil('2026-04-06T00:00:00Z')
    expect(await states()).toHaveLength(2)
    await house.waitUntil('2026-04-08T00:00:00Z')
    expect(await states()).toHaveLength(1)
  })

  test('find whom a sentence means, let choose among several, and refuse others plainly', async () => {
    house = await openDutiesHouse(open)
    const say = async (user: string, text: string) => (await house.type(user, text))[0]
    const branch = await say('王强', '每周一上午九点提醒一分公司交周报')
    expect(buttonsOf(branch!).map(({ label }) => label)).toEqual([
      ...['一分公司的群', '一分公司的科协干部', '一分公司的联络员', '一分公司的科技工作者（4 人）'],
      ...['修改', '放弃'],
    ])
    const chosen = await press('王强', branch, '一分公司的联络员')
    expect(textOf(chosen.replace)).toContain('一分公司的联络员（1 人）')
    await press('王强', chosen.replace, '确认')
    const everywhere = await say('周建国', '每季度最后一个工作日九点提醒各单位联络员报走访情况')
    expect(textOf(everywhere)).toContain('华北重工及下属单位的联络员（1 人）')
    expect(textOf(await say('王强', '明天上午9点提醒李梅、张三开会'))).toContain('李梅、张三')
    expect(textOf(await say('王强', '明天上午9点提醒外人开会'))).toContain(
      '在您可以提醒的人员和单位中没有“外人”',
    )
    expect(textOf(await say('张三', '明天上午9点提醒李梅开会'))).toContain('您只能提醒自己')
    const nobody = await say('王强', '明天上午9点提醒赵六开会')
    expect(textOf(nobody)).toContain('在您可以提醒的人员和单位中没有“赵六”')
    // The draft is kept, and 修改 opens it filled in.
    const change = await press('王强', nobody, '修改')
    expect(change.form?.fields.find(({ name }) => name === 'title')?.value).toBe('开会')
    await house.fillIn('王强', change, { whom: 'people', people: '李梅' })
    await house.settle()
    expect(textOf(await listed('王强'))).toContain('运行中 · 2026-03-03（周二）09:00')
    expect(textOf(await say('王强', '提醒李梅春节前三天报平安'))).toContain('新建提醒')
    // A question that merely holds the word stays a question.
    const [question] = await house.type('张三', '企业领导多久听取一次汇报，文件里有没有提醒？')
    expect(question?.tone).toBe('refusal')
    expect(textOf(await say('外人', '提醒列表'))).toContain('还没有提醒')
  })

  test('are made of templates, for the own organisation', async () => {
    house = await openDutiesHouse(open)
    const [card] = await house.type('王强', '提醒模板')
    expect(textOf(card)).toContain('第 17 条')
    const use = buttonsOf(card!).find(({ value }) => value.template === 'annual-plan')!
    await house.fillIn('王强', await house.click('王强', use), {})
    await house.settle()
    const [row] = await house.store.db.selectFrom('reminder').selectAll().execute()
    expect(row).toMatchObject({ template: 'annual-plan', organisation: house.people.branch, means: 'done' })
    expect(row?.next_at?.slice(0, 10)).toBe('2027-01-06')
  })
})
