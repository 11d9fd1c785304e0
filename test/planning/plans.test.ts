import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { beginPlans } from '../../src/features/planning/plans/annual-duty.ts'
import { planOfYear } from '../../src/features/planning/plans/records.ts'
import { readWord } from '../../src/knowledge/read/word/read-word.ts'
import { buttonsOf, type DutiesHouse, openDutiesHouse } from '../reminders/duties-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { replayPlan } from './replay-plan.ts'

const textOf = (card: Card | undefined) => JSON.stringify(card ?? {})

/** What is pressed by its words on a card. */
const button = (card: Card | undefined, label: string) => {
  const found = card && buttonsOf(card).find((one) => one.label.includes(label))
  if (!found) throw new Error(`no button ${label} on ${textOf(card)}`)
  return found
}

async function begin(house: DutiesHouse, user: string, values: Record<string, string>) {
  await house.settle()
  const [offer] = await house.type(user, '新建年度计划')
  const opened = await house.click(user, button(offer, '新建年度计划'))
  return house.fillIn(user, opened, { organisation: '一分公司', year: 'this', title: '', ...values })
}

/** The card of the plan, as somebody opens it. */
async function open(house: DutiesHouse, user: string, number = 'JH-2026-0001') {
  await house.settle()
  return (await house.type(user, number))[0]
}

async function pressOn(house: DutiesHouse, user: string, card: Card | undefined, label: string) {
  let done = await house.click(user, button(card, label))
  // What has no owner yet is asked for once more.
  const sure = done.replace && buttonsOf(done.replace).find((one) => one.label === '仍要提交')
  if (sure) done = await house.click(user, sure)
  await house.settle()
  return done
}

