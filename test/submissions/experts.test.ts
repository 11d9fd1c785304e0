import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { offer, problem, shown } from './problem-samples.ts'
import { actionButton, buttonsOf, openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

describeEachDatabase('experts', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** Sent in by 张三, checked, and published until the fifteenth of March. */
  async function publish(): Promise<string> {
    const { number } = await house.sendIn('张三', problem, 'technical-problem')
    await house.act('李梅', number, 'check')
    await house.act('何总', number, 'publish', { closing: '2026-03-15' })
    return number
  }

  const offers = () => house.store.db.selectFrom('submission_offer').selectAll().orderBy('number').execute()
  /** What is said to somebody who may not. */
  const refusal = async (user: string, number: string, action: string, values = {}) => {
    try {
      return (await house.act(user, number, action, values)).toast ?? ''
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  const expertise = {
    fields: '铸件热处理、变形控制',
    description: '从事大型铸钢件热处理工艺二十年，熟悉变形校正。',
    consent: 'yes',
  }
  const register = async (user: string, values: Record<string, string> = expertise, entry = '') => {
    const opened = await house.click(user, { action: 'submissions.expert', value: entry ? { entry } : {} })
    const done = await house.fillIn(user, opened, values)
    await house.settle()
    return done
  }
  const experts = () => house.store.db.selectFrom('submission_expert').selectAll().execute()

  test('register, are approved, suggested with reasons, invited, and offer or decline', async () => {
    house = await openSubmissionsHouse(open)
    expect(buttonsOf((await house.type('褚工', '专家登记'))[0]!)[0]?.action).toBe('submissions.expert')
    await register('褚工')
    expect(await experts()).toMatchObject([{ state: 'registered', name: '褚工', organisation: '一分公司' }])
    const approve = buttonsOf(house.cardsOf('王强').at(-1)!).find(({ value }) => value.to === 'approved')!
    await expect(house.click('陈晨', approve)).rejects.toThrow()
    await house.click('王强', approve)
    await house.settle()
    expect(shown(house.cardsOf('褚工').at(-1))).toContain('您已列入专家库')
    const outside = { ...expertise, inside: 'no', name: '林教授', organisation: '冶金大学', contact: '139' }
    await register('王强', { ...outside, description: '研究钢锭凝固与热处理变形仿真多年。' }, 'yes')
    await register(
      '王强',
      {
        ...expertise,
        inside: 'yes',
        person: '卫工',
        fields: '食堂管理',
        description: '长期负责食堂和后勤保障工作。',
      },
      'yes',
    )
    expect(shown(house.cardsOf('卫工').at(-1))).toContain('王强已将您列入专家库')

    const number = await publish()
    const suggested = house.cardsOf('李梅').find((card) => shown(card).includes('推荐理由'))
    expect(shown(suggested)).toContain('褚工')
    expect(shown(suggested)).toContain('变形控制')
    expect(shown(suggested)).not.toContain('卫工')
    const invite = (name: string) => buttonsOf(suggested!).find(({ label }) => label === `邀请${name}`)!
    await house.fillIn('李梅', await house.click('李梅', invite('褚工')), { words: '请您看看。' })
    await house.settle()
    const invitation = house.cardsOf('褚工').at(-1)!
    expect(shown(invitation)).toContain('李梅邀请您')
    const offering = actionButton(invitation, 'offer')
    const decline = buttonsOf(invitation).find(({ label }) => label === '不合适')!
    await expect(house.click('陈晨', decline)).rejects.toThrow()
    await house.fillIn('褚工', await house.click('褚工', offering), offer)
    expect(await offers()).toMatchObject([{ name: '褚工', state: 'open' }])
    await house.fillIn('李梅', await house.click('李梅', invite('林教授')), {})
    await house.settle()
    expect(shown(house.cardsOf('李梅').at(-1))).toContain('请直接联系：139')
    expect(await refusal('李梅', number, 'invite', { expert: '林教授' })).toContain('invited')
    expect(await refusal('王强', number, 'invite', { expert: '无此人' })).toContain('unknown')
    const declined = await house.click('褚工', decline)
    expect(shown(declined.replace)).toContain('感谢您的回复')
    await house.settle()
    expect(shown(house.cardsOf('李梅').at(-1))).toContain('褚工表示这一难题不合适')
    expect(await refusal('吴主席', number, 'invite', { expert: '褚工' })).toContain('declined')
  })

  test('are not taken in without their consent, nor by whoever does not keep the directory', async () => {
    house = await openSubmissionsHouse(open)
    await expect(register('褚工', { ...expertise, consent: '' })).rejects.toThrow('consent')
    await expect(register('陈晨', expertise, 'yes')).rejects.toThrow('not-keeper')
    await expect(register('guest')).rejects.toThrow('sign-in')
    expect(await experts()).toEqual([])
  })

  test('are listed and looked for; they leave by themselves', async () => {
    house = await openSubmissionsHouse(open)
    await register('褚工')
    expect(shown(await house.type('陈晨', '专家库'))).not.toContain('褚工')
    const [listed] = await house.type('王强', '专家库')
    await house.click('王强', buttonsOf(listed!).find(({ value }) => value.to === 'approved')!)
    expect(shown(await house.type('陈晨', '找专家 铸件变形'))).toContain('褚工')
    expect(shown(await house.type('陈晨', '找专家 财务审计'))).not.toContain('褚工')
    const [own] = await house.type('褚工', '专家登记')
    await house.click('褚工', buttonsOf(own!).find(({ label }) => label === '退出专家库')!)
    expect(shown(await house.type('陈晨', '找专家 铸件变形'))).not.toContain('褚工')
    expect(await experts()).toMatchObject([{ state: 'retired' }])
  })
})
