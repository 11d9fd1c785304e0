import type { Store } from '../../src/store/store.ts'
import { startTestBot, type TestBot } from '../bot/running-bot.ts'
import { WebGuest } from '../bot/web-guest.ts'
import type { Open, OpenedStore } from '../store/each-database.ts'
import { ConsoleBrowser } from './console-browser.ts'

/** A running bot whose first administrator is signed in. */
export interface ConsoleHouse extends OpenedStore {
  bot: TestBot
  admin: ConsoleBrowser
  time: { now: Date }
  /** The root organisation. */
  root: string
}

export async function openHouse(
  open: Open,
  settings: Parameters<typeof startTestBot>[2] = {},
): Promise<ConsoleHouse> {
  const opened = await open()
  const time = { now: new Date('2026-03-02T01:00:00Z') }
  const bot = await startTestBot(opened.location, () => time.now, settings)
  const admin = new ConsoleBrowser(bot.address)
  await admin.useLink(bot.firstLink!, { name: '周建国', organisation: '华北重工', kind: 'group' })
  const root = await idOf(opened.store, 'organisation', '华北重工')
  return { ...opened, bot, admin, time, root }
}

export async function idOf(store: Store, table: 'organisation' | 'person', name: string): Promise<string> {
  const row = await store.db.selectFrom(table).select('id').where('name', '=', name).executeTakeFirstOrThrow()
  return row.id
}

/** Adds a person as the administrator does, and gives their id. */
export async function addPerson(
  { admin, store }: ConsoleHouse,
  given: { name: string; role: string; organisation: string },
): Promise<string> {
  await admin.open(`/console/people?organisation=${given.organisation}`)
  const page = await admin.submit('/console/people', { ...given, from: '' })
  if (!page.path.includes('?done=added')) throw new Error(page.text)
  return idOf(store, 'person', given.name)
}

export async function addOrganisation({ admin, store, root }: ConsoleHouse, name: string): Promise<string> {
  await admin.open('/console/people')
  await admin.submit('/console/organisations', { organisation: root, name, kind: 'branch' })
  return idOf(store, 'organisation', name)
}

/** A sign-in link as the administrator gets it. */
export async function linkFor({ admin }: ConsoleHouse, person: string): Promise<string> {
  await admin.open(`/console/people/${person}`)
  const { html } = await admin.submit(`/console/people/${person}/link`)
  return /value="(http[^"]*\/sign-in\/[^"]*)"/.exec(html)![1]!
}

/** Somebody with a role, signed in to chat and console. */
export async function enterConsole(
  house: ConsoleHouse,
  given: { name: string; role: string; organisation: string },
): Promise<ConsoleBrowser> {
  const browser = new ConsoleBrowser(house.bot.address)
  await browser.useLink(await linkFor(house, await addPerson(house, given)))
  const card = await WebGuest.withCookies(house.bot.address, browser.cookie).ask('控制台')
  const link = card.blocks.find((block) => block.type === 'link')
  if (!link) throw new Error(`${given.name} may not open the console`)
  await browser.useLink(link.url)
  return browser
}