describeEachDatabase('annual plans', (connect) => {
  test('are made from the template, submitted, returned, approved, and carried out to the end', async () => {
    const house = await openDutiesHouse(connect)
    const { store, people } = house
    await store.transaction((trx) => beginPlans(trx, house.time.now))
    await begin(house, '王强', { source: 'template' })
    const card = await open(house, '王强')
    expect(textOf(card)).toContain('共 14 项')
    expect(textOf(card)).toContain('草稿')
    expect(textOf(await open(house, '外人'))).toContain('没有找到这项计划')

    // One for each year; a second is refused where it is filled in.
    await expect(begin(house, '王强', { source: 'empty' })).rejects.toThrow('JH-2026-0001')

    const items = await pressOn(house, '王强', card, '查看条目')
    const change = await house.click('王强', button(items.beside, '修改'))
    await house.fillIn('王强', change, { owner: '张三', budget: '5000', ends: '2026-03-20' })
    const fresh = await open(house, '王强')
    // The card that was looked at before: something was done since.
    await expect(house.click('王强', button(card, '提交审批'))).rejects.toThrow('planning:changed')
    await pressOn(house, '王强', fresh, '提交审批')
    const [told] = house.cardsOf('何总').slice(-1)
    expect(textOf(told)).toContain('王强提交')
    expect(house.cardsOf('吴主席').map(textOf).join()).toContain('待您审批')
    // Not on one's own, where others can; nor who may not.
    await expect(house.click('王强', button(told, '审批'))).rejects.toThrow('planning:own-plan')
    await expect(house.click('张三', button(told, '审批'))).rejects.toThrow('planning:not-yours')

    const deciding = await house.click('何总', button(told, '审批'))
    await house.fillIn('何总', deciding, { decision: 'return', reason: '请补充经费' })
    await house.settle()
    expect(house.cardsOf('王强').map(textOf).join()).toContain('请补充经费')
    // Both had it open: the second finds that it was decided.
    await expect(house.click('吴主席', button(told, '审批'))).rejects.toThrow('planning:not-now')
    await pressOn(house, '王强', await open(house, '王强'), '提交审批')
    const again = house.cardsOf('吴主席').at(-1)
    await house.fillIn('吴主席', await house.click('吴主席', button(again, '审批')), {
      ...{ decision: 'approve', reason: '' },
    })
    await house.settle()
    const running = await open(house, '王强')
    expect(textOf(running)).toContain('执行中')

    // Those who have items are asked: by the regular reminder of each, and by one for lateness.
    const plan = (await planOfYear(store.db, people.branch!, 2026))!
    const mine = plan.items.find(({ owner }) => owner !== null)!
    const kept = async () =>
      (
        await store.db
          .selectFrom('reminder')
          .select(['origin', 'state', 'next_at'])
          .where('origin', 'like', `%${mine.id}`)
          .orderBy('origin')
          .execute()
      )
        .map(({ origin, state }) => `${origin?.split(':')[0]} ${state}`)
        .sort()
    expect(await kept()).toEqual(['plan.item active', 'plan.item-late active'])

    // What is changed after is told, old and new, to whoever approved.
    const shown = await pressOn(house, '王强', running, '查看条目')
    const edited = await house.click('王强', button(shown.beside, '修改'))
    await house.fillIn('王强', edited, { target: '全员参与', owner: '李梅' })
    const changed = await pressOn(house, '王强', await open(house, '王强'), '查看条目')
    const back = await house.click('王强', button(changed.beside, '修改'))
    await house.fillIn('王强', back, { owner: '张三', budget: '6000' })
    // What was changed within the hour is one message; what was changed back is not in it.
    const before = house.cardsOf('吴主席').length
    await house.waitUntil(new Date(house.time.now.getTime() + 3_600_000).toISOString())
    expect(house.cardsOf('吴主席').length).toBe(before + 1)
    const said = textOf(house.cardsOf('吴主席').at(-1))
    expect(said).toMatch(/预期目标 .* → 全员参与/)
    expect(said).toContain('经费（元） 5000 → 6000')
    expect(said).not.toContain('负责人')

    await house.settle()
    const progress = await house.type('张三', '计划进度')
    expect(textOf(progress[0])).toContain('JH-2026-0001')
    const todo = (
      await house.duties.features.at(-1)!.mine({
        ...{ db: store.db, person: people.张三!, language: 'zh-CN', now: house.time.now },
        account: { platform: 'chat', installation: 't', user: '张三' },
      })
    )[0]!
    const update = todo.items[0]!.buttons[0]!
    await house.fillIn('张三', await house.click('张三', update), { percent: '40', note: '已发通知' })
    await expect(
      house.fillIn('张三', await house.click('张三', update), { percent: '100', note: '' }),
    ).rejects.toThrow('完成情况')
    await house.waitUntil('2026-03-23T02:00:00Z')
    expect(textOf(await open(house, '何总'))).toContain('逾期')
    // On Monday those above hear of all that is late at once, and of no item by itself; whoever has it does not hear of it so.
    const above = () => house.cardsOf('吴主席').map(textOf)
    const heard = above().length
    expect(above().at(-1)).toMatch(/逾期 3 天 .*张三 · 应于 2026-03-20 完成，现 40%/)
    expect(house.cardsOf('张三').map(textOf).join()).not.toContain('逾期的计划条目')
    await house.waitUntil('2026-03-27T08:00:00Z')
    expect(above().length).toBe(heard)
    await house.fillIn('张三', await house.click('张三', update), { percent: '100', note: '评选结束' })
    await house.settle()
    expect(await kept()).toEqual(['plan.item ended', 'plan.item-late ended'])
    await expect(house.click('张三', update)).rejects.toThrow('planning:item-over')
    expect(textOf(await open(house, '何总'))).toContain('完成 1 项')

    // The quarter is looked back on when it is over.
    await house.waitUntil('2026-04-02T02:00:00Z')
    const review = await house.click('王强', button(await open(house, '王强'), '填季度小结'))
    // Drafted from the records; another quarter's figures are not taken for this one's.
    const begun = textOf(review.form as never)
    expect(begun).toContain('【2026 Q1】\\n一、年度计划完成情况\\n按计划应完成工作')
    expect(begun).toContain('继续推进年度计划工作')
    await house.fillIn('王强', review, { quarter: '1', done: '开展了活动', problems: '', next: '' })
    const summary = await house.click('王强', button(await open(house, '王强'), '写年终总结'))
    const closed = await house.fillIn(
      '王强',
      summary,
      { summary: '全年完成较好', closes: 'yes' },
      undefined,
      (view) => expect(JSON.stringify(view)).toContain('13 个条目未完成'),
    )
    expect(closed.toast).toBeDefined()
    const over = await open(house, '王强')
    expect(textOf(over)).toContain('已结束')
    // The texts as they were filed lie with the plan, with the figures of that day.
    const papers = (await house.click('王强', button(over, '总结文档'))).beside!
    const texts = []
    for (const block of papers.blocks) {
      if (block.type !== 'document') continue
      texts.push(await readWord((await house.shared.blobs.get(block.blob))!, 10_000_000))
    }
    expect(texts).toHaveLength(2)
    expect(texts[0]).toContain('开展了活动')
    expect(texts[1]).toContain('全年完成较好')
    for (const text of texts) expect(text).toContain('附：数据依据')
    await expect(house.click('外人', button(over, '总结文档'))).rejects.toThrow('planning:gone')
    const left = await store.db
      .selectFrom('reminder')
      .select('origin')
      .where('origin', 'like', 'plan.%')
      // That of the year is the organisation's, not the plan's.
      .where('origin', 'not like', 'plan.annual:%')
      .where('state', '!=', 'ended')
      .execute()
    expect(left).toEqual([])
    const history = await store.db
      .selectFrom('plan_history')
      .select(['what', 'version'])
      .orderBy('version')
      .execute()
    expect(replayPlan(history)).toBe('closed')
    expect(history.map(({ version }) => version)).toEqual(history.map((_, at) => at + 1))

    // Next year's begins with this year's: what was done is marked, nothing is done yet.
    await begin(house, '王强', { source: 'last-year', year: 'next' })
    const next = (await planOfYear(store.db, people.branch!, 2027))!
    expect(next.items).toHaveLength(14)
    expect(next.items.filter(({ done_before }) => done_before === 1).map(({ goal }) => goal)).toEqual([
      mine.goal,
    ])
    expect(
      next.items.every(
        ({ percent, state, starts_on }) => percent === 0 && state === 'open' && starts_on > '2027',
      ),
    ).toBe(true)
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('are asked for in January, once, of organisations with cadres', async () => {
    const house = await openDutiesHouse(connect)
    const { store, people } = house
    await store.transaction((trx) => beginPlans(trx, house.time.now))
    await house.settle()
    const annual = async () =>
      store.db
        .selectFrom('reminder')
        .select(['origin', 'next_at', 'state'])
        .where('origin', 'like', 'plan.annual:%')
        .orderBy('origin')
        .execute()
    const first = await annual()
    expect(first.map(({ origin }) => origin)).toEqual(
      [people.group, people.branch!].map((id) => `plan.annual:${id}`).sort(),
    )
    const due = first.find(({ origin }) => origin?.endsWith(people.branch!))!
    expect(due.next_at?.slice(0, 7)).toBe('2027-01')
    // Handed in before it is asked for: that year is not asked for any more.
    await house.waitUntil('2026-12-01T02:00:00Z')
    await begin(house, '王强', { source: 'template', year: 'next' })
    await pressOn(house, '王强', await open(house, '王强', 'JH-2026-0001'), '提交审批')
    const after = (await annual()).find(({ origin }) => origin === due.origin)!
    expect(after.next_at?.slice(0, 7)).toBe('2028-01')
    // An approved plan of another year waits for its first day.
    const told = house.cardsOf('何总').at(-1)
    await house.fillIn('何总', await house.click('何总', button(told, '审批')), {
      decision: 'approve',
      reason: '',
    })
    expect(textOf(await open(house, '王强', 'JH-2026-0001'))).toContain('已批准')
    await house.waitUntil('2026-12-31T16:30:00Z')
    expect(textOf(await open(house, '王强', 'JH-2026-0001'))).toContain('执行中')
    // Whoever has no cadres any more is asked no more.
    await store.transaction((trx) =>
      trx
        .updateTable('membership')
        .set({ until_day: '2026-12-01' })
        .where('organisation', '=', people.branch!)
        .execute(),
    )
    await house.waitUntil('2027-01-01T18:00:00Z')
    expect((await annual()).find(({ origin }) => origin === due.origin)?.state).toBe('ended')
    expect(house.errors).toEqual([])
    await house.stop()
  })
})
