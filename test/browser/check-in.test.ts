import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { eventLinkCode } from '../../src/features/events/check-in/event-code.ts'
import { personalCode, shortCode } from '../../src/features/events/check-in/personal-code.ts'
import { createEvent } from '../../src/features/events/making/keep-event.ts'
import type { Event } from '../../src/features/events/records.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { openStore } from '../../src/store/store.ts'
import type { ConsoleBrowser } from '../console/console-browser.ts'
import { addPerson, type ConsoleHouse, enterConsole, openHouse } from '../console/console-house.ts'
import { lecture } from '../events/event-drafts.ts'
import { freshLocation } from '../store/each-database.ts'
import { launchBrowser } from './browser.ts'
import { createCuttableProxy } from './cuttable-proxy.ts'

const phone = { width: 390, height: 844 }

let browser: Browser
let house: ConsoleHouse
let cadre: ConsoleBrowser
let event: Event
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
  cadre = await enterConsole(house, { name: '吴主席', role: 'cadre', organisation: house.root })
  event = await openEvent()
})
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  await house.bot.stop()
  for (const cleanUp of cleanUps.toReversed()) await cleanUp()
  expect([...errors.splice(0), ...house.bot.errors]).toEqual([])
})

/** A lecture that begins in half an hour. */
async function openEvent(): Promise<Event> {
  const { root, store, time } = house
  const by = await addPerson(house, { name: '主办人', role: 'cadre', organisation: root })
  const at = (minutes: number) => new Date(time.now.getTime() + minutes * 60_000)
  const draft = lecture(root, { startsAt: at(30), endsAt: at(150), closesAt: at(0), cancelUntil: at(0) })
  return store.transaction(async (trx) => {
    const made = await createEvent(trx, draft, { by, now: time.now })
    const published = { state: 'published' as const }
    await trx.updateTable('event_entry').set(published).where('id', '=', made.row.id).execute()
    return { ...made, row: { ...made.row, ...published } }
  })
}

/** Somebody registered; gives their codes. */
async function register(name: string): Promise<{ id: string; code: string; letters: string }> {
  const id = randomUUID()
  const at = house.time.now.toISOString()
  const values = {
    ...{ id, event: event.row.id, seq: 1, person: null, account: `["web","web","${id}"]` },
    ...{ organisation: null, name, contact: null, state: 'confirmed' as const, pool: '', guests: 0 },
    ...{ answers: '{}', priority: 0, team: null, registered_by: null, offer_until: null, arrangement: 0 },
    ...{ asked_to_leave_at: null, receipt_hash: null, language: 'zh-CN', created_at: at, changed_at: at },
  }
  await house.store.transaction((trx) => trx.insertInto('event_registration').values(values).execute())
  return { id, code: personalCode(event.row, id), letters: shortCode(event.row, id) }
}

async function contextOf({ cookies }: ConsoleBrowser): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: phone })
  context.setDefaultTimeout(10_000)
  const url = house.bot.address
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })))
  return context
}

async function pageIn(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load'))
      errors.push(message.text())
  })
  return page
}

const address = (at = house.bot.address) => `${at}/console/events/${event.row.id}/check-in`
const inside = async () =>
  (await house.store.db.selectFrom('event_check_in').select('registration').execute())
    .map(({ registration }) => registration)
    .sort()

async function take(page: Page, code: string): Promise<string> {
  const result = page.locator('[data-part="result"]')
  await page.locator('[data-part="code"]').fill(code)
  await page.locator('[data-part="form"] button').click()
  await result.waitFor()
  return result.innerText()
}

