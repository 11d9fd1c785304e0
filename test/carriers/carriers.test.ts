import { afterEach, expect, test } from 'vitest'
import type { CarrierDraft } from '../../src/features/carriers/keep-carrier.ts'
import { enterCarrier } from '../../src/features/carriers/keep-carrier.ts'
import { readCarrierRules } from '../../src/features/carriers/rules.ts'
import { enterLeave } from '../../src/timers/calendar/leave.ts'
import { buttonOf, buttonsOf, type EventsHouse, openEventsHouse } from '../events/events-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { station } from './carrier-drafts.ts'

const rules = readCarrierRules('knowledge/carriers.yaml')

describeEachDatabase('carriers', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const enter = (changed: Partial<CarrierDraft> = {}) =>
    house.store.transaction((trx) =>
      enterCarrier(trx, station(house.people.branch!, changed), {
        ...{ by: house.people.王强!, now: house.time.now, rules },
      }),
    )
  const titles = (user: string) => house.cardsOf(user).flatMap(({ title }) => title ?? [])

  test('are entered by a form, shown, and kept by whoever may', async () => {
    house = await openEventsHouse(open)
    const [offered] = await house.type('王强', '登记载体')
    const form = await house.click('李梅', buttonOf(offered, '登记载体'))
    await expect(
      house.fillIn('李梅', form, {
        kind: 'society-station',
        name: 'x',
        organisation: '铸造车间',
        partner: 'y',
      }),
    ).rejects.toThrow('organisation: 您没有管理这个单位载体的权限。')
    const again = await house.click('王强', buttonOf(offered, '登记载体'))
    const basics = {
      kind: 'academician-station',
      name: '林院士工作站',
      organisation: '一分公司',
      partner: '冶金大学',
    }
    await expect(
      house.fillIn('王强', again, { ...basics, starts: '2026-05-01', ends: '2026-04-01' }),
    ).rejects.toThrow('ends: 合同止日 2026-04-01 早于起日 2026-05-01')
    const last = await house.click('王强', buttonOf(offered, '登记载体'))
    await house.fillIn('王强', last, {
      ...{ ...basics, starts: '2026-03-01', ends: '2029-02-28' },
      experts: '1. 林院士，冶金大学，焊接，在职院士\n2. 赵工，设计院',
      needs: '焊缝检测\n\n机器人编程',
    })
    await house.settle()
    const [listed] = await house.type('王强', '载体情况')
    expect(JSON.stringify(listed)).toContain('ZT-2026-0001 林院士工作站')
    const { beside } = await house.click('王强', buttonOf(listed, '查看'))
    const text = JSON.stringify(beside)
    expect(text).toContain('林院士，冶金大学，焊接，在职院士')
    expect(text).toContain('需求（2 项）')
    expect(buttonsOf(beside!).map(({ label }) => label)).toEqual([
      '登记成果',
      '续签',
      '修改',
      '年度评分',
      '结束或撤销',
    ])
    // A leader reads, staff and the neighbours see nothing.
    const [led] = await house.type('何总', '载体情况')
    const seen = await house.click('何总', buttonOf(led, '查看'))
    expect(buttonsOf(seen.beside!)).toEqual([])
    expect(JSON.stringify(await house.type('张三', '载体情况'))).toContain('您目前没有权限')
    const { value } = buttonOf(listed, '查看')
    await expect(house.click('外人', { action: 'carriers.show', value })).rejects.toThrow('carriers:gone')
    await expect(house.click('何总', { action: 'carriers.renew', value })).rejects.toThrow(
      'carriers:not-yours',
    )
  })

  test('are changed, renewed, graded once a year, given outcomes and ended', async () => {
    house = await openEventsHouse(open)
    const { row } = await enter()
    const value = { carrier: row.id }
    const press = (action: string) => house.click('王强', { action: `carriers.${action}`, value })
    await house.fillIn('王强', await press('change'), { partner: '省机械学会', experts: '甲' })
    await house.fillIn('王强', await press('renew'), { ends: '2027-12-31' })
    await expect(house.fillIn('王强', await press('renew'), { ends: '2027-12-31' })).rejects.toThrow(
      'ends: 新的止日应当晚于现在的止日 2027-12-31',
    )
    await house.fillIn('王强', await press('grade'), { year: '2026', score: '88.5' })
    await expect(house.fillIn('王强', await press('grade'), { year: '2026', score: '60' })).rejects.toThrow(
      'year: 2026 年度已评为 88.5 分',
    )
    await expect(
      house.fillIn('王强', await press('outcome'), { day: '2026-03-03', outcome: '完成一项工艺' }),
    ).rejects.toThrow('day: 成果日期不能晚于今天')
    await house.fillIn('王强', await press('outcome'), { day: '2026-03-02', outcome: '完成一项工艺' })
    const { beside } = await press('show')
    const text = JSON.stringify(beside)
    expect(text).toContain('省机械学会')
    expect(text).toContain('2026-03-01 至 2027-12-31')
    expect(text).toContain('2026 年 88.5 分（良好）')
    expect(text).toContain('2026-03-02 完成一项工艺')
    expect(text).toContain('专家 1 位，要求不少于 5 位')
    await house.fillIn('王强', await press('end'), { state: 'revoked', reason: '协议终止' })
    expect(JSON.stringify((await press('show')).beside)).toContain('已撤销')
    await expect(press('renew')).rejects.toThrow('carriers:over')
    const history = await house.store.db.selectFrom('carrier_history').select('what').execute()
    expect(history.map(({ what }) => what).toSorted()).toEqual(
      ['changed', 'entered', 'graded', 'outcome', 'renewed', 'revoked'].toSorted(),
    )
  })

  test('whose contract ends are told on working days, once a stage, and no more once they are renewed', async () => {
    house = await openEventsHouse(open)
    const { row } = await enter({ endsOn: '2026-06-30', contactPerson: house.people.褚工! })
    // 90 days before is 1 April; the contact is on leave then.
    await house.store.transaction((trx) =>
      enterLeave(
        trx,
        {
          ...{ person: house.people.褚工!, first: '2026-04-01', last: '2026-04-02', note: '' },
          ...{ id: 'leave', by: null },
        },
        house.time.now,
      ),
    )
    await house.waitUntil('2026-03-31T08:00:00Z')
    expect(titles('王强')).toEqual([])
    // At midnight nobody is told.
    await house.waitUntil('2026-03-31T16:30:00Z')
    expect(titles('王强')).toEqual([])
    await house.waitUntil('2026-04-01T00:30:00Z')
    expect(titles('王强')).toEqual(['载体合同到期提醒'])
    expect(titles('李梅')).toEqual(['载体合同到期提醒'])
    expect(titles('褚工')).toEqual([])
    await house.waitUntil('2026-04-03T00:30:00Z')
    expect(titles('褚工')).toEqual(['载体合同到期提醒'])
    // The contact may say what came of it, not renew.
    expect(buttonsOf(house.cardsOf('褚工')[0]!).map(({ label }) => label)).toEqual([
      '登记成果',
      '已处理',
      '查看',
    ])
    expect(JSON.stringify(house.cardsOf('王强')[0])).toContain('将于 2026-06-30 到期，还有 90 天')
    // 31 May is a Sunday: the next working day.
    await house.waitUntil('2026-05-31T06:00:00Z')
    expect(titles('王强')).toHaveLength(1)
    await house.waitUntil('2026-06-01T00:30:00Z')
    expect(titles('王强')).toHaveLength(2)
    const card = house.cardsOf('王强')[1]!
    await house.fillIn('王强', await house.click('王强', buttonOf(card, '续签')), { ends: '2027-06-30' })
    await house.waitUntil('2026-08-10T01:00:00Z')
    expect(titles('王强').filter((title) => title?.includes('到期'))).toHaveLength(2)
    const late = await house.click('李梅', buttonOf(card, '已处理'))
    expect(JSON.stringify(late.replace)).toContain('已经处理过了')
    const kept = await house.store.db
      .selectFrom('carrier_entry')
      .select(['ends_on', 'expiry_handled_for'])
      .where('id', '=', row.id)
      .executeTakeFirst()
    expect(kept).toEqual({ ends_on: '2027-06-30', expiry_handled_for: null })
  })

  test('of which nothing is heard are told each month, until something happens', async () => {
    house = await openEventsHouse(open)
    await enter({ startsOn: '2025-03-10', endsOn: '2030-12-31' })
    await house.waitUntil('2026-03-10T00:30:00Z')
    expect(titles('王强')).toEqual(['载体长期无成果提醒'])
    await house.waitUntil('2026-04-10T00:30:00Z')
    expect(titles('王强')).toHaveLength(2)
    const { replace } = await house.click('王强', buttonOf(house.cardsOf('王强')[1], '已处理'))
    expect(JSON.stringify(replace)).toContain('已记为处理')
    await house.waitUntil('2026-06-30T01:00:00Z')
    expect(titles('王强')).toHaveLength(2)
    expect(JSON.stringify(await house.type('王强', '到期载体'))).toContain('没有到期或长期无成果的载体')
  })

  test('are asked to be graded once a year', async () => {
    house = await openEventsHouse(open)
    await enter({ endsOn: '2030-12-31' })
    await enter({ name: '另一个服务站', endsOn: '2030-12-31' })
    await house.waitUntil('2026-12-01T00:30:00Z')
    expect(titles('王强')).toEqual(['2026 年度载体评分'])
    const form = await house.click('王强', buttonOf(house.cardsOf('王强')[0], '评分'))
    await house.fillIn('王强', form, { score: '95' })
    await house.waitUntil('2026-12-31T01:00:00Z')
    expect(titles('王强')).toEqual(['2026 年度载体评分'])
    expect(JSON.stringify(await house.store.db.selectFrom('carrier_grade').selectAll().execute())).toContain(
      '"grade":"excellent"',
    )
  })

  test('that wait are on the own list of whoever keeps them', async () => {
    house = await openEventsHouse(open)
    await enter({ endsOn: '2026-03-20' })
    const mine = await house.feature.mine({
      ...{ db: house.store.db, account: { platform: 'chat', installation: 't', user: '王强' } },
      ...{ person: house.people.王强!, language: 'zh-CN', now: house.time.now },
    })
    expect(mine).toEqual([])
    for (const typed of ['到期载体', '即将到期的载体'])
      expect(JSON.stringify(await house.type('王强', typed))).toContain('合同即将到期')
    await house.waitUntil('2026-03-21T02:00:00Z')
    expect(JSON.stringify(await house.type('王强', '到期载体'))).toContain('合同已到期')
  })
})
