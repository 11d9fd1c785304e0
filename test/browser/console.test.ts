import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDocument } from '../../src/knowledge/library/add-document.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { openStore } from '../../src/store/store.ts'
import { startTestBot, type TestBot } from '../bot/running-bot.ts'
import { freshLocation } from '../store/each-database.ts'
import { launchBrowser } from './browser.ts'
import { ChatPage } from './chat-page.ts'

const internal = {
  fileName: 'rules.txt',
  bytes: Buffer.from('内部规定\n\n第一条 朱雀计划由工艺室负责。\n\n第二条 朱雀计划每年三月申报。'),
  document: 'rules',
  visibleTo: 'org:华北重工',
}
const narrow = { width: 375, height: 720 }
const pages = [
  'people',
  'import',
  'calendar',
  'knowledge',
  'gaps',
  'hints',
  'help',
  'entries',
  'outbox',
  'system',
]

let browser: Browser
let bot: TestBot
let cleanUps: (() => Promise<void>)[]
const errors: string[] = []

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
})

beforeEach(async () => {
  cleanUps = []
  const location = await freshLocation('sqlite', cleanUps)
  const store = await openStore(location)
  await addDocument(store, openBlobs(store, location), internal, new Date())
  await store.close()
  bot = await startTestBot(location)
})

afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  await bot.stop()
  for (const cleanUp of cleanUps) await cleanUp()
  expect([...errors.splice(0), ...bot.errors]).toEqual([])
})

/** A person with a browser of their own; scripts and the content security policy must not complain. */
async function visit(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', ...options })
  // Shorter than the test’s own limit, so that a failure says what was waited for.
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load'))
      errors.push(message.text())
  })
  return page
}

/** Opens the first link and registers. */
async function begin(options?: BrowserContextOptions): Promise<Page> {
  const page = await visit(options)
  await page.goto(bot.firstLink!)
  await page.getByLabel('您的姓名').fill('周建国')
  await page.getByLabel('单位名称').fill('华北重工')
  await page.getByRole('button', { name: '开始使用' }).click()
  await page.waitForURL('**/console/people')
  return page
}

/** How many pixels stand out to the right of the window. */
function overhang(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
}

describe('from the first link', () => {
  it('to a colleague who finds the document of their organisation', async () => {
    const admin = await begin({ permissions: ['clipboard-read', 'clipboard-write'] })
    for (const name of ['资料库', '资料缺口', '系统状况', '批量导入', '人员与单位']) {
      await admin.getByRole('link', { name, exact: true }).click()
      await admin.locator('.console-nav [aria-current="page"]', { hasText: name }).waitFor()
    }
    await admin.getByText('添加人员').click()
    await admin.locator('#add-person').getByLabel('姓名').fill('李晓梅')
    await admin.locator('#add-person').getByRole('button', { name: '添加' }).click()
    await admin.getByText('已添加').waitFor()
    await admin.getByRole('button', { name: '生成登录链接' }).click()
    await admin.getByRole('button', { name: '复制链接' }).click()
    await admin.getByRole('button', { name: '已复制' }).waitFor()
    const link = await admin.evaluate<string>('navigator.clipboard.readText()')
    expect(link).toBe(await admin.getByLabel('登录链接').inputValue())

    const guest = new ChatPage(await visit())
    await guest.open(bot.address)
    expect(await (await guest.ask('朱雀计划每年几月申报？')).textContent()).not.toContain('三月申报')

    const colleague = await visit()
    await colleague.goto(link)
    expect(await colleague.getByRole('heading').textContent()).toContain('李晓梅')
    await colleague.getByRole('button', { name: '登录' }).click()
    const chat = new ChatPage(colleague)
    await colleague.waitForURL(`${bot.address}/`)
    expect(await colleague.locator('#person').textContent()).toBe('李晓梅')
    expect(await (await chat.ask('朱雀计划每年几月申报？')).textContent()).toContain('三月申报')
    expect(await (await chat.ask('控制台')).textContent()).toContain('没有权限')

    await guest.page.goto(link)
    await guest.page.getByText('已经用过').waitFor()
    // What was said stays with the person: signed out, the tab begins anew.
    await colleague.getByRole('button', { name: '退出登录' }).click()
    await colleague.locator('#person').waitFor({ state: 'detached' })
    expect(await chat.questions.count()).toBe(0)
  })

  it('and 控制台 opens the console in a tab of its own', async () => {
    const admin = await begin()
    await admin.getByRole('link', { name: '问答', exact: true }).click()
    // Until the page’s script has run, Enter would only make a new line.
    await admin.waitForURL(`${bot.address}/`)
    const chat = new ChatPage(admin)
    const answer = await chat.ask('控制台')
    const [opened] = await Promise.all([
      admin.context().waitForEvent('page'),
      answer.getByRole('link', { name: '打开控制台' }).click(),
    ])
    await opened.getByRole('button', { name: '进入控制台' }).click()
    await opened.waitForURL('**/console/people')
    expect(await chat.questions.count()).toBe(1)
  })
})

