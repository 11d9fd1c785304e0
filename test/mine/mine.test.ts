import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { Button, Card } from '../../src/chat/card.ts'
import type { Conversation } from '../../src/chat/incoming.ts'
import { linkAccount } from '../../src/people/people.ts'
import { enterLeave } from '../../src/timers/calendar/leave.ts'
import { accountOf, buttonsOf, type HelpHouse, openHelpHouse, textOf } from '../help/help-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const question = '六十名技术人员能不能成立科协'
const group: Conversation = { platform: 'chat', installation: 't', chat: 'group', thread: 'x' }

describeEachDatabase('what is mine', (open) => {
  let house: HelpHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const begin = async () => {
    house = await openHelpHouse(open)
    return house
  }
  const mine = async (user: string, word = '我的') => (await house.type(user, word)).at(-1)!
  const labelled = (card: Card, label: string): Button => {
    const found = buttonsOf(card).find((button) => button.label === label)
    if (!found) throw new Error(`no button ${label} on ${textOf(card)}`)
    return found
  }
  const press = async (user: string, card: Card, label: string) => {
    const { action, value } = labelled(card, label)
    return house.click(user, action, value)
  }
  const takeLeave = (person: string, first: string, last: string, note = '') =>
    house.store.transaction(async (trx) => {
      const by = house.people[person]!
      await enterLeave(trx, { id: randomUUID(), person: by, first, last, note, by }, house.time.now)
    })

  test('is found by whom it concerns: the asker, who has to answer, who began a form', async () => {
    await begin()
    await house.ask('张三', { question, urgency: 'urgent' })
    const asked = textOf(await mine('张三'))
    expect(asked).toContain('我的提问（1）')
    expect(asked).toContain('等待答复')
    const waiting = await mine('李梅', '我的事项')
    expect(textOf(waiting)).toContain('待我解答（1）')
    expect(textOf(waiting)).toContain(`【急】WD-2026-0001　${question}\\n张三，3月2日 09:00 提出`)
    await press('李梅', waiting, '回复')
    const unfinished = await mine('李梅', '首页')
    expect(textOf(unfinished)).toContain('没填完的表单（1）')
    expect(textOf(unfinished)).toContain(`回复提问（WD-2026-0001：${question}）`)
    expect(textOf(await mine('冯远'))).not.toContain('WD-')
    expect(textOf(await mine('孙工'))).toContain('目前没有需要您办理的事项')
  })

  test('is renewed in its place after a press, in the words of what was done', async () => {
    await begin()
    await house.ask('张三', { question })
    const withdrawn = await press('张三', await mine('张三'), '撤回')
    expect(withdrawn.toast).toBe('已撤回。')
    expect(textOf(withdrawn.replace!)).toContain('目前没有需要您办理的事项')
    expect((await house.requests())[0]).toMatchObject({ state: 'withdrawn' })
    await house.settle()
    expect(textOf(await mine('李梅'))).not.toContain('WD-')
  })

  test('says what became of a question that somebody else has answered meanwhile', async () => {
    await begin()
    await house.ask('张三', { question })
    const stale = await mine('李梅')
    await house.reply('郑洁', '可以先组建联合科协。')
    const late = await press('李梅', stale, '回复')
    expect(late.form).toBeUndefined()
    expect(late.toast).toBe('WD-2026-0001　已答复')
    expect(textOf(late.replace!)).not.toContain('待我解答')
    const own = await mine('张三')
    expect(textOf(own)).toContain('郑洁已答复：可以先组建联合科协。')
    expect((await press('张三', own, '解决了')).toast).toBe('谢谢反馈。')
    expect((await house.requests())[0]).toMatchObject({ state: 'closed' })
  })

  test('stays as it is while a form that it opened is filled in', async () => {
    await begin()
    await house.ask('张三', { question })
    const opened = await press('李梅', await mine('李梅'), '回复')
    expect(opened.replace).toBeUndefined()
    const card = await mine('李梅')
    const continued = await press('李梅', card, '继续填写')
    expect(continued).toMatchObject({ form: { draft: opened.form!.draft } })
    expect(continued.replace).toBeUndefined()
    await house.fillIn('李梅', continued, { text: '可以。' })
    const refreshed = await press('李梅', card, '刷新')
    expect(textOf(refreshed.replace!)).toContain('目前没有')
  })

  test('lists leave of today and to come, which is ended from there', async () => {
    await begin()
    await takeLeave('张三', '2026-03-02', '2026-03-03')
    await takeLeave('张三', '2026-05-06', '2026-05-07', '探亲')
    await takeLeave('李梅', '2026-02-02', '2026-02-03')
    const card = await mine('张三')
    expect(textOf(card)).toContain('我的请假（2）')
    expect(textOf(card)).toContain('正在休假')
    expect(textOf(card)).toContain('（探亲）')
    const ended = await press('张三', card, '销假')
    expect(ended.toast).toMatch(/^已取消请假/)
    expect(textOf(ended.replace!)).toContain('我的请假（1）')
    expect(textOf(await mine('李梅'))).not.toContain('我的请假')
  })

  test('goes to the asker alone where a group is listening, and is not renewed there', async () => {
    await begin()
    await house.ask('张三', { question })
    await house.type('张三', '我的', { conversation: group, group: true })
    expect(textOf(house.cardsIn(group).at(-1)!)).not.toContain('WD-')
    const card = house.cardsOf('张三').at(-1)!
    expect(textOf(card)).toContain('WD-2026-0001')
    const elsewhere = await house.click('张三', 'mine.refresh', {}, { conversation: group, group: true })
    expect(elsewhere.replace).toBeUndefined()
    const { action, value } = labelled(card, '撤回')
    const withdrawn = await house.click('张三', action, value, { conversation: group, group: true })
    expect(textOf(withdrawn.replace!)).not.toContain('我的事项')
  })

  test('and what a draft is about are not told to a group', async () => {
    await begin()
    await house.ask('张三', { question })
    await press('李梅', await mine('李梅'), '回复')
    for (const words of ['我的草稿', '取消填写']) {
      await house.type('李梅', words, { conversation: group, group: true })
      expect(textOf(house.cardsIn(group).at(-1)!)).not.toContain(question)
      expect(textOf(house.cardsOf('李梅').at(-1)!)).toContain(question)
    }
  })

  test('of a guest is their account’s, and becomes the person’s when it is linked', async () => {
    const { store, people } = await begin()
    await house.ask('访客一', { question })
    expect(textOf(await mine('访客一'))).toContain('我的提问（1）')
    expect(textOf(await mine('访客二'))).not.toContain('WD-')
    await store.transaction((trx) => linkAccount(trx, accountOf('访客一'), people.钱工!, house.time.now))
    expect(textOf(await mine('访客一'))).toContain('我的提问（1）')
  })

  test('stands on a home page, where there is anything, and is not said in the chat after a press', async () => {
    await begin()
    expect(await house.home(accountOf('李梅'), 'zh-CN')).toBeNull()
    await house.ask('张三', { question })
    const home = await house.home(accountOf('张三'), 'en')
    expect(textOf(home!)).toContain('My questions (1)')
    const withdrawn = await press('张三', home!, 'Withdraw')
    expect(withdrawn.replace).toBeUndefined()
    expect(withdrawn.toast).toBe('已撤回。')
    expect(await house.home(accountOf('张三'), 'en')).toBeNull()
  })

  test('a button that carries anything else does nothing', async () => {
    await begin()
    for (const $do of ['', 'mine.do', 'help', 'help.nothing', 'constructor.call']) {
      const error = await house.click('张三', 'mine.do', { $do }).catch((reason) => reason)
      expect(error.key).toBe('chat:gone')
    }
  })
})
