import { afterEach, expect, test } from 'vitest'
import { listGaps } from '../../src/features/policy/answer-log.ts'
import { linkAccount } from '../../src/people/people.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import {
  accountOf,
  buttonFor,
  buttonsOf,
  type HelpHouse,
  keepRefusal,
  openHelpHouse,
  privateChat,
  textOf,
} from './help-house.ts'

const question = '六十名技术人员能不能成立科协'

describeEachDatabase('a question to a person', (open) => {
  let house: HelpHouse
  const begin = async () => {
    house = await openHelpHouse(open)
    return house
  }
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('goes to the liaisons, one of whom replies; the asker reads it, and the gap is closed', async () => {
    const { store, people } = await begin()
    await keepRefusal(store, 'answer-1', '张三', question)
    const opened = await house.click('张三', 'help.ask', { answer: 'answer-1' })
    expect(opened.form).toMatchObject({ page: 'question', step: { at: 1, of: 2 } })
    expect(opened.form!.fields[0]).toMatchObject({ name: 'question', value: question })
    expect(opened.form!.intro.join()).toContain('一分公司的李梅、郑洁')
    const submitted = await house.fillIn('张三', opened, { background: '去年成立了车间小组' })
    expect(submitted.closed).toBe(true)
    await house.settle()
    const [asked] = await house.requests()
    expect(asked).toMatchObject({
      number: 'WD-2026-0001',
      state: 'open',
      asker: people.张三,
      organisation: people.branch,
      lies_with: people.branch,
      receipt_hash: null,
      urgent: 0,
    })
    expect((await listGaps(store.db))[0]).toMatchObject({ question, wantsPerson: true })
    const [card] = house.cardsOf('李梅')
    expect(textOf(card!)).toContain('去年成立了车间小组')
    expect(textOf(card!)).toContain('张三（一分公司）')
    expect(textOf(card!)).toContain('《guideline办法》第2条')
    expect(house.cardsOf('郑洁')).toHaveLength(1)
    expect(house.cardsOf('王强')).toEqual([])

    const form = await house.click('李梅', 'help.reply', buttonFor(card, 'help.reply').value)
    expect(form.form!.intro).toContainEqual(expect.stringContaining('会发给提问人'))
    await house.fillIn('李梅', form, { text: '不满一百人的，可以先组建联合科协。', clause: '第二条' })
    await house.settle()
    const reply = house.cardsOf('张三').at(-1)!
    expect(reply.title).toBe('您的提问 WD-2026-0001 已有答复')
    expect(textOf(reply)).toContain('不满一百人的，可以先组建联合科协。')
    expect(textOf(reply)).toContain('答复人：李梅（一分公司）')
    expect(buttonFor(reply, 'policy.open-clause').value).toMatchObject({
      document: 'guideline',
      key: '第2条',
    })
    for (const liaison of ['李梅', '郑洁']) {
      const [settled] = house.cardsOf(liaison)
      expect(textOf(settled!)).toContain('已由李梅于 3月2日 09:00 答复')
      expect(buttonsOf(settled!)).toEqual([])
    }
    expect(await listGaps(store.db)).toEqual([])
    expect(await listGaps(store.db, undefined, { closed: true })).toMatchObject([{ question }])

    const solved = buttonFor(reply, 'help.solved')
    expect((await house.click('张三', solved.action, solved.value)).toast).toBe('谢谢反馈。')
    expect((await house.requests())[0]).toMatchObject({ state: 'closed' })
    await house.settle()
    // Nobody is reminded of what is answered.
    await house.waitUntil('2026-03-05T09:00:00Z')
    expect(house.cardsOf('李梅').filter(({ title }) => title?.includes('等您答复'))).toEqual([])
  })

  test('is one request, however often the form is sent in', async () => {
    await begin()
    const opened = await house.click('张三', 'help.ask')
    await house.fillIn('张三', opened, { question })
    await house.fillIn('张三', { form: { ...opened.form!, page: 'summary' } }, {})
    await house.settle()
    expect(await house.requests()).toHaveLength(1)
    expect(house.cardsOf('李梅')).toHaveLength(1)
  })

  test('is asked by somebody on behalf of another, and the reply goes to who asked', async () => {
    const { people } = await begin()
    const opened = await house.click('王强', 'help.ask')
    await house.fillIn('王强', opened, { question, askedFor: '张三' })
    await house.settle()
    expect((await house.requests())[0]).toMatchObject({ asker: people.王强, asked_for: people.张三 })
    expect(textOf(house.cardsOf('李梅')[0]!)).toContain('提问人：王强（一分公司），代张三提问')
    await house.reply('李梅', '可以。')
    expect(textOf(house.cardsOf('王强').at(-1)!)).toContain('可以。')
    // Staff have no such field.
    const staff = await house.click('张三', 'help.ask')
    expect(staff.form!.step.of).toBe(2)
  })

  test('a reply is read by who asked it alone', async () => {
    await begin()
    await house.ask('张三', { question })
    await house.reply('李梅', '可以。')
    const own = await house.type('张三', '我的提问')
    expect(textOf(own[0]!)).toContain('可以。')
    expect(textOf(own[0]!)).toContain('WD-2026-0001　已答复')
    const others = await house.type('孙工', '我的提问')
    expect(textOf(others[0]!)).not.toContain('WD-')
    const reply = buttonFor(
      house.cardsOf('张三').find((card) => card.title?.includes('已有答复')),
      'help.solved',
    )
    await expect(house.click('孙工', reply.action, reply.value)).rejects.toMatchObject({
      key: 'help:not-yours',
    })
  })

  test('a notice goes to the account that the asker reads first, where they asked from another', async () => {
    const { store, people } = await begin()
    await store.transaction(async (trx) => {
      await linkAccount(trx, accountOf('张三的手机'), people.张三!, new Date('2026-03-01T00:00:00Z'))
    })
    await house.ask('张三的手机', { question })
    await house.reply('李梅', '可以。')
    expect(textOf(house.cardsOf('张三的手机').at(-1)!)).toContain('可以。')
    const [notice, ...others] = house.cardsOf('张三')
    expect(textOf(notice!)).toContain('发送“我的提问”即可查看')
    expect(textOf(notice!)).not.toContain('可以。')
    expect(others).toEqual([])
    expect(textOf((await house.type('张三', '我的提问'))[0]!)).toContain('可以。')
  })

  test('of a group is answered in its thread; the list of own questions is not shown there', async () => {
    await begin()
    const thread = { ...privateChat('group'), thread: 't1' }
    await house.ask('张三', { question }, { conversation: thread, group: true })
    await house.reply('李梅', '可以。')
    expect(house.cardsIn(thread).some((card) => textOf(card).includes('可以。'))).toBe(true)
    const before = house.cardsIn(thread).length
    await house.type('张三', '我的提问', { conversation: thread, group: true })
    expect(house.cardsIn(thread).slice(before).map(textOf).join()).not.toContain('WD-')
    expect(textOf(house.cardsOf('张三').at(-1)!)).toContain('WD-2026-0001')
  })
})