describe('the console’s screen', () => {
  it('fits 375 pixels in both languages, light and dark', async () => {
    const admin = await begin({ viewport: narrow })
    const person = await admin.getByRole('link', { name: '周建国' }).getAttribute('href')
    for (const language of ['en', 'zh-CN']) {
      for (const path of [...pages.map((name) => `/console/${name}`), person!]) {
        await admin.emulateMedia({ colorScheme: language === 'en' ? 'dark' : 'light' })
        await admin.goto(`${bot.address}${path}?language=${language}`)
        expect([path, await overhang(admin)]).toEqual([path, 0])
        expect(await admin.evaluate('document.documentElement.lang')).toBe(language)
      }
    }
    const dark = 'getComputedStyle(document.body).backgroundColor'
    const light = await admin.evaluate(dark)
    await admin.emulateMedia({ colorScheme: 'dark' })
    expect(await admin.evaluate(dark)).not.toBe(light)
  })

  it('has its pages in a menu where there is no room at the side', async () => {
    const admin = await begin({ viewport: narrow, javaScriptEnabled: true })
    const link = admin.getByRole('link', { name: '资料缺口', exact: true })
    expect(await link.isVisible()).toBe(false)
    await admin.getByRole('button', { name: '菜单' }).click()
    await link.click()
    await admin.waitForURL('**/console/gaps')
    expect(await link.isVisible()).toBe(false)
    await admin.setViewportSize({ width: 1100, height: 720 })
    expect(await link.isVisible()).toBe(true)
    expect(await admin.getByRole('button', { name: '菜单' }).isVisible()).toBe(false)
    const cutOff = `[...document.querySelectorAll('.console-nav a')].filter((one) => one.scrollWidth > one.clientWidth)`
    expect(await admin.evaluate(`${cutOff}.length`)).toBe(0)
  })

  it('works from the keyboard, and without scripts', async () => {
    const admin = await begin({ javaScriptEnabled: true })
    await admin.keyboard.press('Tab')
    expect(await admin.evaluate('document.activeElement.className')).toBe('skip')
    await admin.keyboard.press('Enter')
    expect(await admin.evaluate('document.activeElement.id')).toBe('main')
    const storageState = await admin.context().storageState()
    const plain = await visit({ javaScriptEnabled: false, storageState })
    await plain.goto(`${bot.address}/console/people`)
    await plain.locator('#add-person summary').focus()
    await plain.keyboard.press('Enter')
    await plain.locator('#add-person').getByLabel('姓名').fill('王强')
    await plain.keyboard.press('Enter')
    await plain.getByText('已添加').waitFor()
    await plain.getByRole('button', { name: '生成登录链接' }).click()
    expect(await plain.getByLabel('登录链接').inputValue()).toContain('/sign-in/')
    expect(await plain.getByRole('button', { name: '复制链接' }).isVisible()).toBe(false)
  })

  it('says plainly what is refused, with a way back', async () => {
    const admin = await begin()
    await admin.getByText('添加下级单位').click()
    await admin.locator('#add-organisation').getByLabel('单位名称').fill('a/b')
    await admin.locator('#add-organisation').getByRole('button', { name: '添加' }).click()
    await admin.getByRole('alert').getByText('不能含有“/”').waitFor()
    await admin.getByRole('link', { name: '返回' }).click()
    await admin.waitForURL('**/console/people*')
    const stranger = await visit()
    await stranger.goto(`${bot.address}/console/people`)
    expect(await stranger.getByRole('heading').textContent()).toBe('请先登录')
    await stranger.getByRole('link', { name: '返回问答' }).click()
    await stranger.locator('#question').waitFor()
  })
})
