import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startTestBot, type TestBot } from '../bot/running-bot.ts'
import { ConsoleBrowser } from '../console/console-browser.ts'
import { freshLocation } from '../store/each-database.ts'
import { launchBrowser } from './browser.ts'

/** A common phone; whoever reads larger letters has less. */
const phone = { width: 390, height: 844 }

let browser: Browser
let bot: TestBot
let url: string
let cleanUps: (() => Promise<void>)[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})
beforeEach(async () => {
  cleanUps = []
  bot = await startTestBot(await freshLocation('sqlite', cleanUps))
  const admin = new ConsoleBrowser(bot.address)
  await admin.useLink(bot.firstLink!, { name: '周建国', organisation: '华北重工铸造车间', kind: 'group' })
  await admin.open('/console/entries')
  const organisation = /name="organisation"[^>]*><option value="([^"]*)"/.exec(admin.page.html)![1]!
  await admin.submit('/console/entries', { kind: 'proposal', organisation })
  url = /value="(http[^"]*\/submit\/[^"]*)"/.exec(admin.page.html)![1]!
})
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  await bot.stop()
  for (const cleanUp of cleanUps) await cleanUp()
  expect(bot.errors).toEqual([])
})

/** Each page fits the screen, its buttons are large enough for a thumb; a picture of it where one is wanted. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  const width = await page.locator('html').evaluate((html) => html.scrollWidth)
  expect(width, name).toBeLessThanOrEqual(phone.width)
  for (const button of await page
    .locator('button, select, input:not([type=hidden]):not([type=checkbox])')
    .all()) {
    const box = await button.boundingBox()
    expect(box?.height, `${name}: ${await button.getAttribute('name')}`).toBeGreaterThanOrEqual(44)
  }
}

it.each(['light', 'dark'] as const)('is filled in on a phone without scripts, %s', async (colorScheme) => {
  const context = await browser.newContext({
    ...{ locale: 'zh-CN', viewport: phone, colorScheme, javaScriptEnabled: false },
  })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await page.goto(url)
  await look(page, `${colorScheme}-welcome`)
  await page.getByRole('button', { name: '开始填写' }).click()
  const next = () => page.getByRole('button', { name: '下一步' }).click()
  await look(page, `${colorScheme}-naming`)
  await page.locator('[name=naming]').selectOption('signed')
  await next()
  await page.locator('[name=guestName]').fill('老郑')
  await look(page, `${colorScheme}-guest`)
  await next()
  await look(page, `${colorScheme}-title`)
  // What is missing is said on the page itself.
  await next()
  await page.getByRole('alert').first().waitFor()
  await look(page, `${colorScheme}-problem`)
  await page.locator('[name=title]').fill('三号线夹具改为快换式')
  await page.locator('[name=variety]').selectOption('small-innovation')
  await page.locator('[name=category]').selectOption('process')
  await next()
  await page.locator('[name=defect]').fill('三号线换型要拆装八颗螺栓，每次约四十分钟。')
  await page.locator('[name=method]').fill('夹具改为快换式定位销，另备一台换型小车。')
  await page.locator('[name=effect]').fill('换型时间由四十分钟降到十分钟。')
  await look(page, `${colorScheme}-content`)
  for (
    let turns = 0;
    turns < 6 && !(await page.getByRole('button', { name: '提交', exact: true }).isVisible());
    turns += 1
  ) {
    await next()
    await look(page, `${colorScheme}-more-${turns}`)
  }
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await page.getByText('已登记 JY-').waitFor()
  await look(page, `${colorScheme}-done`)
  const code = await page.locator('.plain-code strong').innerText()
  const number = /JY-\d{4}-\d{4}/.exec(await page.locator('h1').innerText())![0]
  await page.getByRole('link', { name: '已经提交过' }).click()
  await page.locator('[name=number]').fill(number)
  await page.locator('[name=code]').fill(code)
  await page.locator('form button').click()
  await page.getByRole('heading', { name: '办理情况' }).waitFor()
  await look(page, `${colorScheme}-receipt`)
})
