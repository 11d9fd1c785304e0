import { afterEach, expect, test } from 'vitest'
import { addMembership, endMembership, membershipsOf } from '../../src/people/memberships.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonsOf, type HelpHouse, keepRefusal, openHelpHouse, privateChat, textOf } from './help-house.ts'

const question = '外单位能不能参加讲比活动'
const codeShape = /^[A-HJKMNP-Z2-9]{8}$/

describeEachDatabase('who reads a question to a person', (open) => {
  let house: HelpHouse
  const begin = async () => {
    house = await openHelpHouse(open)
    return house
  }
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** A guest asks; the code that they were given. */
  async function askAsGuest(guest = '访客一'): Promise<string> {
    const opened = await house.click(guest, 'help.ask')
    expect(opened.form!.intro.join()).toContain('回执码')
    expect(opened.form!.intro.join()).toContain('管理人员')
    await house.fillIn(guest, opened, { question })
    await house.settle()
    const card = house.cardsOf(guest).find(({ title }) => title?.endsWith('的回执码'))!
    const titles = house.cardsOf(guest).map(({ title }) => title)
    expect(titles.slice(-2)).toEqual([expect.stringMatching(/^已提交，/), card.title])
    const block = card.blocks[0]!
    const code = block.type === 'text' ? block.runs[0]!.text : ''
    expect(code).toMatch(codeShape)
    expect(textOf(card)).toContain('http://bot.example/receipt')
    return code
  }

  test('a guest asks the administrators and fetches the reply by number and code', async () => {
    const { store } = await begin()
    const code = await askAsGuest()
    expect(textOf(house.cardsOf('周建国')[0]!)).toContain('提问人：访客')
    expect(house.cardsOf('吴主席')).toEqual([])
    const [request] = await house.requests()
    expect(request).toMatchObject({ asker: null, organisation: null, lies_with: null })
    // Nothing that is kept longer than the message itself holds the code.
    const kept = [await store.db.selectFrom('help_request').selectAll().execute()]
    const drafts = await store.db.selectFrom('form_draft').selectAll().execute()
    expect(JSON.stringify([kept, drafts])).not.toContain(code)
    const waiting = await house.type('另一个访客', `查询 WD-2026-0001 ${code.toLowerCase()}`)
    expect(textOf(waiting[0]!)).toContain('还没有答复')
    await house.reply('周建国', '欢迎参加。')
    expect(textOf(house.cardsOf('访客一').at(-1)!)).toContain('欢迎参加。')
    const fetched = await house.type('另一个访客', `查询　wd2026-0001 ${code}。`)
    expect(textOf(fetched[0]!)).toContain('欢迎参加。')
    // Whoever has the code reads; only the asker decides.
    expect(buttonsOf(fetched[0]!)).toEqual([])
    const page = await house.desk.fetch({ number: 'WD-2026-0001', code, address: '192.0.2.1' })
    expect(page).toMatchObject({ outcome: 'found', status: { facts: { request: { reply: '欢迎参加。' } } } })
  })

  test('a number without its code shows one’s own questions, and a guest how to fetch others', async () => {
    await begin()
    await askAsGuest()
    for (const text of ['查询', '查询 WD-2026-0001', 'WD-2026-0001 ABC']) {
      const own = textOf((await house.type('访客一', text))[0]!)
      expect(own).toContain('等待答复')
      expect(own).toContain('请连同回执码一起发送')
      const other = textOf((await house.type('另一个访客', text))[0]!)
      expect(other).not.toContain('等待答复')
      expect(other).toContain('请连同回执码一起发送')
    }
    expect(textOf((await house.type('张三', '查询'))[0]!)).not.toContain('回执码')
  })

  test('wrong codes are all told alike and counted; after ten an hour has to pass, also with the right one', async () => {
    await begin()
    const code = await askAsGuest()
    const tries = ['AAAAAAAA', code.slice(0, 7), `${code}2`, "' or '1'='", '%', '', '\u{1F600}'.repeat(8)]
    for (const wrong of tries) {
      const answer = await house.desk.fetch({ number: 'WD-2026-0001', code: wrong, address: '192.0.2.1' })
      expect(answer).toEqual({ outcome: 'wrong' })
    }
    const strange = ['WD-2026-0002', "WD-2026-0001' --", 'WD-2026-00010000000001']
    for (const number of strange) {
      expect(await house.desk.fetch({ number, code, address: '192.0.2.1' })).toEqual({ outcome: 'wrong' })
    }
    const right = { number: 'WD-2026-0001', code }
    expect(await house.desk.fetch({ ...right, address: '192.0.2.1' })).toEqual({ outcome: 'too-many' })
    expect(await house.desk.fetch({ ...right, address: '192.0.2.2' })).toMatchObject({ outcome: 'found' })
    await house.waitUntil('2026-03-02T01:55:00Z')
    expect(await house.desk.fetch({ ...right, address: '192.0.2.1' })).toEqual({ outcome: 'too-many' })
    await house.waitUntil('2026-03-02T02:05:00Z')
    expect(await house.desk.fetch({ ...right, address: '192.0.2.1' })).toMatchObject({ outcome: 'found' })
  })

  test('of many wrong codes at the same moment not more than ten are looked at', async () => {
    await begin()
    await askAsGuest()
    const outcomes = await Promise.all(
      Array.from({ length: 14 }, () =>
        house.desk.fetch({ number: 'WD-2026-0001', code: 'AAAAAAAA', address: '192.0.2.9' }),
      ),
    )
    expect(outcomes.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(10)
    expect(outcomes.filter(({ outcome }) => outcome === 'too-many')).toHaveLength(4)
  })

  test('an answer’s id shows its question to nobody who was not there', async () => {
    const { store } = await begin()
    await keepRefusal(store, 'answer-1', '张三', '保密的问题')
    const opened = await house.click('孙工', 'help.ask', { answer: 'answer-1' })
    expect(JSON.stringify(opened)).not.toContain('保密的问题')
    await house.fillIn('孙工', opened, { question })
    expect((await house.requests())[0]).toMatchObject({ answer: null })
    const own = await house.click('张三', 'help.ask', { answer: 'answer-1' })
    expect(JSON.stringify(own)).toContain('保密的问题')
  })

  test('a request is opened by those who have it or stand above it, and by nobody else', async () => {
    const { people, store } = await begin()
    await house.ask('张三', { question })
    const request = (await house.requests())[0]!.id
    const may = async (name: string) => {
      const pressed = await house.click(name, 'help.reply', { request }).catch((error) => error.key)
      const read = await house.desk.read(people[name]!, request).catch((error) => error.key)
      const listed = (await house.desk.list(people[name]!)).length
      expect(pressed === 'help:gone').toBe(read === 'help:gone')
      expect(listed === 0).toBe(read === 'help:gone')
      return pressed !== 'help:gone'
    }
    for (const name of ['李梅', '郑洁', '王强', '吴主席', '周建国']) expect(await may(name), name).toBe(true)
    for (const name of ['张三', '孙工', '钱工', '冯远']) expect(await may(name), name).toBe(false)
    // Whoever leaves office reads no more of it, though the question was put to them.
    const [held] = await membershipsOf(store.db, people.李梅!)
    await store.transaction(async (trx) => {
      await endMembership(trx, held!.id, '2026-03-01')
      await addMembership(trx, { person: people.李梅!, organisation: people.other!, role: 'liaison' })
    })
    expect(await may('李梅')).toBe(false)
    expect(textOf((await house.type('李梅', '我的待办'))[0]!)).not.toContain(question)
    await house.waitUntil('2026-03-03T02:00:00Z')
    expect(house.cardsOf('郑洁').map(textOf).join()).toContain('等您答复')
    expect(house.cardsOf('李梅').map(textOf).join()).not.toContain('等您答复')
    await house.reply('郑洁', '可以参加。')
    expect(textOf(house.cardsOf('李梅')[0]!)).toContain('已答复')
    expect(textOf(house.cardsOf('李梅')[0]!)).not.toContain(question)
    expect(textOf(house.cardsOf('郑洁')[0]!)).toContain('可以参加。')
    const list = await house.type('访客一', '我的待办')
    expect(textOf(list[0]!)).toContain('请先登录')
  })

  test('a clause that the asker may not see is not shown to them', async () => {
    await begin()
    await askAsGuest()
    await house.reply('周建国', '按经费办法。', '《guideline办法》第三条')
    expect(textOf(house.cardsOf('访客一').at(-1)!)).toContain('《guideline办法》第3条')
    await house.ask('张三', { question })
    await expect(house.reply('王强', '见文件', '第九条')).rejects.toMatchObject({
      key: 'help:clause.unknown',
    })
    await expect(house.reply('王强', '见文件', '第一条')).rejects.toMatchObject({
      key: 'help:clause.several',
    })
    await house.ask('孙工', { question })
    const [held] = await membershipsOf(house.store.db, house.people.孙工!)
    await house.store.transaction((trx) => endMembership(trx, held!.id, '2026-03-01'))
    await house.reply('王强', '见文件。', 'branch办法第一条')
    const shown = house.cardsOf('孙工').at(-1)!
    expect(textOf(shown)).toContain('见文件。')
    expect(textOf(shown)).not.toContain('branch办法')
    expect(textOf(house.cardsOf('王强').at(-1)!)).toContain('答复中没有附上条款')
  })

  test('a clause goes to the group where all in it may see it, else to the asker alone', async () => {
    await begin()
    const group = { ...privateChat('大群'), thread: '' }
    const answer = async () => {
      await house.ask('孙工', { question }, { conversation: group, group: true })
      await house.reply('王强', '见文件。', 'branch办法第一条')
      return textOf(house.cardsIn(group).at(-1)!)
    }
    const alone = () => house.cardsOf('孙工').filter((card) => textOf(card).includes('branch办法'))
    house.members.set(group.chat, ['孙工', '张三', '王强'])
    expect(await answer()).toContain('branch办法')
    expect(alone()).toEqual([])
    for (const members of [['孙工', '张三', '冯远'], ['孙工', '路人'], null]) {
      if (members) house.members.set(group.chat, members)
      else house.members.clear()
      const before = alone().length
      const shown = await answer()
      expect(shown).toContain('见文件。')
      expect(shown).not.toContain('branch办法')
      expect(alone()).toHaveLength(before + 1)
      expect(buttonsOf(alone().at(-1)!).map(({ action }) => action)).toEqual(['policy.open-clause'])
      expect(textOf(house.cardsOf('王强').at(-1)!)).toContain('条款已单独发给提问人')
    }
  })
})
