import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import {
  actionButton,
  buttonsOf,
  openSubmissionsHouse,
  proposal,
  type SubmissionsHouse,
} from './submissions-house.ts'

const textOf = (card: Card | undefined) => JSON.stringify(card)
const buttonOf = (card: Card | undefined, action: string, label?: string) =>
  buttonsOf(card!).find((one) => one.action === action && (label === undefined || one.label === label))!

describeEachDatabase('a submission and those around it', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('its author changes it while it is open, and the handler is told what changed', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三')
    await house.act('张三', number, 'edit', { effect: '换型时间降到九分钟。' })
    const told = textOf(house.cardsOf('李梅').at(-1))
    expect(told).toContain('提交人修改了预期效果')
    expect(told).toContain('换型时间降到九分钟')
    // What was seen before is old now.
    const old = actionButton(house.cardsOf('李梅').at(-1), 'accept')
    await house.act('张三', number, 'edit', { method: '改为液压快换夹具，另备换型小车一台。' })
    const answered = await house.click('李梅', old)
    expect(answered.toast).toBe('这一件刚有变动，请查看最新情况后再办理。')
    expect((await house.row(number)).state).toBe('registered')
    await house.act('李梅', number, 'accept')
    await expect(
      house.act('张三', number, 'edit', { effect: '换型时间降到八分钟。' }),
    ).resolves.toMatchObject({
      toast: '现在这一步不能这样办理，请查看最新情况。',
    })
  })

  test('a form that was begun outlives that the record is handed to somebody else', async () => {
    house = await openSubmissionsHouse(open)
    const { number, id, stage } = await house.sendIn('张三')
    const value = { submission: id, action: 'edit', seen: String(stage) }
    const begun = await house.click('张三', { action: 'submissions.act', value })
    await house.act('李梅', number, 'hand-over', { colleague: '王强' })
    await house.fillIn('张三', begun, { effect: '换型时间降到九分钟。' })
    expect((await house.row(number)).content).toContain('九分钟')
  })

  test('is withdrawn by its author, and whoever had it is told', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三')
    await house.act('张三', number, 'withdraw')
    expect((await house.row(number)).state).toBe('withdrawn')
    expect(textOf(house.cardsOf('李梅').at(-1))).toContain('这一件不再需要您办理')
  })

  test('author and handler write to each other, each with a button to reply', async () => {
    house = await openSubmissionsHouse(open)
    const { number, id } = await house.sendIn('张三')
    const write = { action: 'submissions.comment', value: { submission: id } }
    await house.fillIn('李梅', await house.click('李梅', write), { text: '定位销用什么材料？' })
    await house.settle()
    const asked = house.cardsOf('张三').at(-1)
    expect(textOf(asked)).toContain('办理人留言（李梅）')
    expect(textOf(asked)).toContain('定位销用什么材料？')
    const reply = buttonOf(asked, 'submissions.comment')
    expect(reply.label).toBe('回复')
    await house.fillIn('张三', await house.click('张三', reply), { text: '用 45 号钢。' })
    await house.settle()
    expect(textOf(house.cardsOf('李梅').at(-1))).toContain('提交人留言（张三）')
    const history = await house.click('张三', { action: 'submissions.history', value: { submission: id } })
    expect(textOf(history.beside)).toContain('用 45 号钢。')
    // Neither for colleagues nor for strangers.
    await expect(house.click('陈晨', write)).rejects.toThrow('refused.comment')
    await expect(house.click('无名', write)).rejects.toThrow('submissions:gone')
    expect(number).toBe('JY-2026-0001')
  })

  test('colleagues second it once each, nobody their own, and the author hears of the first', async () => {
    house = await openSubmissionsHouse(open)
    const { id, number } = await house.sendIn('张三')
    const before = house.cardsOf('张三').length
    const wanted = (yes: 'yes' | 'no') => ({ submission: id, wanted: yes })
    const give = { action: 'submissions.second', value: wanted('yes') }
    const shown = await house.type('陈晨', number)
    expect(buttonOf(shown[0], 'submissions.second').label).toBe('附议')
    const given = await house.click('陈晨', give)
    expect(textOf(given.replace)).toContain('附议：1 人')
    await house.click('陈晨', give)
    await house.click('孙工', give)
    await house.click('孙工', { ...give, value: wanted('no') })
    await house.click('孙工', give)
    for (const own of ['张三', '李梅', '外人的朋友']) await expect(house.click(own, give)).rejects.toThrow()
    await house.settle()
    const rows = await house.store.db.selectFrom('submission_second').selectAll().execute()
    expect(rows).toHaveLength(2)
    expect(house.cardsOf('张三')).toHaveLength(before + 1)
    expect(textOf(house.cardsOf('张三').at(-1))).toContain('1 位同事附议')
  })

  test('co-authors are asked, each once; those who agree are authors, who declines is not', async () => {
    house = await openSubmissionsHouse(open)
    const { id, number } = await house.sendIn('张三', { ...proposal, coAuthors: '陈晨、孙工' })
    const asked = house.cardsOf('陈晨').at(-1)
    expect(textOf(asked)).toContain('张三把您列为共同提交人')
    await house.click('陈晨', buttonOf(asked, 'submissions.co-author', '确认署名'))
    await house.click('孙工', buttonOf(house.cardsOf('孙工').at(-1), 'submissions.co-author', '不署名'))
    await house.settle()
    expect(textOf(house.cardsOf('张三').at(-1))).toContain('孙工表示不作为共同提交人')
    const seen = textOf((await house.type('李梅', number))[0])
    expect(seen).toContain('共同提交人：陈晨')
    expect(seen).not.toContain('孙工（待确认）')
    const toSun = house.cardsOf('孙工').length
    await house.act('陈晨', number, 'edit', { effect: '换型时间降到九分钟。' })
    expect(house.cardsOf('孙工')).toHaveLength(toSun)
    expect(textOf(house.cardsOf('张三').at(-1))).toContain('修改了：预期效果')
    await house.act('李梅', number, 'accept')
    expect(textOf(house.cardsOf('陈晨').at(-1))).toContain('单位初审中')
    const history = await house.click('李梅', { action: 'submissions.history', value: { submission: id } })
    expect(textOf(history.beside)).toContain('陈晨确认为共同提交人')
  })

  test('is found by its number by whoever may see it, and by nobody else', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三')
    for (const typed of [number, 'jy 2026 1', '查 JY-2026-0001', 'ＪＹ－2026－0001']) {
      expect(textOf((await house.type('李梅', typed))[0])).toContain('三号线夹具改为快换式')
    }
    const refused = '没有找到这一件，或您无权查看。'
    expect(textOf((await house.type('无名', number))[0])).toContain(refused)
    expect(textOf((await house.type('李梅', 'JY-2026-0002'))[0])).toContain(refused)
    const conversation = { platform: 'chat', installation: 't', chat: 'all of us', thread: '' }
    const before = house.cardsOf('张三').length
    const inGroup = await house.type('张三', number, { conversation, group: true })
    expect(house.cardsOf('张三')).toHaveLength(before + 1)
    expect(inGroup.some((card) => textOf(card).includes('已单独发给您'))).toBe(true)
  })

  test('is handed over, taken over by those above, and pressed for once a day', async () => {
    house = await openSubmissionsHouse(open)
    const { number, id } = await house.sendIn('张三')
    await house.act('李梅', number, 'hand-over', { colleague: '王强', words: '请您来办。' })
    expect(textOf(house.cardsOf('王强').at(-1))).toContain('这一件转交给您办理')
    expect(textOf(house.cardsOf('李梅').at(-1))).not.toContain('"action":"accept"')
    await house.act('吴主席', number, 'press')
    expect(textOf(house.cardsOf('王强').at(-1))).toContain('请尽快办理')
    await expect(house.act('吴主席', number, 'press')).rejects.toThrow('refused.reminded')
    await house.act('吴主席', number, 'take-over')
    expect(await house.row(number)).toMatchObject({ handler: house.people.吴主席, state: 'registered' })
    const history = await house.click('李梅', { action: 'submissions.history', value: { submission: id } })
    for (const words of ['李梅（办理人） 转交', '请您来办。', '吴主席（上级） 催办', '接手办理']) {
      expect(textOf(history.beside)).toContain(words)
    }
    // The author reads what was told to them, without what was said among handlers.
    const told = await house.click('张三', { action: 'submissions.history', value: { submission: id } })
    expect(textOf(told.beside)).not.toContain('请您来办')
  })

  test('those above are told when it lies too long, and again', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三')
    await house.waitUntil('2026-03-06T12:00:00Z')
    expect(textOf(house.cardsOf('李梅').at(-1))).toContain('即将到期')
    await house.waitUntil('2026-03-10T12:00:00Z')
    const told = () => house.cardsOf('王强').filter((card) => textOf(card).includes('已经超期，请督促办理'))
    expect(told()).toHaveLength(1)
    actionButton(told()[0], 'accept')
    await house.waitUntil('2026-03-19T12:00:00Z')
    expect(told()).toHaveLength(2)
    await house.act('王强', number, 'accept')
    await house.waitUntil('2026-03-20T12:00:00Z')
    expect(told()).toHaveLength(0)
  })

  test('merging keeps authors and votes, each once', async () => {
    house = await openSubmissionsHouse(open)
    const first = await house.sendIn('张三')
    const second = await house.sendIn('陈晨', { ...proposal, title: '夹具改快换' })
    const give = (person: string, submission: string) =>
      house.click(person, { action: 'submissions.second', value: { submission, wanted: 'yes' } })
    await give('孙工', first.id)
    await give('孙工', second.id)
    await give('褚工', second.id)
    await give('陈晨', first.id)
    await house.act('李梅', second.number, 'merge', { into: first.number })
    expect(await house.row(second.number)).toMatchObject({ state: 'merged', merged_into: first.id })
    expect(textOf(house.cardsOf('陈晨').at(-1))).toContain('已并案办理')
    const seen = textOf((await house.type('李梅', first.number))[0])
    expect(seen).toContain('共同提交人：陈晨')
    expect(seen).toContain('附议：2 人')
    expect(seen).toContain(`${second.number} 并入这一件`)
    await house.act('李梅', first.number, 'accept')
    expect(textOf(house.cardsOf('陈晨').at(-1))).toContain('单位初审中')
    // Neither into one that others handle, nor into itself.
    const foreign = await house.sendIn('外人', { ...proposal, title: '食堂延长供餐' })
    for (const into of [foreign.number, first.number, 'JY-2026-0099']) {
      await expect(house.act('李梅', first.number, 'merge', { into })).rejects.toThrow('merge-target')
    }
  })
})
