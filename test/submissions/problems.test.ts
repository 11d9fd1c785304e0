import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { agreement, offer, problem, shown } from './problem-samples.ts'
import { actionButton, buttonsOf, openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

describeEachDatabase('a technical problem', (open) => {
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
  const milestones = () =>
    house.store.db.selectFrom('submission_milestone').selectAll().orderBy('number').execute()
  const view = async (user: string, number: string) => {
    const { id } = await house.row(number)
    return house.click(user, { action: 'submissions.open', value: { submission: id } })
  }
  /** What is said to somebody who may not. */
  const refusal = async (user: string, number: string, action: string, values = {}) => {
    try {
      return (await house.act(user, number, action, values)).toast ?? ''
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  test('goes from its registration through offers and milestones to its solution', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', problem, 'technical-problem')
    expect(number).toBe('NT-2026-0001')
    // Before it is published colleagues do not come upon it.
    await expect(view('孙工', number)).rejects.toThrow()
    actionButton(house.cardsOf('李梅').at(-1), 'check')
    await house.act('李梅', number, 'check')
    await house.act('何总', number, 'publish', { closing: '2026-03-15' })
    expect((await house.row(number)).due_at).toBe('2026-03-15T16:00:00.000Z')

    await house.act('孙工', number, 'offer', offer)
    await house.act('外人', number, 'offer', { ...offer, approach: '改用感应热处理，局部加热减少变形。' })
    expect(shown(house.cardsOf('孙工').at(-1))).toContain('2026-03-15 截止前可以修改或撤回')
    await house.waitUntil('2026-03-16T00:00:00Z')
    expect((await house.row(number)).state).toBe('comparing')
    const compared = house.cardsOf('何总').at(-1)
    expect(shown(compared)).toContain('1 号方案：孙工（铸造车间）')
    expect(shown(compared)).toContain('2 号方案：外人（二分公司）')
    const choose = buttonsOf(compared!).find(({ value }) => value.action === 'choose' && value.offer === '1')!
    await house.fillIn('何总', await house.click('何总', choose), { reason: '思路完整，条件具备。' })
    await house.settle()
    expect(await offers()).toMatchObject([{ state: 'chosen' }, { state: 'declined' }])
    expect(shown(house.cardsOf('孙工'))).toContain('恭喜，您的揭榜方案已被选定')
    const thanked = shown(house.cardsOf('外人').at(-1))
    expect(thanked).toContain('感谢您揭榜')
    expect(thanked).toContain('思路完整，条件具备。')

    await house.act('李梅', number, 'agree', agreement)
    expect(await house.row(number)).toMatchObject({ state: 'agreed', owner: house.people.孙工 })
    expect(shown((await view('卫工', number)).beside)).toContain('经费分两期拨付')
    await house.act('孙工', number, 'add-milestone', { title: '变形仿真', due: '2026-05-29' })
    await house.act('李梅', number, 'add-milestone', { title: '工装试制', due: '2026-09-30', who: '褚工' })
    await house.act('孙工', number, 'begin')
    await house.act('孙工', number, 'report-milestone', { milestone: '1', result: '仿真误差在一成以内。' })
    const reported = house.cardsOf('李梅').at(-1)
    const accept = actionButton(reported, 'accept-milestone')
    expect(accept.value.milestone).toBe('1')
    await house.fillIn('李梅', await house.click('李梅', accept), { remark: '同意。' })
    await house.settle()
    expect(shown(house.cardsOf('张三').at(-1))).toContain('节点 1 已通过验收')
    await house.act('褚工', number, 'report-milestone', { milestone: '2', result: '工装两套已试用。' })
    await house.act('卫工', number, 'return-milestone', { milestone: '2', reason: '缺检测记录。' })
    expect(shown(house.cardsOf('褚工'))).toContain('退回意见：缺检测记录。')
    expect(await refusal('孙工', number, 'deliver', { result: '变形零点八毫米。' })).toContain('全部通过')
    await house.act('褚工', number, 'report-milestone', { milestone: '2', result: '检测记录已补齐。' })
    await house.act('卫工', number, 'accept-milestone', { milestone: '2', remark: '' })
    await house.act('孙工', number, 'deliver', { result: '变形零点八毫米，返工率百分之三。' })
    await house.act('卫工', number, 'solve', { opinion: '达到指标。', benefit: '300000' })
    expect(await house.row(number)).toMatchObject({ state: 'solved', benefit: 300_000 })
    expect(shown(house.cardsOf('张三').at(-1))).toContain('达到指标')
  })

  test('keeps offers closed until no more are taken, from everybody but whoever made them', async () => {
    house = await openSubmissionsHouse(open)
    const number = await publish()
    await house.act('孙工', number, 'offer', offer)
    for (const user of ['李梅', '何总', '张三', '吴主席', '陈晨']) {
      const card = shown((await view(user, number)).beside)
      expect(card).not.toContain('变形仿真')
      expect(card).not.toContain('孙工')
    }
    expect(shown((await view('李梅', number)).beside)).toContain('已收到 1 份揭榜方案')
    expect(shown((await view('陈晨', number)).beside)).not.toContain('已收到')
    expect(shown((await view('孙工', number)).beside)).toContain('变形仿真')
    const { id } = await house.row(number)
    await expect(
      house.click('李梅', { action: 'submissions.offers', value: { submission: id, from: '0' } }),
    ).rejects.toThrow()
    const history = await house.store.db.selectFrom('submission_history').selectAll().execute()
    const kept = history.find(({ action }) => action === 'offer')
    expect(kept).toMatchObject({ by: null, input: '{}' })
  })

  test('takes one offer of each, which may be changed and taken back until it closes', async () => {
    house = await openSubmissionsHouse(open)
    const number = await publish()
    expect(await refusal('张三', number, 'offer', offer)).toContain('这一步不由您办理')
    await house.act('孙工', number, 'offer', offer)
    expect(await refusal('孙工', number, 'offer', offer)).toContain('您已提出揭榜方案')
    const { id, stage } = await house.row(number)
    const change = { submission: id, action: 'change-offer', seen: String(stage) }
    const opened = await house.click('孙工', { action: 'submissions.act', value: change })
    expect(opened.form?.fields.find(({ name }) => name === 'approach')?.value).toBe(offer.approach)
    await house.fillIn('孙工', opened, { wanted: '120000' })
    expect(await offers()).toHaveLength(1)
    expect(JSON.parse((await offers())[0]!.content)).toMatchObject({ wanted: 120_000, months: 9 })
    await house.act('孙工', number, 'withdraw-offer')
    expect(await offers()).toMatchObject([{ state: 'withdrawn' }])
    await house.act('孙工', number, 'offer', offer)
    expect(await offers()).toMatchObject([{ state: 'withdrawn' }, { state: 'open', number: 2 }])
    await house.waitUntil('2026-03-16T00:00:00Z')
    expect(await refusal('孙工', number, 'withdraw-offer')).toContain('现在这一步不能这样办理')
    expect(await refusal('陈晨', number, 'offer', offer)).toContain('现在这一步不能这样办理')
  })

  test('is chosen for by nobody who made an offer, nor by a number that is none', async () => {
    house = await openSubmissionsHouse(open)
    const number = await publish()
    await house.act('何总', number, 'offer', offer)
    await house.waitUntil('2026-03-16T00:00:00Z')
    const choice = { offer: '1', reason: '自己的最好。' }
    expect(await refusal('何总', number, 'choose', choice)).toContain('比选应由他人进行')
    expect(await refusal('陈晨', number, 'choose', choice)).toContain('这一步不由您办理')
    expect(await refusal('王强', number, 'choose', { ...choice, offer: '7' })).toContain('no-offer')
    expect((await house.row(number)).state).toBe('comparing')
  })

  test('without any offer can be given more time, or be closed with a reason', async () => {
    house = await openSubmissionsHouse(open)
    const number = await publish()
    await house.act('李梅', number, 'extend', { closing: '2026-03-20' })
    await house.waitUntil('2026-03-16T00:00:00Z')
    expect((await house.row(number)).state).toBe('published')
    await house.waitUntil('2026-03-21T00:00:00Z')
    expect((await house.row(number)).state).toBe('comparing')
    expect(await refusal('何总', number, 'choose', { offer: '1', reason: '没有人。' })).toContain(
      '还没有人揭榜',
    )
    await house.act('何总', number, 'publish-again', { reason: '知道的人太少。', closing: '2026-04-10' })
    expect((await house.row(number)).state).toBe('published')
    await house.act('何总', number, 'close', { reason: '设备更新后不再需要。' })
    expect(await house.row(number)).toMatchObject({ state: 'closed' })
    expect(shown(house.cardsOf('张三').at(-1))).toContain('设备更新后不再需要')
  })

  test('goes back to be offered for where an agreement is ended', async () => {
    house = await openSubmissionsHouse(open)
    const number = await publish()
    await house.act('孙工', number, 'offer', offer)
    await house.waitUntil('2026-03-16T00:00:00Z')
    await house.act('张三', number, 'choose', { offer: '1', reason: '最了解现场。' })
    await house.act('李梅', number, 'agree', agreement)
    await house.act('孙工', number, 'add-milestone', { title: '变形仿真', due: '2026-05-29' })
    await house.act('孙工', number, 'begin')
    await house.act('何总', number, 'end-agreement', { reason: '承担人调离。', closing: '2026-06-30' })
    expect(await house.row(number)).toMatchObject({ state: 'published', owner: null, due_day: '2026-06-30' })
    expect(await offers()).toMatchObject([{ state: 'ended' }])
    expect(await milestones()).toMatchObject([{ state: 'dropped' }])
    expect(shown(house.cardsOf('孙工').at(-1))).toContain('协议已终止')
    const before = house.cardsOf('孙工').length
    await house.waitUntil('2026-06-02T00:00:00Z')
    expect(house.cardsOf('孙工').length).toBe(before)
    await house.act('孙工', number, 'offer', offer)
    expect((await offers()).at(-1)).toMatchObject({ state: 'open', number: 2 })
  })

  test('is solved by somebody from outside too, whose offer a handler enters and takes back', async () => {
    house = await openSubmissionsHouse(open)
    const number = await publish()
    const outside = { ...offer, offerer: '林教授', organisation: '冶金大学' }
    await house.act('李梅', number, 'enter-offer', outside)
    await house.act('李梅', number, 'enter-offer', { ...outside, wanted: '90000' })
    expect(await offers()).toHaveLength(1)
    await house.act('李梅', number, 'withdraw-entered', { offer: '1' })
    expect(await offers()).toMatchObject([{ state: 'withdrawn' }])
    await house.act('李梅', number, 'enter-offer', outside)
    await house.waitUntil('2026-03-16T00:00:00Z')
    await house.act('何总', number, 'choose', { offer: '2', reason: '校方力量强。' })
    expect(await house.row(number)).toMatchObject({ owner: house.people.李梅 })
    expect(shown(house.cardsOf('李梅'))).toContain('请转告本人')
  })

  test('reminds of a milestone before and after its day, first its owner, then those above', async () => {
    house = await openSubmissionsHouse(open)
    const number = await publish()
    await house.act('孙工', number, 'offer', offer)
    await house.waitUntil('2026-03-16T00:00:00Z')
    await house.act('何总', number, 'choose', { offer: '1', reason: '思路完整。' })
    await house.act('李梅', number, 'agree', agreement)
    const late = { title: '太晚', due: '2027-01-31' }
    expect(await refusal('孙工', number, 'add-milestone', late)).toContain('after-the-end')
    await house.act('李梅', number, 'add-milestone', { title: '工装试制', due: '2026-04-15', who: '褚工' })
    await house.act('孙工', number, 'begin')
    const said = (user: string) => shown(house.cardsOf(user))
    await house.waitUntil('2026-04-11T08:00:00Z')
    expect(said('褚工')).not.toContain('节点将于')
    await house.waitUntil('2026-04-12T08:00:00Z')
    expect(said('褚工')).toContain('节点将于 2026-04-15 到期')
    await house.waitUntil('2026-04-16T08:00:00Z')
    expect(said('褚工')).toContain('节点已超期')
    expect(said('李梅')).not.toContain('节点已超期')
    await house.waitUntil('2026-04-24T08:00:00Z')
    expect(said('李梅')).toContain('节点已超期')
    await house.waitUntil('2026-05-08T08:00:00Z')
    expect(said('王强') + said('吴主席')).toContain('节点已超期')
    await house.act('褚工', number, 'report-milestone', { milestone: '1', result: '已试制完成。' })
    const before = house.cardsOf('褚工').length
    await house.waitUntil('2026-06-08T08:00:00Z')
    expect(house.cardsOf('褚工').filter((card) => shown(card).includes('节点已超期')).length).toBe(
      house
        .cardsOf('褚工')
        .slice(0, before)
        .filter((card) => shown(card).includes('节点已超期')).length,
    )
  })

  test('is found by its own words while offers are taken, and not before or after', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', problem, 'technical-problem')
    expect(shown(await house.type('陈晨', '揭榜'))).not.toContain(number)
    await house.act('李梅', number, 'check')
    await house.act('何总', number, 'publish', { closing: '2026-03-15' })
    expect(shown(await house.type('陈晨', '揭榜'))).toContain(number)
    expect(shown(await house.type('陈晨', '难题榜 热处理变形'))).toContain(number)
    expect(shown(await house.type('陈晨', '难题榜 食堂菜价'))).not.toContain(number)
    await house.waitUntil('2026-03-16T00:00:00Z')
    expect(shown(await house.type('陈晨', '揭榜'))).not.toContain(number)
  })
})
