import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openBlobs } from '../../src/store/blobs.ts'
import { openStore } from '../../src/store/store.ts'
import type { ConsoleBrowser } from '../console/console-browser.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from '../console/console-house.ts'
import { joinChat, sendIn } from '../console/submissions-browser.ts'
import { freshLocation } from '../store/each-database.ts'
import { proposal } from '../submissions/submissions-house.ts'
import { launchBrowser } from './browser.ts'

const narrow = { width: 390, height: 800 }
const heat = {
  ...proposal,
  title: '空压机余热供浴室热水',
  defect: '空压机余热直接排到室外，浴室另烧天然气。',
  method: '加装余热回收机组，把热水送到浴室水箱。',
  effect: '每年少用天然气三万立方米。',
}

let browser: Browser
let house: ConsoleHouse
let liaison: ConsoleBrowser
let branch: string
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
  cleanUps.push(() => store.close())
  house = await openHouse(async () => ({ store, blobs: openBlobs(store, location), location }))
  branch = await addOrganisation(house, '一分公司')
  liaison = await enterConsole(house, { name: '李梅', role: 'liaison', organisation: branch })
  const author = await joinChat(house, { name: '张三', role: 'staff', organisation: branch })
  await sendIn(house, author, 'proposal', heat)
  await sendIn(house, author, 'proposal', proposal)
})

afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  await house.bot.stop()
  for (const cleanUp of cleanUps.toReversed()) await cleanUp()
  expect([...errors.splice(0), ...house.bot.errors]).toEqual([])
})

/** A page of whoever is signed in; scripts and the content security policy must not complain. */
async function pageOf({ cookies }: ConsoleBrowser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', ...options })
  context.setDefaultTimeout(10_000)
  const url = house.bot.address
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })))
  const page = await context.newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load'))
      errors.push(message.text())
  })
  return page
}

/** How many pixels stand out to the right of the window. */
function overhang(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
}

it('a handler finds a record, handles it beside its content, and sees it move on the board', async () => {
  const page = await pageOf(liaison)
  await page.goto(`${house.bot.address}/console/submissions`)
  await page.getByLabel('全文检索').fill('余热')
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByText(heat.title).waitFor()
  expect(await page.getByText(proposal.title).count()).toBe(0)
  await page.getByLabel('全文检索').fill('')
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByRole('link', { name: 'JY-2026-0002' }).click()
  await page.getByRole('button', { name: '退回补充' }).click()
  // The content and the form stand side by side.
  const content = await page.getByText(proposal.defect).boundingBox()
  const field = await page.locator('[name="reason"]').boundingBox()
  expect(content!.x + content!.width).toBeLessThanOrEqual(field!.x)
  await page.locator('[name="reason"]').fill('请补充现有夹具的照片和换型记录。')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '确认提交' }).click()
  await page.getByText('已办理。').waitFor()
  await page.getByText('已退回，待补充').first().waitFor()
  await page.goto(`${house.bot.address}/console/submissions/board`)
  const returned = page.getByRole('region', { name: /已退回/ })
  await returned.getByRole('link', { name: /JY-2026-0002/ }).waitFor()
})

it('list, board, record and form fit 390 pixels in both languages, without a script', async () => {
  const page = await pageOf(liaison, { viewport: narrow, javaScriptEnabled: false })
  const { id } = await house.store.db.selectFrom('submission').select('id').executeTakeFirstOrThrow()
  for (const language of ['en', 'zh-CN']) {
    for (const path of ['', '?kind=proposal', '/board', '/waiting', `/${id}`]) {
      const url = new URL(`/console/submissions${path}`, house.bot.address)
      url.searchParams.set('language', language)
      await page.goto(url.href)
      expect([path, language, await page.locator('h1').count()]).toEqual([path, language, 1])
      expect([path, language, await overhang(page)]).toEqual([path, language, 0])
    }
  }
  await page.getByRole('button', { name: '退回补充' }).click()
  expect(await overhang(page)).toBe(0)
  expect(await page.locator('[name="reason"]').isVisible()).toBe(true)
})

it('a reviewer reads, scores beside it, and is led to the next one', async () => {
  const names = ['赵工', '钱工', '冯工']
  const reviewers: ConsoleBrowser[] = []
  for (const name of names) {
    reviewers.push(await enterConsole(house, { name, role: 'reviewer', organisation: branch }))
  }
  const handling = await pageOf(liaison)
  for (const number of ['JY-2026-0001', 'JY-2026-0002']) {
    await handling.goto(`${house.bot.address}/console/submissions`)
    await handling.getByRole('link', { name: number }).click()
    await handling.getByRole('button', { name: '受理', exact: true }).click()
    await handling.getByRole('button', { name: '初审通过，送评审' }).click()
    await handling.locator('[name="opinion"]').fill('可行，送评审。')
    await handling.locator('[name="reviewers"]').fill(names.join('、'))
    await handling.getByRole('button', { name: '下一步' }).click()
    await handling.getByRole('button', { name: '确认提交' }).click()
    await handling.getByText('已办理。').waitFor()
  }
  const page = await pageOf(reviewers[0]!)
  await page.goto(`${house.bot.address}/console/reviews`)
  for (let left = 2; left > 0; left -= 1) {
    await page.getByText(`等您评审的有 ${left} 件`).waitFor()
    await page.getByRole('button', { name: '评分' }).click()
    await page.locator('[name="hasInterest"]').selectOption('no')
    await page.getByRole('button', { name: '下一步' }).click()
    const scores = page.locator('[inputmode="decimal"]')
    expect(await scores.count()).toBeGreaterThan(2)
    for (let at = 0; at < (await scores.count()); at += 1) await scores.nth(at).fill('10')
    await page.getByRole('button', { name: '下一步' }).click()
    // Low scores want a reason, high ones take a remark.
    await page.locator('textarea').fill('办法具体，效果可测，建议推广。')
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('button', { name: '确认提交' }).click()
    await page.getByText('评审意见已收到').waitFor()
  }
  await page.getByText('没有等您评审的').waitFor()
})
