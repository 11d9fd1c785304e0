import type { Browser, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openBlobs } from '../../src/store/blobs.ts'
import { openStore } from '../../src/store/store.ts'
import type { WebGuest } from '../bot/web-guest.ts'
import { ConsoleBrowser } from '../console/console-browser.ts'
import {
  addOrganisation,
  addPerson,
  type ConsoleHouse,
  linkFor,
  openHouse,
} from '../console/console-house.ts'
import { joinChat } from '../console/submissions-browser.ts'
import { freshLocation } from '../store/each-database.ts'
import { offer, problem } from '../submissions/problem-samples.ts'
import { launchBrowser } from './browser.ts'
import { ChatPage } from './chat-page.ts'

const wide = { width: 1280, height: 900 }
const phone = { width: 390, height: 844 }
const idea = '我想提个建议：把三号线的夹具改成快换，换型从 40 分钟降到 10 分钟'

/** For one walk: several windows, some thirty pages on a busy machine. */
const timeout = 120_000

let browser: Browser
let house: ConsoleHouse
let branch: string
let cleanUps: (() => Promise<void>)[]
let opened: ChatPage[]

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
})

beforeEach(async () => {
  cleanUps = []
  opened = []
  const location = await freshLocation('sqlite', cleanUps)
  const store = await openStore(location)
  cleanUps.push(() => store.close())
  house = await openHouse(async () => ({ store, blobs: openBlobs(store, location), location }))
  branch = await addOrganisation(house, '一分公司')
})

afterEach(async () => {
  const errors = opened.flatMap((chat) => chat.errors)
  for (const context of browser.contexts()) await context.close()
  await house.bot.stop()
  for (const cleanUp of cleanUps.toReversed()) await cleanUp()
  expect([...errors, ...house.bot.errors]).toEqual([])
})

/** The chat of somebody with a role, in a window of their own. */
async function chatOf(name: string, role: string, viewport = wide): Promise<ChatPage> {
  const guest = new ConsoleBrowser(house.bot.address)
  await guest.useLink(await linkFor(house, await addPerson(house, { name, role, organisation: branch })))
  const context = await browser.newContext({ locale: 'zh-CN', viewport })
  context.setDefaultTimeout(10_000)
  const url = house.bot.address
  await context.addCookies([...guest.cookies].map(([name, value]) => ({ name, value, url })))
  const chat = new ChatPage(await context.newPage())
  opened.push(chat)
  await chat.open(url)
  return chat
}

/** What is shown fits a wide window and a phone's; pictures of it where they are wanted. */
async function look(chat: ChatPage, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  for (const viewport of [phone, wide]) {
    await chat.page.setViewportSize(viewport)
    if (folder) await chat.page.screenshot({ path: `${folder}/${name}-${viewport.width}.png` })
    expect(await chat.overhang(), `${name}, ${viewport.width}`).toBeLessThanOrEqual(0)
  }
}

/** The newest answer that says this. */
function said(chat: ChatPage, text: string | RegExp): Locator {
  return chat.answers.filter({ hasText: text }).last()
}

type Values = Record<string, string>

/** Fills in the form in the drawer, page after page, as far as it asks, and sends it in. */
async function fillIn(chat: ChatPage, values: Values, name: string): Promise<void> {
  await chat.drawer.waitFor()
  const [next, submit] = [chat.button('下一步', chat.drawer), chat.button('提交', chat.drawer)]
  for (let turns = 0; turns < 12; turns += 1) {
    await next.or(submit).waitFor()
    await look(chat, `${name}-${turns}`)
    if (await submit.isVisible()) break
    const page = await chat.drawer.textContent()
    for (const field of await chat.drawer.locator('.field [name]').all()) {
      const value = values[(await field.getAttribute('name')) ?? '']
      if (value === undefined) continue
      const isList = (await field.evaluate(({ tagName }) => tagName)) === 'SELECT'
      await (isList ? field.selectOption(value) : field.fill(value))
    }
    await next.click()
    await expect.poll(() => chat.drawer.textContent(), { message: page ?? '' }).not.toBe(page)
  }
  await submit.click()
}

/** Does the same without a browser, where that is not what is looked at. */
async function reviewAs(guest: WebGuest, submission: string, seen: number): Promise<void> {
  let { form } = await guest.act({
    action: 'submissions.act',
    value: { submission, action: 'review', seen: String(seen) },
  })
  for (let turns = 0; form && form.page !== 'summary' && turns < 10; turns += 1) {
    const values = form.fields.map(({ name, type, value }) => [
      name,
      name === 'hasInterest'
        ? 'no'
        : type === 'number'
          ? '18'
          : type === 'long-text'
            ? '办法具体，可以推广。'
            : value,
    ])
    form = (await guest.submitPage(form, 'next', Object.fromEntries(values))).form
  }
  if (form?.page !== 'summary') throw new Error('a review was not taken')
  await guest.submitPage(form, 'submit')
}

