import { WebGuest } from '../bot/web-guest.ts'
import { ConsoleBrowser, type Page } from './console-browser.ts'
import { addPerson, type ConsoleHouse, linkFor } from './console-house.ts'

type Values = Record<string, string | string[]>

/** Somebody with a role, signed in to the chat alone. */
export async function joinChat(
  house: ConsoleHouse,
  given: { name: string; role: string; organisation: string },
): Promise<WebGuest> {
  const browser = new ConsoleBrowser(house.bot.address)
  await browser.useLink(await linkFor(house, await addPerson(house, given)))
  return WebGuest.withCookies(house.bot.address, browser.cookie)
}

/** Sends something in by the pages of the chat's form, and gives its number. */
export async function sendIn(
  house: ConsoleHouse,
  guest: WebGuest,
  kind: string,
  values: Values,
): Promise<string> {
  let { form } = await guest.act({ action: 'submissions.begin', value: { kind } })
  for (let turns = 0; form && form.page !== 'summary'; turns += 1) {
    const problem = form.fields.find((field) => field.problem !== '')
    if (problem || turns > 20) throw new Error(`${problem?.name}: ${problem?.problem}`)
    const page = Object.fromEntries(form.fields.map(({ name, value }) => [name, values[name] ?? value]))
    form = (await guest.submitPage(form, 'next', page)).form
  }
  if (!form) throw new Error('no summary was shown')
  await guest.submitPage(form, 'submit')
  const query = house.store.db.selectFrom('submission').select('number').orderBy('submitted_at', 'desc')
  const row = await query.orderBy('number', 'desc').executeTakeFirstOrThrow()
  return row.number
}

/** Presses the button of a record's page with this label, and fills in the form that it may ask. */
export async function pressOn(browser: ConsoleBrowser, label: string, values: Values = {}): Promise<Page> {
  const { html } = browser.page
  const button = [...html.matchAll(/<form method="post" action="([^"]*\/press[^"]*)">(.*?)<\/form>/gs)].find(
    ([, , inner]) => inner!.includes(`>${label}</button>`),
  )
  if (!button) throw new Error(`no button ${label}`)
  const hidden = (name: string) =>
    unescaped(new RegExp(`name="${name}" value="([^"]*)"`).exec(button[2]!)?.[1])
  let page = await browser.submit(unescaped(button[1]), { action: hidden('action'), value: hidden('value') })
  for (let turns = 0; page.html.includes('name="draft"'); turns += 1) {
    if (turns > 10 || page.status === 422) throw new Error(page.text)
    page = await leavePage(browser, values)
  }
  return page
}

/** Fills in the page of a form that stands beside a record, and goes on. */
export async function leavePage(browser: ConsoleBrowser, values: Values): Promise<Page> {
  const { html } = browser.page
  const form = /<form method="post" action="([^"]*\/form[^"]*)"(.*?)<\/form>/s.exec(html)!
  const fields: Record<string, string> = {}
  for (const [, name] of form[2]!.matchAll(/<(?:input|textarea|select)[^>]* name="([^"]*)"/g)) {
    const value = values[name!]
    if (typeof value === 'string') fields[name!] = value
  }
  for (const name of ['draft', 'page']) {
    fields[name] = new RegExp(`name="${name}" value="([^"]*)"`).exec(form[2]!)![1]!
  }
  fields.step = form[2]!.includes('value="submit"') ? 'submit' : 'next'
  return browser.submit(unescaped(form[1]), fields)
}

function unescaped(text = ''): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
}
