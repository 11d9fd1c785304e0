import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLink } from '../../src/people/links.ts'
import { accountsOf } from '../../src/people/people.ts'
import { endAccess } from '../../src/people/sessions.ts'
import { buttonsOf } from '../../src/platforms/text/render-card.ts'
import { Transcript } from '../../src/platforms/web/transcript.ts'
import { startTestBot } from '../bot/running-bot.ts'
import { WebGuest } from '../bot/web-guest.ts'
import { readEvents } from '../platforms/read-events.ts'
import { describeEachDatabase, freshLocation } from '../store/each-database.ts'
import { ConsoleBrowser } from './console-browser.ts'
import { addPerson, type ConsoleHouse, linkFor, openHouse } from './console-house.ts'

const minute = 60_000

describeEachDatabase('signing in', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  /** Says something in the chat as whoever the browser is signed in as. */
  const chat = (browser: ConsoleBrowser) => {
    const guest = WebGuest.withCookies(browser.address, browser.cookie)
    return (text: string) => guest.ask(text)
  }
  const consoleLink = async (browser: ConsoleBrowser) => {
    const card = await chat(browser)('控制台')
    const link = card.blocks.find((block) => block.type === 'link')
    return link?.url ?? null
  }

  test('the first link makes its opener administrator, once, and no start prints another', async () => {
    const { admin, bot, store } = house
    expect(admin.page.path).toMatch(/^\/console\/people/)
    expect(admin.page.text).toContain('周建国')
    const again = new ConsoleBrowser(bot.address)
    expect((await again.open(bot.firstLink!)).status).toBe(410)
    expect(again.page.text).toContain('已经用过')
    expect((await again.submit(bot.firstLink!, { name: '他', organisation: '乙' })).status).toBe(403)
    expect((await store.db.selectFrom('person').selectAll().execute()).length).toBe(1)
  })

  test('a link is not used up by looking, works once, and signs the chat in', async () => {
    const person = await addPerson(house, { name: '李晓梅', role: 'staff', organisation: house.root })
    const link = await linkFor(house, person)
    for (let looks = 0; looks < 3; looks += 1) expect((await fetch(link)).status).toBe(200)
    const browser = new ConsoleBrowser(house.bot.address)
    const page = await browser.useLink(link)
    expect([page.path, page.status]).toEqual(['/', 200])
    expect(page.text).toContain('李晓梅')
    const other = new ConsoleBrowser(house.bot.address)
    expect((await other.open(link)).text).toContain('已经用过')
    expect((await other.open('/')).text).not.toContain('李晓梅')
    const [account] = await house.store.db
      .selectFrom('account')
      .selectAll()
      .where('person', '=', person)
      .execute()
    expect(account).toMatchObject({ platform: 'web', user_id: expect.stringMatching(/^[\w-]{22}$/) })
    await chat(browser)('多少科技人员才能成立企业科协？')
    const [answer] = await house.store.db.selectFrom('answer_given').select('account').execute()
    expect(answer!.account).toContain(account!.user_id)
  })

  test('of two presses of one link, one signs in', async () => {
    const person = await addPerson(house, { name: '李晓梅', role: 'staff', organisation: house.root })
    const link = await linkFor(house, person)
    const browsers = [1, 2, 3].map(() => new ConsoleBrowser(house.bot.address))
    for (const browser of browsers) await browser.open(link)
    const pages = await Promise.all(browsers.map((browser) => browser.submit(link)))
    expect(pages.map(({ status }) => status).sort()).toEqual([200, 410, 410])
    expect(browsers.filter(({ cookies }) => cookies.has('kexie_session')).length).toBe(1)
  })

  test('expired, unknown and misshapen links are told plainly, and too many of them not at all', async () => {
    const { bot, time } = house
    const person = await addPerson(house, { name: '李晓梅', role: 'staff', organisation: house.root })
    const link = await linkFor(house, person)
    time.now = new Date(time.now.getTime() + 73 * 60 * minute)
    const browser = new ConsoleBrowser(bot.address)
    expect((await browser.open(link)).text).toContain('已过期')
    for (const token of ['x'.repeat(22), '..%2f..%2fetc%2fpasswd', '%00', '%ff']) {
      const page = await browser.open(`/sign-in/${token}`)
      expect([400, 404, 410]).toContain(page.status)
    }
    for (let tries = 0; tries < 12; tries += 1) await browser.open(`/sign-in/${'y'.repeat(20)}${tries}`)
    expect(browser.page.status).toBe(429)
    expect(browser.page.headers.get('retry-after')).toMatch(/^\d+$/)
    // A good link works all the same: an office shares one address.
    const good = new ConsoleBrowser(bot.address)
    const token = await house.store.transaction((trx) =>
      createLink(trx, { person, purpose: 'sign-in', validFor: minute, now: time.now }),
    )
    expect((await good.useLink(`/sign-in/${token}`)).text).toContain('李晓梅')
    time.now = new Date(time.now.getTime() + minute)
    expect((await browser.open('/sign-in/again')).status).toBe(410)
  })

  test('a form from elsewhere signs nobody in or out', async () => {
    const person = await addPerson(house, { name: '李晓梅', role: 'staff', organisation: house.root })
    const link = await linkFor(house, person)
    const browser = new ConsoleBrowser(house.bot.address)
    await browser.open(link)
    expect((await browser.submit(link, { csrf: '' })).status).toBe(403)
    await browser.open(link)
    browser.headers['Sec-Fetch-Site'] = 'cross-site'
    expect((await browser.submit(link)).status).toBe(403)
    delete browser.headers['Sec-Fetch-Site']
    await browser.useLink(link)
    expect((await browser.submit('/sign-out', { csrf: 'forged' })).status).toBe(403)
    expect((await browser.open('/')).text).toContain('李晓梅')
    expect((await browser.submit('/sign-out')).text).not.toContain('李晓梅')
    expect(browser.cookies.has('kexie_session')).toBe(false)
  })

  test('signing out ends chat, console and the guest’s own chat, also after the console’s time', async () => {
    const { admin, time, store } = house
    await admin.open('/console/people')
    expect((await admin.submit('/console/sign-out', { csrf: 'forged' })).status).toBe(403)
    await admin.open('/console/people')
    time.now = new Date(time.now.getTime() + 9 * 60 * minute)
    admin.headers['Sec-Fetch-Site'] = 'cross-site'
    expect((await admin.submit('/console/sign-out')).status).toBe(403)
    delete admin.headers['Sec-Fetch-Site']
    admin.cookies.set('kexie_guest', 'g'.repeat(22))
    const page = await admin.submit('/console/sign-out')
    expect([page.path, page.status, page.text.includes('周建国')]).toEqual(['/', 200, false])
    expect([...admin.cookies.keys()]).not.toContain('kexie_session')
    // The page that follows greets a new guest.
    expect(admin.cookies.get('kexie_guest')).not.toBe('g'.repeat(22))
    expect(await store.db.selectFrom('web_session').select('csrf').execute()).toEqual([])
  })

  test('a page left open hears nothing more once its person has signed out or their access was ended', async () => {
    const { bot, store, root } = house
    const person = await addPerson(house, { name: '李晓梅', role: 'staff', organisation: root })
    const ends = [
      (browser: ConsoleBrowser) => browser.open('/').then(() => browser.submit('/sign-out')),
      () => store.transaction((trx) => endAccess(trx, [person])),
    ]
    for (const [number, end] of ends.entries()) {
      const browser = new ConsoleBrowser(bot.address)
      await browser.useLink(await linkFor(house, person))
      const { user: chat } = (await accountsOf(store.db, person))[0]!
      const headers = { Cookie: browser.cookie }
      const events = readEvents(await fetch(`${bot.address}/api/events?after=${number}`, { headers }))
      expect((await events.next()).value).toMatchObject({ event: 'hello' })
      await end(browser)
      const card = { tone: 'info' as const, blocks: [] }
      const said = { id: `out:${number}`, chat, thread: '', card, replyTo: null, open: false }
      await new Transcript(store).send(said)
      const seen: string[] = []
      for await (const { event } of events) seen.push(event)
      expect(seen.filter((event) => event !== 'beat')).toEqual(['bye'])
    }
  })

  test('控制台 gives whoever may a link of five minutes, and others a polite no', async () => {
    const { admin, time, bot } = house
    const link = (await consoleLink(admin))!
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in\/[\w-]{22}$/)
    const opened = new ConsoleBrowser(bot.address)
    expect((await opened.useLink(link)).path).toBe('/console/people')
    // The console's link opens the console, not the chat.
    expect(opened.cookies.has('kexie_session')).toBe(false)
    const late = (await consoleLink(admin))!
    time.now = new Date(time.now.getTime() + 5 * minute + 1)
    expect((await opened.open(late)).text).toContain('已过期')
    const person = await addPerson(house, { name: '李晓梅', role: 'staff', organisation: house.root })
    const staff = new ConsoleBrowser(bot.address)
    await staff.useLink(await linkFor(house, person))
    for (const browser of [staff, new ConsoleBrowser(bot.address)]) {
      await browser.open('/')
      const card = await chat(browser)('控制台')
      expect(JSON.stringify(card)).toContain('没有权限')
      expect(buttonsOf(card)).toEqual([])
      expect(JSON.stringify(card)).not.toContain('sign-in')
    }
  })

  test('the next person at a browser is nobody of before, in chat and console', async () => {
    const { admin } = house
    const person = await addPerson(house, { name: '王强', role: 'cadre', organisation: house.root })
    const theirs = new ConsoleBrowser(house.bot.address)
    await theirs.useLink(await linkFor(house, person))
    const [old, link] = [admin.cookies.get('kexie_session'), (await consoleLink(theirs))!]
    await admin.useLink(link)
    expect(admin.page.text).toContain('王强')
    expect((await admin.open('/')).text).not.toContain('周建国')
    expect((await admin.open('/console/system')).status).toBe(403)
    // The old cookie, kept aside, opens nothing either.
    admin.cookies.set('kexie_session', old!)
    expect((await admin.open('/')).text).not.toContain('周建国')
  })

  test('no token, cookie or name stands in the log or, readable, in the database', async () => {
    const person = await addPerson(house, { name: '李晓梅', role: 'cadre', organisation: house.root })
    const link = await linkFor(house, person)
    const browser = new ConsoleBrowser(house.bot.address)
    await browser.useLink(link)
    await browser.open('/sign-in/unknown-token')
    const secrets = [link, house.bot.firstLink!].map((url) => url.split('/').at(-1)!)
    secrets.push(...['kexie_session', 'kexie_console'].flatMap((name) => house.admin.cookies.get(name) ?? []))
    secrets.push(browser.cookies.get('kexie_session')!, 'unknown-token')
    expect(secrets.length).toBe(6)
    const rows = JSON.stringify([
      await house.store.db.selectFrom('sign_in_link').selectAll().execute(),
      await house.store.db.selectFrom('web_session').selectAll().execute(),
    ])
    const log = house.bot.log.join('\n')
    for (const secret of secrets)
      expect([log.includes(secret), rows.includes(secret)]).toEqual([false, false])
    expect(log).not.toContain('李晓梅')
  })
})

