import { afterEach, expect, test } from 'vitest'
import { enterLeave } from '../../src/timers/calendar/leave.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonFor, buttonsOf, type HelpHouse, openHelpHouse, textOf } from './help-house.ts'

const question = '联络点多久走访一次'

describeEachDatabase('a question that is not settled at once', (open) => {
  let house: HelpHouse
  const begin = async () => {
    house = await openHelpHouse(open)
    return house
  }
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })
  const titlesOf = (user: string) => house.cardsOf(user).map(({ title }) => title)

  test('is reminded of after eight working hours, and passed on after sixteen; the asker is told once', async () => {
    const { people } = await begin()
    await house.ask('张三', { question })
    await house.waitUntil('2026-03-03T01:29:00Z')
    expect(house.cardsOf('李梅')).toHaveLength(1)
    await house.waitUntil('2026-03-03T01:31:00Z')
    expect(titlesOf('李梅').at(-1)).toBe('有一个提问等您答复（WD-2026-0001）')
    expect(titlesOf('郑洁').at(-1)).toBe('有一个提问等您答复（WD-2026-0001）')
    expect(house.cardsOf('王强')).toEqual([])
    await house.waitUntil('2026-03-04T02:01:00Z')
    expect(titlesOf('王强')).toEqual(['下级逾期未答，请您答复（WD-2026-0001）'])
    expect(house.cardsOf('吴主席')).toEqual([])
    const told = () => house.cardsOf('张三').filter((card) => textOf(card).includes('尚未答复'))
    expect(told().map(textOf).join()).toContain('已转给一分公司的王强')
    await house.waitUntil('2026-03-06T02:00:00Z')
    expect(told()).toHaveLength(1)
    expect(house.cardsOf('王强')).toHaveLength(1)
    // Whoever it was passed on to may answer it, and all see that.
    await house.reply('王强', '每季度一次。')
    expect(textOf(house.cardsOf('李梅')[0]!)).toContain('已由王强于')
    expect((await house.requests())[0]).toMatchObject({ state: 'answered', answered_by: people.王强 })
  })

  test('is reminded of sooner where it is urgent, and goes to the superior where there is one', async () => {
    const { store, people } = await begin()
    await store.transaction((trx) =>
      trx
        .updateTable('membership')
        .set({ superior: people.吴主席! })
        .where('person', '=', people.李梅!)
        .execute(),
    )
    await house.ask('张三', { question, urgency: 'urgent' })
    expect(titlesOf('李梅')).toEqual(['【急】有人提问，请您答复（WD-2026-0001）'])
    await house.waitUntil('2026-03-02T03:01:00Z')
    expect(house.cardsOf('李梅')).toHaveLength(2)
    await house.waitUntil('2026-03-02T06:31:00Z')
    expect(titlesOf('吴主席')).toEqual(['下级逾期未答，请您答复（WD-2026-0001）'])
    expect(house.cardsOf('王强')).toEqual([])
  })

  test('does not wait for people on leave: others are asked, reminded, and passed on to, as long as there are any', async () => {
    const { store, people, time } = await begin()
    const leave = (name: string, first: string, last: string) =>
      store.transaction((trx) =>
        enterLeave(
          trx,
          { id: `${name} ${first}`, person: people[name]!, first, last, note: '', by: null },
          time.now,
        ),
      )
    await leave('李梅', '2026-03-02', '2026-03-02')
    await leave('王强', '2026-03-01', '2026-03-31')
    await house.ask('张三', { question })
    expect(titlesOf('李梅')).toEqual([])
    expect(titlesOf('郑洁')).toEqual(['有人提问，请您答复（WD-2026-0001）'])
    await leave('郑洁', '2026-03-03', '2026-03-03')
    await house.waitUntil('2026-03-03T01:31:00Z')
    expect(titlesOf('郑洁')).toHaveLength(1)
    await house.waitUntil('2026-03-04T02:01:00Z')
    expect(titlesOf('李梅')).toEqual(['下级逾期未答，请您答复（WD-2026-0001）'])
    expect(titlesOf('王强')).toEqual([])
    // Where all are away the nearest of them find it when they are back.
    for (const name of ['李梅', '郑洁', '吴主席', '周建国']) await leave(name, '2026-03-04', '2026-03-05')
    await house.ask('孙工', { question: '经费几月拨付' })
    expect(titlesOf('李梅').at(-1)).toBe('有人提问，请您答复（WD-2026-0002）')
  })

  test('is withdrawn: nobody has it any more, and nobody is reminded', async () => {
    const { people } = await begin()
    await house.ask('张三', { question })
    const list = await house.type('张三', '我的提问')
    const button = buttonFor(list[0], 'help.withdraw')
    await expect(house.click('孙工', button.action, button.value)).rejects.toMatchObject({
      key: 'help:not-yours',
    })
    expect((await house.click('张三', button.action, button.value)).toast).toBe('已撤回。')
    await expect(house.click('张三', button.action, button.value)).rejects.toMatchObject({ key: 'help:over' })
    await house.waitUntil('2026-03-05T02:00:00Z')
    expect(house.cardsOf('李梅').map(textOf).join()).not.toContain(question)
    expect(house.cardsOf('李梅')).toHaveLength(1)
    expect(house.cardsOf('王强')).toEqual([])
    await expect(house.reply('李梅', '晚了')).rejects.toThrow()
    await expect(house.desk.read(people.李梅!, button.value.request!)).rejects.toMatchObject({
      key: 'help:gone',
    })
  })

  test('is handed over to one person, who alone has it then', async () => {
    const { people } = await begin()
    await house.ask('张三', { question })
    const request = (await house.requests())[0]!.id
    const opened = await house.click('李梅', 'help.hand-over', { request })
    await expect(house.fillIn('李梅', opened, { to: '张三' })).rejects.toMatchObject({
      key: 'help:hand-over.not-possible',
    })
    const again = await house.click('李梅', 'help.hand-over', { request })
    await house.fillIn('李梅', again, { to: '王强', remark: '请按新规答复' })
    await house.settle()
    const [card] = house.cardsOf('王强')
    expect(card!.title).toBe('李梅转来一个问题，请您答复（WD-2026-0001）')
    expect(textOf(card!)).toContain('请按新规答复')
    for (const liaison of ['李梅', '郑洁']) {
      const first = house.cardsOf(liaison)[0]!
      expect(textOf(first)).toContain('已由李梅转给王强')
      expect(textOf(first)).not.toContain(question)
    }
    expect(textOf((await house.type('王强', '我的待办'))[0]!)).toContain(question)
    expect(textOf((await house.type('郑洁', '我的待办'))[0]!)).toBe(
      textOf((await house.type('李梅', '我的待办'))[0]!),
    )
    await house.reply('王强', '每季度一次。')
    expect((await house.requests())[0]).toMatchObject({ answered_by: people.王强 })
  })

  test('has one answer though two reply at the same moment; the other reply is a supplement if it is wanted', async () => {
    await begin()
    await house.ask('张三', { question })
    const request = (await house.requests())[0]!.id
    const first = await house.click('李梅', 'help.reply', { request })
    const second = await house.click('郑洁', 'help.reply', { request })
    await Promise.all([
      house.fillIn('李梅', first, { text: '李梅的答复' }),
      house.fillIn('郑洁', second, { text: '郑洁的答复' }),
    ])
    await house.settle()
    const replies = () => house.cardsOf('张三').filter((card) => /已有答复|补充答复/.test(card.title ?? ''))
    expect(replies()).toHaveLength(1)
    const winner = textOf(replies()[0]!).includes('李梅的答复') ? '李梅' : '郑洁'
    const other = winner === '李梅' ? '郑洁' : '李梅'
    expect(textOf(replies()[0]!)).not.toContain(`${other}的答复`)
    const told = house.cardsOf(other).at(-1)!
    expect(textOf(told)).toContain(`${winner}已于`)
    const add = buttonFor(told, 'help.supplement')
    await expect(house.click(winner, add.action, add.value)).rejects.toMatchObject({ key: 'help:gone' })
    await house.click(other, add.action, add.value)
    await house.click(other, add.action, add.value)
    await house.settle()
    expect(replies()).toHaveLength(2)
    expect(replies()[1]!.title).toBe('您的提问 WD-2026-0001 有补充答复')
    expect(textOf(replies()[1]!)).toContain(`${other}的答复`)
    expect(textOf((await house.type('张三', '我的提问'))[0]!)).toContain(`${other}的答复`)
  })

  test('is put once more to the same people and those above when the reply did not settle it', async () => {
    await begin()
    await house.ask('张三', { question })
    await house.reply('李梅', '看文件。')
    const unsolved = buttonFor(house.cardsOf('张三').at(-1), 'help.unsolved')
    const told = await house.click('张三', unsolved.action, unsolved.value)
    expect(told.toast).toContain('王强')
    // The same card pressed again says so, and does nothing.
    await expect(house.click('张三', unsolved.action, unsolved.value)).rejects.toMatchObject({
      key: 'help:over',
    })
    await house.settle()
    for (const user of ['李梅', '郑洁', '王强']) {
      const card = house.cardsOf(user).at(-1)!
      expect(card.title).toBe('提问人表示还没有解决，请再次答复（WD-2026-0001）')
      expect(textOf(card)).toContain('上次答复：看文件。')
    }
    await house.reply('王强', '每季度至少一次。')
    const reply = house.cardsOf('张三').at(-1)!
    expect(textOf(reply)).toContain('每季度至少一次。')
    const again = buttonFor(reply, 'help.unsolved')
    await expect(house.click('张三', again.action, again.value)).rejects.toMatchObject({
      key: 'help:answered.once',
    })
  })

  test('is closed without a reply, with a reason that the asker reads', async () => {
    await begin()
    await house.ask('张三', { question })
    const request = (await house.requests())[0]!.id
    const opened = await house.click('李梅', 'help.decline', { request })
    await house.fillIn('李梅', opened, { reason: '与科协工作无关' })
    await house.settle()
    expect(textOf(house.cardsOf('张三').at(-1)!)).toContain('李梅（一分公司）说明：与科协工作无关')
    expect(textOf(house.cardsOf('郑洁')[0]!)).toContain('未作答复')
    expect(buttonsOf(house.cardsOf('郑洁')[0]!)).toEqual([])
    const pressed = await house.click('郑洁', 'help.reply', { request })
    expect(textOf(pressed.replace!)).toContain('未作答复')
    await house.waitUntil('2026-03-05T02:00:00Z')
    expect(house.cardsOf('王强')).toEqual([])
  })
})
