import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { actionButton, openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

describeEachDatabase('the life of a proposal', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('goes from its registration to an award, and everybody is told in turn', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三')
    expect(number).toBe('JY-2026-0001')
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain('李梅')
    expect(actionButton(house.cardsOf('李梅').at(-1), 'accept').label).toBe('受理')

    await house.act('李梅', number, 'accept')
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain('单位初审中')
    await house.act('李梅', number, 'send-to-review', {
      opinion: '办法具体，建议评审。',
      reviewers: '赵工、钱工、冯工',
    })
    for (const [reviewer, technical] of [
      ['赵工', '25'],
      ['钱工', '20'],
      ['冯工', '30'],
    ] as const) {
      actionButton(house.cardsOf(reviewer).at(-1), 'review')
      await house.act(reviewer, number, 'review', {
        ...{ hasInterest: 'no', technical, economic: '20', scope: '15', practical: '18' },
        opinion: '可行，建议采纳。',
      })
    }
    expect((await house.row(number)).state).toBe('deciding')
    await house.act('何总', number, 'decide', { outcome: 'rollout', opinion: '办法可行，投入小。' })
    await house.act('李梅', number, 'assign', {
      ...{ owner: '褚工', verifier: '卫工', plan: '三月采购，四月安装。', due: '2026-04-30' },
    })
    await house.act('褚工', number, 'finish', { result: '已安装，换型九分钟。' })
    await house.act('卫工', number, 'confirm', { benefit: '120000', opinion: '属实。' })
    expect(await house.row(number)).toMatchObject({ state: 'publishing', benefit: 120_000 })
    await house.act('李梅', number, 'publish')
    expect((await house.row(number)).state).toBe('notice')
    await house.waitUntil('2026-03-10T08:00:00Z')
    expect((await house.row(number)).state).toBe('awarding')
    await house.act('何总', number, 'award', { tier: 'third' })
    expect(await house.row(number)).toMatchObject({ state: 'archived', award: 'third' })
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain('三等奖')
  })
})