describe('behind https', () => {
  const cleanUps: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  })

  test('cookies are sent over https only, and no script reads them', async () => {
    const location = await freshLocation('sqlite', cleanUps)
    const bot = await startTestBot(location, () => new Date('2026-03-02T01:00:00Z'), {
      PUBLIC_URL: 'https://kexie.example',
    })
    cleanUps.push(() => bot.stop())
    expect(bot.firstLink).toMatch(/^https:\/\/kexie\.example\/sign-in\//)
    const path = new URL(bot.firstLink!).pathname
    const shown = await fetch(bot.address + path)
    const csrf = /name="csrf" value="([^"]*)"/.exec(await shown.text())![1]!
    const answer = await fetch(bot.address + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { Cookie: shown.headers.getSetCookie()[0]!.split(';')[0]!, Origin: bot.address },
      body: new URLSearchParams({ csrf, name: '甲', organisation: '乙', kind: 'group' }),
    })
    const cookies = answer.headers.getSetCookie().filter((line) => !/max-age=0/i.test(line))
    expect(cookies.length).toBe(2)
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly; Secure; SameSite=Lax/)
  })

  test('failed tries are counted for the address that a trusted proxy names', async () => {
    for (const [TRUSTED_PROXY, status] of [
      ['127.0.0.1', 410],
      ['10.0.0.1', 429],
    ] as const) {
      const location = await freshLocation('sqlite', cleanUps)
      const bot = await startTestBot(location, () => new Date('2026-03-02T01:00:00Z'), { TRUSTED_PROXY })
      cleanUps.push(() => bot.stop())
      let last = 0
      for (let tries = 0; tries < 15; tries += 1) {
        const headers = { 'X-Forwarded-For': `203.0.113.${tries}` }
        last = (await fetch(`${bot.address}/sign-in/none`, { headers })).status
      }
      expect([TRUSTED_PROXY, last]).toEqual([TRUSTED_PROXY, status])
    }
  })
})
