import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { shown } from './problem-samples.ts'
import { openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

const application = {
  ...{ society: '机械工程学会', variety: 'individual', field: '铸造，工程师' },
  ...{ reason: '从事铸造工艺十年，想参加学术交流。', sponsors: '赵工（A100）' },
}

describeEachDatabase('a membership', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })
  const last = (user: string) => shown(house.cardsOf(user).at(-1))

  test('is forwarded, accepted, renewed each year when it is time, lapses and is taken up again', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', application, 'membership')
    expect(number).toBe('RH-2026-0001')
    const state = async () => (await house.row(number)).state
    await house.act('李梅', number, 'forward', { letter: '一科协〔2026〕8 号', forwardedOn: '2026-03-02' })
    expect(last('张三')).toContain('已于 2026-03-02 转交学会（一科协〔2026〕8 号）')
    await house.act('李梅', number, 'accept', { memberNumber: 'M-7788', until: '2027-03-31' })
    expect(last('张三')).toContain('会员号 M-7788，有效期至 2027-03-31')
    expect(last('张三')).toContain('会员有效（至 2027-03-31）')
    // Nobody colleague's comes upon it.
    expect(shown(await house.type('陈晨', number))).not.toContain('机械工程学会')

    await house.waitUntil('2027-02-28T02:00:00Z')
    expect(await state()).toBe('member')
    await house.waitUntil('2027-03-02T02:00:00Z')
    expect(await state()).toBe('renewal')
    expect(last('张三')).toContain('会员资格将在 30 天内到期')
    const before = house.cardsOf('张三').length
    await house.waitUntil('2027-03-17T02:00:00Z')
    await house.waitUntil('2027-03-28T02:00:00Z')
    expect(shown(house.cardsOf('张三').slice(before)).match(/即将到期/g)?.length).toBe(2)
    await house.act('张三', number, 'renew', { renewedOn: '2027-03-28' })
    await house.act('李梅', number, 'confirm-renewal', { until: '2028-03-31' })
    expect(await house.row(number)).toMatchObject({ state: 'member', due_day: '2028-03-31' })

    await house.waitUntil('2028-03-02T02:00:00Z')
    expect(await state()).toBe('renewal')
    await house.waitUntil('2028-03-31T12:00:00Z')
    expect(await state()).toBe('renewal')
    // The day is over in China.
    await house.waitUntil('2028-03-31T16:00:00Z')
    expect(await state()).toBe('lapsed')
    await house.act('张三', number, 'renew-late', { renewedOn: '2028-04-01' })
    await house.act('李梅', number, 'confirm-renewal', { until: '2029-03-31' })
    await house.act('张三', number, 'end', { reason: '调离专业。' })
    expect(await state()).toBe('ended')
  })
})
