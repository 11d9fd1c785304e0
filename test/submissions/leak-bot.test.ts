import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { WebGuest } from '../bot/web-guest.ts'
import { ConsoleBrowser } from '../console/console-browser.ts'
import {
  addOrganisation,
  addPerson,
  type ConsoleHouse,
  enterConsole,
  linkFor,
  openHouse,
} from '../console/console-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { dumpDatabase, placesHolding } from './dump-database.ts'
import { WebSeat } from './lives/web-seat.ts'

const name = '欧阳泠鸢'
const words = ['泡面凉透', '钻床漏油', '踮脚够阀', '榫头歪斜', '鹞子翻身', '搪瓷缸空空', '铁皮柜合影']
/** What came with it, and how it was called. */
const photo = { name: '铁皮柜合影.txt', content: '照片里搪瓷缸空空。' }
const opinion = {
  naming: 'hidden',
  title: '夜班泡面凉透',
  area: 'living',
  text: '食堂关门早，夜班没有热饭，钻床漏油也没人管。',
  wish: '请不要让人踮脚够阀。',
}
const proposal = {
  naming: 'hidden',
  title: '铣床鹞子翻身夹具',
  variety: 'proposal',
  category: 'process',
  defect: '三号线换型要拆装八颗螺栓，每次约四十分钟。',
  method: '改为榫头歪斜自锁结构，另备一台换型小车。',
  effect: '换型时间由四十分钟降到十分钟。',
}

describeEachDatabase('the whole bot keeps to itself what is hidden', (open, dialect) => {
  let house: ConsoleHouse
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  test('in console, log, figures, files and rows', async () => {
    house = await openHouse(open)
    const { bot, store, location } = house
    const pass = () => {
      house.time.now = new Date(house.time.now.getTime() + 500)
    }
    const branch = await addOrganisation(house, '一分公司')
    const liaison = await enterConsole(house, { name: '李梅', role: 'liaison', organisation: branch })
    const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
    const person = await addPerson(house, { name, role: 'staff', organisation: branch })
    const own = new ConsoleBrowser(bot.address)
    await own.useLink(await linkFor(house, person))
    const seat = (browser: ConsoleBrowser) =>
      new WebSeat(WebGuest.withCookies(bot.address, browser.cookie), pass)
    const [author, handler] = [seat(own), seat(liaison)]

    await author.say('提意见')
    await author.press('填写意见诉求', '意见诉求')
    await author.send(photo.name, Uint8Array.from(Buffer.from(photo.content)))
    await author.sees('已收到 1 个文件')
    const laidOpen = async () => [
      ...placesHolding(await dumpDatabase(store), words),
      ...(await filesHolding(join(location.dataDir, 'blobs'), words)),
    ]
    // The open file is removed as soon as the draft holds it.
    await expect.poll(laidOpen).toEqual([])
    await author.fill(opinion)
    await author.say('提建议')
    await author.press('填写合理化建议', '合理化建议')
    await author.fill(proposal)
    const seen = await handler.sees('YJ-2026-0001', '钻床漏油')
    expect(seen).not.toContain(name)
    const { id } = await store.db
      .selectFrom('submission')
      .select('id')
      .where('number', '=', 'YJ-2026-0001')
      .executeTakeFirstOrThrow()
    expect((await liaison.open(`/console/submissions/${id}`)).html).toContain(photo.name)
    const file = await liaison.open(`/console/submissions/${id}/files/0`)
    expect(file).toMatchObject({ status: 200, html: photo.content })
    const outsider = await enterConsole(house, {
      name: '陈晨',
      role: 'liaison',
      organisation: await addOrganisation(house, '二分公司'),
    })
    expect((await outsider.open(`/console/submissions/${id}/files/0`)).html).not.toContain(photo.content)
    await handler.press('确认受理', 'YJ-2026-0001')
    await handler.press('答复', 'YJ-2026-0001')
    await handler.fill({ answer: '已经转给食堂办理。' })
    await author.press('满意', 'YJ-2026-0001')
    await handler.press('受理', 'JY-2026-0001')

    for (const browser of [house.admin, liaison, cadre]) {
      const pages = await crawl(browser)
      expect([...pages.keys()].some((path) => path.startsWith('/console/submissions/'))).toBe(true)
      const naming = [...pages].filter(([, html]) => html.includes(name)).map(([path]) => path)
      expect(naming.filter((path) => !/^\/console\/(people|calendar)/.test(path))).toEqual([])
      const telling = [...pages].filter(([, html]) => words.some((word) => html.includes(word)))
      expect(
        telling.map(([path]) => path).filter((path) => !path.startsWith('/console/submissions')),
      ).toEqual([])
    }
    const secrets = [name, ...words]
    const log = bot.log.join('\n')
    expect(secrets.filter((word) => log.includes(word))).toEqual([])
    const metrics = await (await fetch(`${bot.address}/metrics`)).text()
    expect(secrets.filter((word) => metrics.includes(word))).toEqual([])
    expect(placesHolding(await dumpDatabase(store), [name])).toEqual(['person.name'])
    expect(await laidOpen()).toEqual([])
    if (dialect === 'sqlite') expect(await filesHolding(location.dataDir, words)).toEqual([])
    expect(await filesHolding(join(location.dataDir, 'blobs'), secrets)).toEqual([])
  })
})

/** Every page that somebody reaches from the console's first one, by where it is shown. */
async function crawl(browser: ConsoleBrowser): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  const asked = new Set<string>()
  const waiting = ['/console', '/console/submissions', '/console/submissions/board', '/console/reviews']
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (asked.has(path)) continue
    asked.add(path)
    const { html, status, path: shown } = await browser.open(path)
    pages.set(shown, status === 200 ? html : '')
    const links = [...html.matchAll(/href="(\/console[^"#]*)"/g)].map(([, href]) =>
      href!.replaceAll('&amp;', '&'),
    )
    // Months and weeks lead on for ever.
    const isEnd = /\/(?:sign-out|assets|export|template)|[?&](?:month|week|from|day)=/
    waiting.push(...links.filter((href) => !isEnd.test(href)))
    if (pages.size > 150) throw new Error('a console without end')
  }
  return pages
}

/** Files below a folder that hold one of the words; none where there is no folder. */
async function filesHolding(folder: string, secrets: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const holding: string[] = []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const bytes = await readFile(join(entry.parentPath, entry.name))
    if (secrets.some((word) => bytes.includes(word))) holding.push(entry.name)
  }
  return holding
}
