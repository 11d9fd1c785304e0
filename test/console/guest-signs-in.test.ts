import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { ConsoleBrowser } from './console-browser.ts'
import { addPerson, type ConsoleHouse, linkFor, openHouse } from './console-house.ts'
import { WebFormVisitor } from './web-form-visitor.ts'

const proposal = {
  guestName: '老郑',
  title: '三号线夹具改为快换式',
  variety: 'proposal',
  category: 'process',
  defect: '三号线换型要拆装八颗螺栓，每次约四十分钟。',
  method: '夹具改为快换式定位销，另备一台换型小车。',
  effect: '换型时间由四十分钟降到十分钟。',
}

const patience = { timeout: 10_000 }

describeEachDatabase('a guest who signs in later', (open) => {
  let house: ConsoleHouse
  let path: string
  let person: string
  let link: string
  beforeEach(async () => {
    house = await openHouse(open)
    await house.admin.open('/console/entries')
    await house.admin.submit('/console/entries', { kind: 'proposal', organisation: house.root })
    path = new URL(/value="(http[^"]*\/submit\/[^"]*)"/.exec(house.admin.page.html)![1]!).pathname
    person = await addPerson(house, { name: '郑工', role: 'staff', organisation: house.root })
    link = await linkFor(house, person)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  const authors = () =>
    house.store.db.selectFrom('submission').select(['naming', 'author', 'author_tag']).execute()
  const owners = async () => {
    const rows = await house.store.db
      .selectFrom('form_draft')
      .select('owner')
      .where('state', '=', 'open')
      .execute()
    return rows.map(({ owner }) => owner)
  }

  test('takes along what was begun and sent in, signed and unsigned', async () => {
    const guest = new WebFormVisitor(new ConsoleBrowser(house.bot.address))
    await guest.fillIn(path, { ...proposal, naming: 'signed' })
    await guest.fillIn(path, { ...proposal, naming: 'hidden' })
    await guest.begin(path)
    const before = await authors()
    expect(before.map(({ naming }) => naming).toSorted()).toEqual(['hidden', 'signed'])
    const { html } = await guest.browser.open(link)
    expect(html).toContain('name="take" value="yes" checked')
    await guest.browser.submit(link, { take: 'yes' })
    await expect.poll(async () => (await owners())[0], patience).toBe(person)
    await expect
      .poll(async () => (await authors()).find(({ naming }) => naming === 'signed')?.author, patience)
      .toBe(person)
    const tagOf = (rows: typeof before) => rows.find(({ naming }) => naming === 'hidden')?.author_tag
    await expect.poll(async () => tagOf(await authors()), patience).not.toBe(tagOf(before))
    const after = await authors()
    // The unsigned one is joined with nobody in the open.
    expect(after.find(({ naming }) => naming === 'hidden')?.author).toBeNull()
  })

  test('leaves it where it is if it is not theirs', async () => {
    const guest = new WebFormVisitor(new ConsoleBrowser(house.bot.address))
    await guest.fillIn(path, { ...proposal, naming: 'signed' })
    await guest.browser.open(link)
    await guest.browser.submit(link)
    expect(
      await house.store.db.selectFrom('event').selectAll().where('name', '=', 'guest.known').execute(),
    ).toEqual([])
    expect((await authors())[0]?.author).toBeNull()
  })

  test('is asked nothing where there is nothing', async () => {
    const browser = new ConsoleBrowser(house.bot.address)
    expect((await browser.open(link)).html).not.toContain('name="take"')
  })
})
