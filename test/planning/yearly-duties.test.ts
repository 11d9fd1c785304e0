import { expect, test } from 'vitest'
import { dutyOrigin, keepDuties, switchDuty } from '../../src/features/planning/duties/keep-duties.ts'
import { beginDuties } from '../../src/features/planning/duties/part.ts'
import { readDutyTemplates } from '../../src/features/planning/duties/templates.ts'
import { buttonsOf, type DutiesHouse, openDutiesHouse } from '../reminders/duties-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const templates = readDutyTemplates('knowledge/planning/duties.yaml')

async function press(house: DutiesHouse, user: string, action: string) {
  const found = house.cardsOf(user).flatMap(buttonsOf)
  return house.click(user, found.findLast((button) => button.action === action)!)
}

describeEachDatabase('duties of each year', (open) => {
  test('hold where there are cadres, once; an organisation is let off and held to it again', async () => {
    const house = await openDutiesHouse(open)
    const { store, people } = house
    const reminders = () =>
      store.db
        .selectFrom('reminder')
        .select(['id', 'origin', 'state'])
        .where('origin', 'is not', null)
        .execute()
    await store.transaction((trx) => beginDuties(trx, house.time.now))
    await house.settle()
    const first = await reminders()
    expect(first.map(({ origin }) => origin).sort()).toEqual(
      ['learning-plan', 'report-meeting', 'rules-review']
        .flatMap((duty) => [people.group, people.branch!].map((unit) => dutyOrigin(duty, unit)))
        .sort(),
    )
    // The next morning, and after another start, nothing is made twice.
    await house.waitUntil('2026-03-03T00:00:00Z')
    await store.transaction((trx) => beginDuties(trx, house.time.now))
    await house.settle()
    expect(await reminders()).toEqual(first)

    const off = {
      duty: 'rules-review',
      organisation: people.branch!,
      by: people.周建国!,
      now: house.time.now,
    }
    const context = house.duties.planning
    const stateOf = async () =>
      (await reminders()).find(({ origin }) => origin === dutyOrigin(off.duty, off.organisation))?.state
    await store.transaction((trx) => switchDuty(trx, context, templates, { ...off, on: false }))
    expect(await stateOf()).toBe('ended')
    expect(await store.transaction((trx) => keepDuties(trx, context, templates, house.time.now))).toBe(0)
    await store.transaction((trx) => switchDuty(trx, context, templates, { ...off, on: true }))
    expect(await stateOf()).toBe('active')
    const wrong = { ...off, organisation: people.workshop!, on: true }
    await expect(store.transaction((trx) => switchDuty(trx, context, templates, wrong))).rejects.toThrow(
      'planning:duty.no-cadres',
    )

    // A template that is gone, and cadres who are.
    await store.transaction((trx) => keepDuties(trx, context, templates.slice(0, 1), house.time.now))
    expect((await reminders()).filter(({ state }) => state === 'active')).toHaveLength(2)
    await house.stop()
  })

  test('rules are reviewed by the reminder, and what the library has is not forgotten', async () => {
    const house = await openDutiesHouse(open)
    await house.store.transaction((trx) => beginDuties(trx, house.time.now))
    await house.settle()
    await house.waitUntil('2026-11-02T01:01:00Z')
    expect(JSON.stringify(house.cardsOf('王强'))).toContain('开展年度制度和机构检查（一分公司）')
    const review = house
      .cardsOf('王强')
      .filter(({ title }) => title?.includes('制度和机构检查'))
      .flatMap(buttonsOf)
    const opened = await house.click('王强', review.find(({ action }) => action === 'reminders.fill-in')!)
    let summary = ''
    await house.fillIn(
      '王强',
      opened,
      { rules: '科协章程；现行\n经费办法；待修订；标准已调\n评优办法；缺失', institutions: ['organisation'] },
      undefined,
      (view) => {
        summary = JSON.stringify(view)
      },
    )
    await house.settle()
    // The profile has nothing yet.
    expect(summary).toContain('与单位档案中的“五有”不一致：有组织')
    const lines = await house.store.db.selectFrom('rules_review_line').select(['title', 'finding']).execute()
    expect(lines).toHaveLength(3)
    expect(JSON.stringify(house.cardsOf('王强'))).toContain('共 3 项制度，待修订 1 项，缺失 1 项')
    // The next one begins with what was found last.
    await house.type('王强', '制度检查')
    const again = await press(house, '王强', 'planning.rules-review')
    const [rules] = again.form?.fields ?? []
    expect(rules?.value).toContain('经费办法；待修订；标准已调')
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('a learning plan counts what is entered and what events credit, and says what is missing', async () => {
    const house = await openDutiesHouse(open)
    const { store } = house
    await house.type('王强', '我的学习')
    await house.fillIn('王强', await press(house, '王强', 'planning.learning-plan'), {
      ...{ hours: '20', topics: '科协章程' },
    })
    await house.settle()
    await house.type('王强', '我的学习')
    await expect(
      house.fillIn('王强', await press(house, '王强', 'planning.learn'), {
        ...{ day: '2026-03-01', topic: '章程', hours: '0.3' },
      }),
    ).rejects.toThrow('hours')
    await house.fillIn('王强', await press(house, '王强', 'planning.learn'), {
      ...{ day: '2026-03-01', topic: '章程', hours: '4.5' },
    })
    await house.settle()
    const [card] = await house.type('王强', '我的学习')
    expect(JSON.stringify(card)).toContain('还差 15.5')
    // Ten working days before the end of the quarter.
    await house.waitUntil('2026-03-18T01:01:00Z')
    expect(JSON.stringify(house.cardsOf('王强'))).toContain('2026 年学习计划还差 15.5 学时')
    // What fulfils it ends the reminder.
    await house.type('王强', '我的学习')
    await house.fillIn('王强', await press(house, '王强', 'planning.learn'), {
      ...{ day: '2026-03-02', topic: '培训班', hours: '16' },
    })
    await house.settle()
    const reminder = await store.db.selectFrom('reminder').select('state').executeTakeFirstOrThrow()
    expect(reminder.state).toBe('ended')
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('are not handed over to somebody who may not see to them', async () => {
    const house = await openDutiesHouse(open)
    await house.store.transaction((trx) => beginDuties(trx, house.time.now))
    await house.settle()
    await house.waitUntil('2026-11-02T01:01:00Z')
    expect(JSON.stringify(house.cardsOf('王强'))).toContain('开展年度制度和机构检查')
    const refused = JSON.stringify(await house.type('王强', '转交 张三'))
    expect(refused).toContain('张三没有办理这项工作的权限，请转交给本单位的科协干部。')
    await house.settle()
    expect(JSON.stringify(house.cardsOf('张三'))).not.toContain('开展年度制度和机构检查')
    expect(JSON.stringify(await house.type('王强', '转交 吴主席'))).toContain('已转交')
    expect(house.errors).toEqual([])
    await house.stop()
  })
})
