import { afterEach, expect, test } from 'vitest'
import type { FormView } from '../../src/chat/form-view.ts'
import { listGaps } from '../../src/features/policy/answer-log.ts'
import { ConsoleBrowser } from '../console/console-browser.ts'
import {
  addOrganisation,
  addPerson,
  type ConsoleHouse,
  linkFor,
  openHouse,
} from '../console/console-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonsFor, textOf, WebGuest } from './web-guest.ts'

const notSettled = '科协开会的餐费标准是多少'

describeEachDatabase('asking a person through the whole bot', (open) => {
  let house: ConsoleHouse
  afterEach(async () => {
    expect(house.bot.errors).toEqual([])
    await house.bot.stop()
  })

  /** Somebody in the organisation, signed in at the web chat. */
  async function signIn(name: string, role: string, organisation: string): Promise<WebGuest> {
    const browser = new ConsoleBrowser(house.bot.address)
    await browser.useLink(await linkFor(house, await addPerson(house, { name, role, organisation })))
    return WebGuest.withCookies(house.bot.address, browser.cookie)
  }

  /** Fills in the one page of a form and sends it in. */
  async function send(person: WebGuest, form: FormView | undefined, values: Record<string, string>) {
    const typed = form!.fields.map(({ name, value }) => [name, values[name] ?? value])
    let view = (await person.submitPage(form!, 'next', Object.fromEntries(typed))).form!
    if (view.page !== 'summary') view = (await person.submitPage(view, 'next', {})).form!
    expect(await person.submitPage(view, 'submit')).toMatchObject({ closed: true })
  }

  const titled = (person: WebGuest, title: string) =>
    person.waitFor(({ card }) => card?.title?.includes(title) ?? false)

  test('a refused question goes to the liaison, and the reply closes the gap', async () => {
    house = await openHouse(open)
    const branch = await addOrganisation(house, '一分公司')
    const liaison = await signIn('李梅', 'liaison', branch)
    const staff = await signIn('张三', 'staff', branch)
    const refusal = await staff.ask(notSettled)
    expect(refusal.tone).toBe('refusal')
    const { form } = await staff.act(buttonsFor(refusal, 'help.ask')[0]!)
    expect(form!.intro.join()).toContain('一分公司的李梅')
    expect(form!.fields[0]!.value).toBe(notSettled)
    await send(staff, form, { background: '下月召开代表大会' })

    const asked = await titled(liaison, '有人提问')
    expect(textOf(asked.card!)).toContain('下月召开代表大会')
    const tasks = await liaison.ask('我的待办')
    const opened = await liaison.act(buttonsFor(tasks, 'help.reply')[0]!)
    await send(liaison, opened.form, { text: '文件没有规定，按本企业财务制度执行。', clause: '第十六条' })

    const reply = await titled(staff, '已有答复')
    expect(textOf(reply.card!)).toContain('按本企业财务制度执行')
    expect(textOf(reply.card!)).toContain('李梅（一分公司）')
    const [clause] = buttonsFor(reply.card!, 'policy.open-clause')
    expect(textOf(await staff.open(clause!))).toContain('十六')
    await liaison.waitFor(({ card }) => card?.title?.includes('已答复') ?? false)
    await expect.poll(() => listGaps(house.store.db), { timeout: 20_000 }).toEqual([])
    expect(await listGaps(house.store.db, undefined, { closed: true })).toMatchObject([
      { question: notSettled },
    ])
    const own = await staff.ask('我的提问')
    const solved = await staff.act(buttonsFor(own, 'help.solved')[0]!)
    expect(solved.toast).toBe('谢谢反馈。')
    expect(textOf(await staff.ask('我的提问'))).toContain('已办结')
  })

  test('a guest’s question is answered in the console, and fetched on the page and in chat', async () => {
    house = await openHouse(open)
    const guest = await WebGuest.arrive(house.bot.address)
    const offer = await guest.ask('转人工')
    const { form } = await guest.act(buttonsFor(offer, 'help.ask')[0]!)
    await send(guest, form, { question: notSettled })
    const receipt = await titled(guest, '的回执码')
    const code = /[A-HJKMNP-Z2-9]{8}/.exec(textOf(receipt.card!))![0]

    await house.admin.open('/console/help')
    expect(house.admin.page.text).toContain(notSettled)
    const path = /\/console\/help\/[\w-]+/.exec(house.admin.page.html)![0]
    await house.admin.open(path)
    expect(house.admin.page.text).toContain('访客')
    expect((await house.admin.submit(`${path}/reply`, { csrf: 'forged', text: '可以' })).status).toBe(403)
    await house.admin.open(path)
    expect((await house.admin.submit(`${path}/reply`, { text: ' ' })).text).toContain('请填写内容')
    await house.admin.open(path)
    await house.admin.submit(`${path}/reply`, { text: '按财务制度\n<b>执行</b>。', clause: '' })
    expect(house.admin.page.text).toContain('答复已发给提问人')
    const reply = await titled(guest, '已有答复')
    expect(textOf(reply.card!)).toContain('<b>执行</b>')

    const visitor = new ConsoleBrowser(house.bot.address)
    await visitor.open('/receipt')
    const wrong = await visitor.submit('/receipt', { number: 'WD-2026-0001', code: 'AAAAAAAA' })
    expect(wrong).toMatchObject({ status: 404 })
    expect(wrong.text).not.toContain(notSettled)
    const [{ number }] = (await house.store.db.selectFrom('help_request').select('number').execute()) as [
      { number: string },
    ]
    const found = await visitor.submit('/receipt', { number: number.toLowerCase(), code: ` ${code} ` })
    expect(found).toMatchObject({ status: 200 })
    expect(found.text).toContain(notSettled)
    expect(found.html).toContain('&lt;b&gt;执行&lt;/b&gt;')
    const other = await WebGuest.arrive(house.bot.address)
    expect(textOf(await other.ask(`查询 ${number} ${code}`))).toContain('按财务制度')
    expect(textOf(await other.ask(`查询 ${number} AAAAAAAA`))).toContain('有误')
    expect(textOf(await other.ask('我的提问'))).not.toContain(number)
  })

  test('the console shows requests to those whom the rules let, in their organisation', async () => {
    house = await openHouse(open)
    const branch = await addOrganisation(house, '一分公司')
    const other = await addOrganisation(house, '二分公司')
    const staff = await signIn('张三', 'staff', branch)
    const offer = await staff.ask('请人解答')
    const { form } = await staff.act(buttonsFor(offer, 'help.ask')[0]!)
    await send(staff, form, { question: notSettled })
    const [{ id }] = (await house.store.db.selectFrom('help_request').select('id').execute()) as [
      { id: string },
    ]
    const enter = async (name: string, role: string, organisation: string) => {
      const person = await signIn(name, role, organisation)
      const browser = new ConsoleBrowser(house.bot.address)
      const link = (await person.ask('控制台')).blocks.find((block) => block.type === 'link')
      await browser.useLink(link!.url)
      return browser
    }
    const own = await enter('李梅', 'liaison', branch)
    expect((await own.open(`/console/help/${id}`)).text).toContain(notSettled)
    const beside = await enter('冯远', 'cadre', other)
    expect((await beside.open('/console/help')).text).not.toContain(notSettled)
    expect((await beside.open(`/console/help/${id}`)).status).toBe(404)
    expect((await beside.submit(`/console/help/${id}/reply`, { text: '可以' })).status).not.toBe(200)
    const leader = await enter('孙总', 'leader', branch)
    expect((await leader.open('/console/help')).status).toBe(403)
    const request = await house.store.db.selectFrom('help_request').select('state').executeTakeFirstOrThrow()
    expect(request.state).toBe('open')
  })
})
