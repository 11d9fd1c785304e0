import { afterEach, expect, test } from 'vitest'
import { columnsOf } from '../../src/features/submissions/statistics/figure-texts.ts'
import { readStatistics } from '../../src/features/submissions/statistics/statistics.ts'
import { statisticsCard } from '../../src/features/submissions/statistics/statistics-card.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { shown } from './problem-samples.ts'
import { saidAgainst } from './said-against.ts'
import { openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

const lecture = {
  ...{ title: '焊接新工艺讲座', variety: 'activity' },
  purpose: '请省焊接学会专家讲两场新工艺，解决薄板变形问题。',
  plan: '五月上旬办两场，每场六十人，会后整理工艺要点。',
  ...{ amount: '5000', budget: '专家费 4000 元，资料费 1000 元。', others: '无' },
}

describeEachDatabase('a support request', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })
  const last = (user: string) => shown(house.cardsOf(user).at(-1))
  const state = async (number: string) => (await house.row(number)).state

  test('is checked, recommended, granted in part, urged, accounted for, and its rest returned', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', lecture, 'support-request')
    expect(number).toBe('ZC-2026-0001')
    await house.act('李梅', number, 'check', { opinion: '预算合理，未重复申请。' })
    await house.act('李梅', number, 'recommend', { recommendation: '建议支持 4000 元。' })
    const given = { granted: '4000', accountBy: '2026-04-30', conditions: '专款专用。' }
    const grant = (more: Record<string, string>) =>
      house.act('何总', number, 'grant', { ...given, reason: '', ...more })
    expect(await saidAgainst(grant({}))).toContain('请写明理由')
    expect(await saidAgainst(grant({ granted: '6000', reason: '多多益善，请用好。' }))).toContain(
      '不能超过申请的 5,000 元',
    )
    expect(await house.row(number)).toMatchObject({ state: 'recommended', granted: null })
    await grant({ reason: '资料费由本单位承担。' })
    expect(last('张三')).toContain('申请 5,000 元，批准 4,000 元，请在 2026-04-30 前核销')
    expect(last('张三')).toContain('资料费由本单位承担')
    expect(last('张三')).toContain('（2026-04-30 前）')

    // Reminded before the day; after it those who granted it hear of it too, as long as it lies.
    const cards = house.cardsOf('张三').length
    await house.waitUntil('2026-04-16T02:00:00Z')
    expect(shown(house.cardsOf('张三').slice(cards))).toContain('即将到期')
    await house.waitUntil('2026-05-01T02:00:00Z')
    expect(last('李梅')).toContain('已经超期，请督促办理')
    expect(last('张三')).toContain('已经超期，请尽快办理')
    // Four times more: somebody who owes nothing is told three times in all.
    for (const day of ['05-14', '05-28', '06-11', '06-25']) {
      const [before, handlers] = [house.cardsOf('张三').length, house.cardsOf('李梅').length]
      await house.waitUntil(`2026-${day}T02:00:00Z`)
      expect(house.cardsOf('张三').length).toBeGreaterThan(before)
      expect(house.cardsOf('李梅').length).toBeGreaterThan(handlers)
    }

    const report = { report: '两场讲座共一百二十人参加，整理要点十二条。' }
    expect(await saidAgainst(house.act('张三', number, 'account', { ...report, used: '4500' }))).toContain(
      '不能超过批准的 4,000 元',
    )
    await house.act('张三', number, 'account', { ...report, used: '3600.1' })
    expect(last('李梅')).toContain('批准 4,000 元，使用 3,600.1 元，结余 399.9 元')
    const checked = { opinion: '票据齐全。' }
    expect(await saidAgainst(house.act('李梅', number, 'accept-account', checked))).toContain(
      '还有结余未退回',
    )
    await house.act('李梅', number, 'accept-with-rest', checked)
    expect(last('张三')).toContain('请退回结余 399.9 元')
    await house.act('张三', number, 'return-rest', { returnedOn: '2026-06-26', how: '转账' })
    await house.act('李梅', number, 'confirm-rest')
    expect(await house.row(number)).toMatchObject({ state: 'closed', granted: 4000, used: 3600.1 })

    const [whole] = [await house.sendIn('张三', { ...lecture, title: '第二期讲座' }, 'support-request')]
    for (const [who, action, values] of [
      ['李梅', 'check', { opinion: '预算合理。' }],
      ['李梅', 'recommend-up', { recommendation: '报集团科协支持。' }],
      ['吴主席', 'grant', { granted: '5000', accountBy: '2026-09-30', conditions: '', reason: '' }],
      ['张三', 'account', { ...report, used: '5000' }],
    ] as const)
      await house.act(who, whole.number, action, values)
    expect(await house.row(whole.number)).toMatchObject({ lies_with: house.people.group })
    expect(await saidAgainst(house.act('吴主席', whole.number, 'accept-with-rest', checked))).toContain(
      '没有结余',
    )
    await house.act('吴主席', whole.number, 'accept-account', checked)
    expect(await state(whole.number)).toBe('closed')

    // Money is summed for those who see the figures; of what asks for none there are no such columns.
    const read = (kind: string | null) =>
      readStatistics(
        house.context,
        { newcomersAfter: 3, heads: ['staff'] },
        {
          ...{ asker: 'house', organisation: null, period: '2026', kind, step: 'quarter' },
        },
      )
    const statistics = await read(null)
    expect(statistics.total).toMatchObject({ applied: 10_000, granted: 9000, accounted: 8600.1 })
    const sumOf = (rows: typeof statistics.byTime) =>
      rows.reduce((sum, { figures }) => sum + figures.granted, 0)
    expect([sumOf(statistics.byTime), sumOf(statistics.byOrganisation)]).toEqual([9000, 9000])
    expect(shown(statisticsCard(statistics, 'zh-CN'))).toContain(
      '共申请 10,000 元，批准 9,000 元，已报核销 8,600.1 元',
    )
    expect(columnsOf(statistics)).toContain('accounted')
    const others = await read('proposal')
    expect(columnsOf(others)).not.toContain('accounted')
    expect(shown(statisticsCard(others, 'zh-CN'))).not.toContain('核销')
  })
})