it('a phone lets people in without a network, opens its page again, and catches up once', async () => {
  const one = await register('张三')
  const two = await register('陈晨')
  const three = await register('孙工')
  // The line itself goes down: a browser's own offline mode leaves its workers online.
  const line = await createCuttableProxy(house.bot.address)
  cleanUps.push(() => line.close())
  const page = await pageIn(await contextOf(cadre))
  await page.goto(address(line.address))
  await page.getByText('0 / 3 人').waitFor()
  // The next opening comes by the service worker.
  await page.evaluate('navigator.serviceWorker.ready')
  await page.reload()
  await page.getByText('0 / 3 人').waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0)

  line.setDown(true)
  expect(await take(page, one.code)).toBe('张三 签到成功')
  await page.getByText('网络中断').waitFor()
  expect(await take(page, one.letters.toLowerCase())).toContain('张三 此前已签到')
  expect(await take(page, `${one.code.slice(0, -1)}${one.code.endsWith('A') ? 'E' : 'A'}`)).toContain(
    '与名单不符',
  )
  const foreign = personalCode({ ...event.row, id: randomUUID() }, one.id)
  expect(await take(page, foreign)).toContain('另一场活动')
  expect(await take(page, '你好')).toBe('名单中没有“你好”，也不是签到码。')
  // Part of a name leads to the list, a whole one is enough.
  expect(await take(page, '孙')).toBe('请在下面的名单中点选。')
  expect(await page.getByRole('button', { name: '签到 孙工' }).count()).toBe(1)
  expect(await take(page, ' 陈晨 ')).toBe('陈晨 签到成功')
  await page.getByText('2 / 3 人').waitFor()
  await page.reload()
  await page.getByText('2 / 3 人').waitFor()
  expect(await inside()).toEqual([])

  // Meanwhile another phone has let in a third.
  const other = await pageIn(await contextOf(cadre))
  await other.goto(address())
  await other.getByText('0 / 3 人').waitFor()
  expect(await take(other, three.code)).toBe('孙工 签到成功')

  line.setDown(false)
  await page.getByText('3 / 3 人').waitFor()
  await page.getByText('已联网。', { exact: true }).waitFor()
  expect(await inside()).toEqual([one.id, two.id, three.id].sort())
  await other.getByText('3 / 3 人').waitFor()
}, 90_000)

it('a code held before the camera is read by our own reader', async () => {
  const { code } = await register('张三')
  const page = await pageIn(await contextOf(cadre))
  await page.goto(`${house.bot.address}/c/${code}`)
  await page.getByText('张三，请向工作人员出示此码').waitFor()
  const picture = (await page.locator('.qr-code').screenshot()).toString('base64')
  const decoder = await page.evaluate(
    `(async () => {
      const image = await createImageBitmap(new Blob([Uint8Array.from(atob('${picture}'), (letter) => letter.charCodeAt(0))]))
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const context = canvas.getContext('2d')
      context.drawImage(image, 0, 0)
      const worker = new Worker('/console/qr/decoder.js', { type: 'module' })
      return new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data)
        worker.postMessage(context.getImageData(0, 0, canvas.width, canvas.height))
      })
    })()`,
  )
  expect(decoder).toBe(code)
})

it('the screen of the hall shows digits that let in whoever scans them', async () => {
  const screen = await pageIn(await contextOf(cadre))
  await screen.goto(`${address()}/screen`)
  const digits = await screen.locator('[data-part="digits"]').innerText()
  expect(digits).toMatch(/^\d{6}$/)
  await screen.locator('.qr-code svg').waitFor()
  // What else the organiser may open is nothing for the hall.
  expect(await screen.getByRole('navigation').isVisible()).toBe(false)
  const link = eventLinkCode(event.row, house.time.now)
  // 主办人 has no registration; somebody without an account is asked for a receipt code.
  const visitor = await pageIn(await browser.newContext({ locale: 'zh-CN', viewport: phone }))
  await visitor.goto(`${house.bot.address}/c/e/${event.row.number}/${link}`)
  await visitor.getByLabel('回执码').fill('ABCD2345')
  await visitor.getByRole('button', { name: '签到' }).click()
  await visitor.getByText('编号或回执码有误').waitFor()
  const signedIn = await pageIn(await contextOf(cadre))
  await signedIn.goto(`${house.bot.address}/c/e/${event.row.number}/${link}`)
  await signedIn.getByRole('button', { name: '签到' }).click()
  await signedIn.getByText('没有找到').waitFor()
  const stale = await signedIn.goto(`${house.bot.address}/c/e/${event.row.number}/000000`)
  expect(stale?.status()).toBe(422)
})
