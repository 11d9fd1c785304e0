import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { planOfYear } from '../../src/features/planning/plans/records.ts'
import { buttonsOf, openDutiesHouse } from '../reminders/duties-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const textOf = (card: unknown) => JSON.stringify(card ?? {})

const button = (card: Card | undefined, label: string) => {
  const found = card && buttonsOf(card).find((one) => one.label.includes(label))
  if (!found) throw new Error(`no button ${label} on ${textOf(card)}`)
  return found
}

describeEachDatabase('a plan of which nobody has the items', (connect) => {
  test('is warned of, decided on once, and asked of whoever is there', async () => {
    const house = await openDutiesHouse(connect)
    const { store, people } = house
    // 一分公司 has a liaison and no cadre.
    await store.transaction((trx) =>
      trx
        .updateTable('membership')
        .set({ until_day: '2026-03-01' })
        .where('person', '=', people.王强!)
        .execute(),
    )
    await house.waitUntil('2026-11-24T02:00:00Z')
    const [offer] = await house.type('李梅', '新建年度计划')
    const opened = await house.click('李梅', button(offer, '新建年度计划'))
    // At the end of a year it is the next one that is offered.
    const values = { organisation: '一分公司', title: '', source: 'template' }
    const plan = await house.leave('李梅', opened.form!, values)
    expect(plan.form?.fields.find(({ name }) => name === 'year')?.value).toBe('next')
    await house.fillIn('李梅', plan, { ...values, year: 'this' }, undefined, (view) => {
      expect(textOf(view)).toMatch(/2026 年的计划.*14 项没有负责人，\d+ 项期限已过/)
    })
    await house.settle()
    const card = async () => (await house.type('李梅', 'JH-2026-0001'))[0]
    const asked = await house.click('李梅', button(await card(), '提交审批'))
    expect(textOf(asked.replace)).toMatch(/14 项没有负责人，\d+ 项期限已过.*仍要提交/)
    await house.click('李梅', button(asked.replace, '仍要提交'))
    await house.settle()
    const asking = (name: string) =>
      house.cardsOf(name).filter((one) => textOf(one).includes('"planning.decide"'))
    expect(textOf(asking('何总')[0])).toContain('14 项没有负责人')
    expect(asking('吴主席')).toHaveLength(1)

    // What one has decided nobody else is asked for any more; handed in again there is one card, not two.
    const decide = async (decision: string, reason: string) => {
      await house.fillIn('何总', await house.click('何总', button(asking('何总')[0], '审批')), {
        ...{ decision, reason },
      })
      await house.settle()
    }
    await decide('return', '请补充')
    expect([asking('何总'), asking('吴主席')]).toEqual([[], []])
    expect(textOf(house.cardsOf('吴主席'))).toContain('已由何总退回修改（')
    const again = await house.click('李梅', button(await card(), '提交审批'))
    await house.click('李梅', button(again.replace, '仍要提交'))
    await house.settle()
    expect(asking('吴主席')).toHaveLength(1)
    await decide('approve', '')
    expect([asking('何总'), asking('吴主席')]).toEqual([[], []])
    expect(textOf(house.cardsOf('吴主席').at(-1))).toContain('已由何总批准（')

    // The liaison is asked for all of it; nobody hears that nobody is reached.
    const { items } = (await planOfYear(store.db, people.branch!, 2026))!
    const targets = await store.db
      .selectFrom('reminder_target')
      .innerJoin('reminder', 'reminder.id', 'reminder_target.reminder')
      .select(['reminder_target.kind', 'reminder_target.role'])
      .where('reminder.origin', 'in', [
        ...items.map(({ id }) => `plan.item-late:${id}`),
        `plan.review:${items[0]!.plan}`,
      ])
      .execute()
    expect(targets).toHaveLength(15)
    expect(targets.every(({ role }) => role === 'liaison')).toBe(true)
    await house.waitUntil('2026-11-25T02:00:00Z')
    expect(textOf(house.cardsOf('李梅').at(-1))).toContain('DB-2026-')
    for (const name of ['何总', '吴主席', '李梅']) {
      expect(textOf(house.cardsOf(name))).not.toContain('提醒对象联系不上')
    }
    expect(house.errors).toEqual([])

    // Nor is anybody told thrice of one and the same trouble.
    await store.transaction((trx) => trx.deleteFrom('account').where('person', '=', people.李梅!).execute())
    await house.waitUntil('2026-12-01T02:00:00Z')
    const warned = house.cardsOf('何总').filter(({ title }) => title === '提醒对象联系不上')
    expect(warned).toHaveLength(1)
    expect(textOf(warned)).toMatch(/有 \d+ 条提醒.*请给计划条目指定负责人/)
    expect(textOf(warned)).not.toContain('其他对象')
    await house.stop()
  })
})
