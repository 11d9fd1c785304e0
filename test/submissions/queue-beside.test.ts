import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { agreement, offer, problem, shown } from './problem-samples.ts'
import { actionButton, buttonsOf, openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

/** What waits for somebody though the record itself waits for others, or is none. */
describeEachDatabase('待我处理', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const queue = async (user: string) => (await house.type(user, '待我处理')).at(-1)

  test('holds a milestone until whoever accepts it has, and nobody else’s', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', problem, 'technical-problem')
    await house.act('李梅', number, 'check')
    await house.act('何总', number, 'publish', { closing: '2026-03-15' })
    await house.act('孙工', number, 'offer', offer)
    await house.waitUntil('2026-03-16T00:00:00Z')
    await house.act('何总', number, 'choose', { offer: '1', reason: '思路完整。' })
    await house.act('李梅', number, 'agree', agreement)
    // Whoever solves it has no office, and shares the work out all the same.
    await house.act('孙工', number, 'add-milestone', { title: '工装试制', due: '2026-05-29', who: '褚工' })
    expect(shown(house.cardsOf('褚工').at(-1))).toContain('工装试制')
    await house.act('孙工', number, 'begin')
    expect(shown(await queue('李梅'))).not.toContain(number)
    expect(shown(await queue('卫工'))).not.toContain(number)
    await house.act('褚工', number, 'report-milestone', { milestone: '1', result: '两套已试用一个月。' })
    for (const accepting of ['李梅', '卫工']) {
      const card = await queue(accepting)
      expect(shown(card)).toContain('两套已试用一个月')
      expect(actionButton(card, 'accept-milestone').value.milestone).toBe('1')
    }
    for (const other of ['褚工', '张三', '何总', '陈晨'])
      expect([other, shown(await queue(other)).includes(number)]).toEqual([other, false])
    const accepted = await house.click('卫工', actionButton(await queue('卫工'), 'accept-milestone'))
    await house.fillIn('卫工', accepted, { remark: '同意。' })
    await house.settle()
    expect(shown(await queue('李梅'))).not.toContain(number)
  })

  test('leads those who keep the directory to experts who wait to be looked at', async () => {
    house = await openSubmissionsHouse(open)
    const form = await house.click('褚工', { action: 'submissions.expert', value: {} })
    await house.fillIn('褚工', form, {
      fields: '铸件热处理',
      description: '从事铸钢件热处理工艺二十年。',
      consent: 'yes',
    })
    await house.settle()
    for (const other of ['李梅', '何总', '褚工', '张三'])
      expect([other, shown(await queue(other)).includes('位待审核')]).toEqual([other, false])
    const card = await queue('王强')
    expect(shown(card)).toContain('专家库有 1 位待审核')
    const { beside } = await house.click('王强', buttonsOf(card!)[0]!)
    const approve = buttonsOf(beside!).find(({ value }) => value.to === 'approved')!
    await house.click('王强', approve)
    await house.settle()
    expect(shown(await queue('王强'))).toContain('目前没有等您处理的提交')
  })
})
