import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createEvent } from '../../src/features/events/making/keep-event.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { openStore } from '../../src/store/store.ts'
import { ConsoleBrowser } from '../console/console-browser.ts'
import { addPerson, type ConsoleHouse, enterConsole, linkFor, openHouse } from '../console/console-house.ts'
import { lecture } from '../events/event-drafts.ts'
import { freshLocation } from '../store/each-database.ts'
import { launchBrowser } from './browser.ts'
import { ChatPage } from './chat-page.ts'

const question = {
  ...{ name: 'q1', label: '想了解什么', type: 'text' as const, required: true, options: [] },
}

let browser: Browser
let house: ConsoleHouse
let cadre: ConsoleBrowser
const cleanUps: (() => Promise<void>)[] = []
const errors: string[] = []

// Checking in, with and without a network, is in check-in.test.ts.
beforeAll(async () => {
  const location = await freshLocation('sqlite', cleanUps)
  const store = await openStore(location)
  cleanUps.push(() => store.close())
  house = await openHouse(async () => ({ store, blobs: openBlobs(store, location), location }))
  cadre = await enterConsole(house, { name: '吴主席', role: 'cadre', organisation: house.root })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await house?.bot.stop()
  for (const cleanUp of cleanUps.toReversed()) await cleanUp()
})
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  expect([...errors.splice(0), ...house.bot.errors]).toEqual([])
})

/** A published lecture with two seats and a question, for everybody. */
async function openEvent(title: string): Promise<string> {
  const by = await addPerson(house, { name: `${title}主办人`, role: 'cadre', organisation: house.root })
  const audience = { organisations: [], roles: [], public: true }
  return house.store.transaction(async (trx) => {
    const draft = lecture(house.root, { title, audience, questions: [question] })
    const { row } = await createEvent(trx, draft, { by, now: house.time.now })
    await trx.updateTable('event_entry').set({ state: 'published' }).where('id', '=', row.id).execute()
    return row.number
  })
}

async function pageOf(context: BrowserContext): Promise<Page> {
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  return page
}

const overhang = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - window.innerWidth') as Promise<number>

it.each([
  ['on a desk', { width: 1280, height: 900 }],
  ['on a phone', { width: 390, height: 844 }],
])(
  '%s: one registers in the chat, another by the public form, and the organiser sees both',
  async (title, viewport) => {
    const number = await openEvent(title)
    const person = await addPerson(house, { name: `张三${title}`, role: 'staff', organisation: house.root })
    const signedIn = new ConsoleBrowser(house.bot.address)
    await signedIn.useLink(await linkFor(house, person))
    const open = async (cookies: ConsoleBrowser['cookies'] = new Map()) => {
      const context = await browser.newContext({ locale: 'zh-CN', viewport })
      const url = house.bot.address
      await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })))
      return pageOf(context)
    }

    const chat = new ChatPage(await open(signedIn.cookies))
    await chat.open(house.bot.address)
    await chat.button('填写报名表', await chat.ask(`报名 ${number}`)).click()
    await chat.drawer.getByRole('textbox', { name: '想了解什么' }).fill('协作机器人')
    expect(await overhang(chat.page)).toBeLessThanOrEqual(0)
    await chat.button('下一步', chat.drawer).click()
    await chat.drawer.locator('dl').getByText('协作机器人').waitFor()
    await chat.button('提交', chat.drawer).click()
    await chat.answers.getByText('报名成功').first().waitFor()
    expect(await overhang(chat.page)).toBeLessThanOrEqual(0)

    const visitor = await open()
    await visitor.goto(`${house.bot.address}/e/${number}`)
    expect(await overhang(visitor)).toBe(0)
    await visitor.getByLabel('姓名').fill('郑不语')
    await visitor.getByLabel('手机或邮箱').fill(`${viewport.width}@example.cn`)
    await visitor.getByLabel('想了解什么').fill('焊接')
    await visitor.getByLabel('同意').check()
    await visitor.getByRole('button', { name: '提交报名' }).click()
    await visitor.getByText('回执码', { exact: true }).first().waitFor()
    await visitor.getByText('报名成功').first().waitFor()
    expect(await overhang(visitor)).toBe(0)

    const organiser = await open(cadre.cookies)
    await organiser.goto(`${house.bot.address}/console/events`)
    await organiser.getByRole('link', { name: title }).first().click()
    await organiser.getByText('三楼报告厅').first().waitFor()
    expect(await overhang(organiser)).toBe(0)
    await organiser.getByRole('link', { name: '报名名单' }).first().click()
    await organiser.getByText(`张三${title}`).first().waitFor()
    // Answers are folded away until somebody wants them.
    await organiser.getByText('协作机器人').first().waitFor({ state: 'attached' })
    expect(await overhang(organiser)).toBe(0)
    expect(chat.errors).toEqual([])
  },
  60_000,
)