it('a sentence becomes a proposal; it is changed, talked about, accepted, reviewed and decided', {
  timeout,
}, async () => {
  const cadre = await chatOf('王强', 'cadre')
  const staff = await chatOf('张三', 'staff')
  const reviewers: WebGuest[] = []
  for (const name of ['赵工', '钱工', '冯工'])
    reviewers.push(await joinChat(house, { name, role: 'reviewer', organisation: branch }))

  const understood = await staff.ask(idea)
  await understood.getByText('还缺：').waitFor()
  await look(staff, 'understood')
  await staff.button('继续填写', understood).click()
  const missing = { defect: '三号线换型要拆装八颗螺栓，每次约四十分钟。' }
  await fillIn(staff, { ...missing, variety: 'proposal', category: 'process', implemented: 'no' }, 'form')
  await said(staff, '已登记 JY-2026-0001').waitFor()
  const own = await staff.ask('我的提交')
  await staff.button('查看全文', own).click()
  await staff.drawer.getByText('办理经过').waitFor()
  await look(staff, 'opened')
  await staff.button('修改', staff.drawer).click()
  await fillIn(staff, { effect: '换型由四十分钟降到十分钟，每班多出三十分钟。' }, 'edit')
  await said(staff, '“修改”已完成').waitFor()
  await staff.button('查看全文', own).click()
  await staff.button('留言', staff.drawer).click()
  await fillIn(staff, { text: '备用夹具库里还有两套，可以先试。' }, 'comment')
  await said(staff, '留言已转达').waitFor()

  await said(cadre, '备用夹具库里还有两套').waitFor()
  await said(cadre, '提交人修改了预期效果').waitFor()
  await cadre.button('受理', await cadre.ask('待我处理')).click()
  const accepted = said(cadre, '已受理，单位初审中')
  await look(cadre, 'accepted')
  await cadre.button('初审通过，送评审', accepted).click()
  await fillIn(cadre, { opinion: '可行，送评审。', reviewers: '赵工、钱工、冯工' }, 'asked')
  await said(cadre, '当前状态：评审中').waitFor()
  const { id, stage } = await house.store.db.selectFrom('submission').selectAll().executeTakeFirstOrThrow()
  for (const reviewer of reviewers) await reviewAs(reviewer, id, stage)
  const reviewed = said(cadre, '评审完毕，待决定')
  await look(cadre, 'reviewed')
  await cadre.button('作出决定', reviewed).click()
  await fillIn(cadre, { outcome: 'rollout', opinion: '办法具体、效果可测，同意推广。' }, 'decided')
  await said(staff, '同意推广').waitFor()
  await look(staff, 'told')
})

it('an opinion hides its author from whoever handles it', { timeout }, async () => {
  const cadre = await chatOf('王强', 'cadre')
  const staff = await chatOf('张三', 'staff')
  await staff.button('填写意见诉求', await staff.ask('提意见')).click()
  const values = {
    ...{ naming: 'hidden', title: '二食堂夜班供餐太早结束', area: 'living', wish: '请延长到十一点半。' },
    text: '夜班十一点下班，二食堂十点半就关门，只能吃泡面。',
  }
  await fillIn(staff, values, 'opinion')
  await said(staff, /已登记 YJ-2026-0001/).waitFor()
  await look(staff, 'opinion-sent')
  const told = said(cadre, '二食堂十点半就关门')
  await told.waitFor()
  await look(cadre, 'opinion-told')
  expect(await cadre.page.locator('body').textContent()).not.toContain('张三')
  const queue = await cadre.ask('待我处理')
  await cadre.button('确认受理', queue).click()
  const next = said(cadre, '已确认，待交办')
  await next.waitFor()
  await look(cadre, 'opinion-next')
  expect(await cadre.page.locator('body').textContent()).not.toContain('张三')
})

it('a technical problem is published, and a colleague offers to solve it', { timeout }, async () => {
  const cadre = await chatOf('王强', 'cadre')
  const staff = await chatOf('张三', 'staff')
  const solver = await chatOf('孙工', 'staff')
  await staff.button('填写技术难题', await staff.ask('提技术难题')).click()
  await fillIn(staff, problem, 'problem')
  await said(staff, '已登记 NT-2026-0001').waitFor()
  await cadre.button('审核通过', said(cadre, '请您办理')).click()
  await said(cadre, '审核通过，待发布').waitFor()
  await look(cadre, 'checked')
  await cadre.button('发布揭榜', said(cadre, '审核通过，待发布')).click()
  await fillIn(cadre, { closing: '2026-03-20' }, 'publish')
  await said(staff, '已发布，揭榜至').waitFor()
  await look(staff, 'published')
  const found = await solver.ask('NT-2026-0001')
  await look(solver, 'found')
  await solver.button('我来揭榜', found).click()
  await fillIn(solver, offer, 'offer')
  await said(solver, '揭榜方案已收到').waitFor()
  await look(solver, 'offered')
  const sealed = await cadre.ask('NT-2026-0001')
  await sealed.getByText('已收到 1 份揭榜方案，截止后可以查看。').waitFor()
  expect(await sealed.textContent()).not.toContain('变形仿真')
  await look(cadre, 'sealed-offers')
})
