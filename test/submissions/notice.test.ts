import { afterEach, expect, test } from 'vitest'
import type { Button } from '../../src/chat/card.ts'
import { bindChat } from '../../src/people/chats.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { confirmed, type OnItsWay, refusal } from './reviewed.ts'
import { actionButton, buttonsOf, type SubmissionsHouse } from './submissions-house.ts'

describeEachDatabase('public notice, objections and awards', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** The house in which it lies is the one of this test. */
  async function enter(way: Promise<OnItsWay>): Promise<string> {
    const found = await way
    house = found.house
    return found.number
  }

  const last = (user: string) => JSON.stringify(house.cardsOf(user).at(-1))
  const all = (user: string) => JSON.stringify(house.cardsOf(user))
  const openOf = ({ value }: Button) => ({ action: 'submissions.open', value })
  const stateOf = async (number: string) => (await house.row(number)).state

  test('is put on notice in the chats of the organisation; each objection is answered before the award', async () => {
    const number = await enter(confirmed(open))
    const chat = { platform: 'chat', installation: 't', chat: '一分公司群' }
    await house.store.transaction(async (trx) => {
      await bindChat(trx, chat, house.people.branch!)
      await addMembership(trx, {
        person: house.people.外人!,
        organisation: house.people.group,
        role: 'staff',
      })
    })
    await house.act('李梅', number, 'publish')
    // Five working days after Monday.
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain('公示中（至 2026-03-09）')
    expect(JSON.stringify(await house.type('陈晨', '公示'))).toContain('公示至 2026-03-09')
    const posted = house.cardsIn({ ...chat, thread: '' }).at(-1)
    expect(JSON.stringify(posted)).toContain('一分公司张三提出的合理化建议《三号线夹具改为快换式》')
    expect(JSON.stringify(posted)).toContain('现公示 5 个工作日')
    const button = buttonsOf(posted!).find(({ action }) => action === 'submissions.object')!

    const group = { conversation: { ...chat, thread: '' }, group: true }
    const object = async (user: string, named: 'named' | 'hidden', objection: string) => {
      house.time.now = new Date(house.time.now.getTime() + 60_000)
      const opened = await house.click(user, button, group)
      const done = await house.fillIn(user, opened, { objection, named })
      await house.settle()
      return done
    }
    expect(await refusal(house.click('张三', button, group))).toBe('本人的提交应由他人办理。')
    await object('外人', 'hidden', '这个办法去年二分公司已经用过了。')
    await object('陈晨', 'named', '夹具的图纸是我画的，应当署我的名。')
    const again = object('陈晨', 'named', '夹具的图纸是我画的，应当署我的名。')
    expect(await refusal(again)).toContain('不必重复提出')
    expect(await stateOf(number)).toBe('objected')
    const authors = all('张三') + JSON.stringify(await house.type('张三', number))
    expect(authors).toContain('去年二分公司已经用过')
    expect(authors).not.toContain('外人')
    expect(authors).toContain('陈晨')
    // The clock stands still meanwhile.
    await house.waitUntil('2026-03-12T08:00:00Z')
    expect(await stateOf(number)).toBe('objected')

    const first = actionButton(house.cardsOf('何总').at(-1), 'settle')
    await house.act('何总', number, 'settle', { finding: '二分公司用的是另一种夹具。' })
    expect(last('外人')).toContain('二分公司用的是另一种夹具')
    // A card that was made for the first objection answers no other.
    expect((await house.click('何总', first)).toast).toContain('刚有变动')
    expect(last('何总')).toContain('还有一项请您办理')
    await house.act('何总', number, 'settle', { finding: '图纸由设计室统一绘制，署名不变。' })
    expect(last('陈晨')).toContain('图纸由设计室统一绘制')
    expect(await stateOf(number)).toBe('notice')
    await house.waitUntil('2026-03-20T08:00:00Z')
    expect(await stateOf(number)).toBe('awarding')
    expect(await refusal(house.click('陈晨', button, group))).toBe('这一件已不在公示期内。')
  })

  test('an objection that is upheld leads back, and all that are open are answered with it', async () => {
    const number = await enter(confirmed(open))
    await house.act('李梅', number, 'publish')
    expect(all('李梅')).toContain('没有绑定群')
    const notices = await house.type('陈晨', '公示')
    const button = buttonsOf(notices[0]!).find(({ action }) => action === 'submissions.object')!
    for (const user of ['陈晨', '孙工']) {
      const opened = await house.click(user, button)
      await house.fillIn(user, opened, { objection: '效益算重了，工时没有减少。', named: 'hidden' })
      await house.settle()
    }
    await house.act('何总', number, 'uphold', { consequence: 'checking', finding: '工时确实重复计算。' })
    expect(await stateOf(number)).toBe('checking')
    for (const user of ['陈晨', '孙工']) expect(last(user)).toContain('工时确实重复计算')
    await house.act('卫工', number, 'confirm', { benefit: '60000', opinion: '已重新核算。' })
    await house.act('李梅', number, 'publish')
    expect(await stateOf(number)).toBe('notice')
  })

  test('what is not signed can be objected to as well, by colleagues who read no more of it than its notice', async () => {
    const number = await enter(confirmed(open, { naming: 'unpublished' }))
    await house.act('李梅', number, 'publish')
    const notices = await house.type('陈晨', '公示')
    const button = buttonsOf(notices[0]!).find(({ action }) => action === 'submissions.object')!
    const opened = await house.click('陈晨', button)
    expect(JSON.stringify(opened)).not.toContain('快换')
    await house.fillIn('陈晨', opened, { objection: '二分公司去年已经用过了。', named: 'hidden' })
    await house.settle()
    expect(await stateOf(number)).toBe('objected')
    for (const seen of [await house.type('陈晨', number), await house.click('陈晨', openOf(button))]) {
      expect(JSON.stringify(seen)).toContain(number)
      expect(JSON.stringify(seen)).not.toMatch(/快换|张三|螺栓/)
    }
    await house.act('何总', number, 'settle', { finding: '用的是另一种办法。' })
    expect(last('陈晨')).toContain('用的是另一种办法')
    expect(last('陈晨')).not.toMatch(/快换|张三/)
    // Afterwards it is again none of theirs.
    await house.waitUntil('2026-03-20T08:00:00Z')
    expect(await stateOf(number)).toBe('awarding')
    expect(await refusal(house.click('陈晨', openOf(button)))).toContain('没有找到')
  })

  test('the tier follows from the benefit unless the decider says why; the list of awards names it', async () => {
    const number = await enter(confirmed(open))
    await house.act('李梅', number, 'publish')
    await house.waitUntil('2026-03-20T08:00:00Z')
    const row = await house.row(number)
    const value = { submission: row.id, action: 'award', seen: String(row.stage) }
    const { form } = await house.click('何总', { action: 'submissions.act', value })
    expect(form?.fields.find(({ name }) => name === 'tier')?.value).toBe('third')
    expect(await refusal(house.act('何总', number, 'award', { tier: 'first' }))).toBe(
      '所定等级与按核定效益建议的等级不同，请写明理由。',
    )
    await house.act('何总', number, 'award', { tier: 'second', reason: '已推广到五条线。' })
    expect(await house.row(number)).toMatchObject({ state: 'archived', award: 'second' })
    const [list] = await house.type('陈晨', '表彰名单')
    expect(JSON.stringify(list)).toContain('二等奖')
    expect(JSON.stringify(list)).toContain(
      `${number}《三号线夹具改为快换式》，张三（一分公司），年效益 120,000 元`,
    )
    expect(JSON.stringify(await house.type('陈晨', '2025年表彰名单'))).toContain('2025 年还没有定奖')
  })
})
