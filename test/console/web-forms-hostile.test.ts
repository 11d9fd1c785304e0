import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { ConsoleBrowser } from './console-browser.ts'
import { type ConsoleHouse, openHouse } from './console-house.ts'
import { WebFormVisitor } from './web-form-visitor.ts'

const proposal = {
  guestName: '<b>老郑</b>',
  naming: 'signed',
  title: '=cmd|calc \u202E快换',
  variety: 'proposal',
  category: 'process',
  defect: '<script>alert(1)</script> 换型要拆装八颗螺栓。',
  method: `'; drop table submission; -- 夹具改为快换式定位销`,
  effect: '换型时间降到十分钟 😀',
}

describeEachDatabase('bad input at a web form', (open) => {
  let house: ConsoleHouse
  let path: string
  beforeEach(async () => {
    house = await openHouse(open)
    await house.admin.open('/console/entries')
    await house.admin.submit('/console/entries', { kind: 'proposal', organisation: house.root })
    path = new URL(/value="(http[^"]*\/submit\/[^"]*)"/.exec(house.admin.page.html)![1]!).pathname
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  const visitor = () => new WebFormVisitor(new ConsoleBrowser(house.bot.address))
  const rows = () => house.store.db.selectFrom('submission').selectAll().execute()

  test('markup, formulas and directions are kept as typed and shown as text', async () => {
    const guest = visitor()
    await guest.fillIn(path, proposal)
    const code = /<strong>([A-Z2-9]{8})<\/strong>/.exec(guest.browser.page.html)![1]!
    const { html } = await guest.browser.submit('/receipt', { number: 'JY-2026-0001', code })
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('<b>老郑')
    expect(html).toContain('=cmd|calc')
    expect(JSON.parse((await rows())[0]!.content).defect).toBe(proposal.defect)
  })

  test('100,000 characters are too many, which is said beside the field; none are lost', async () => {
    const guest = visitor()
    const defect = '长'.repeat(100_000)
    await guest.fillIn(path, { ...proposal, defect })
    const { page } = guest.browser
    expect(page.status).toBe(422)
    expect(page.text).toContain('内容过长')
    expect(/<textarea[^>]*name="defect"[^>]*>([^<]*)</.exec(page.html)?.[1]?.length).toBe(100_000)
    await guest.goOn(path, proposal)
    expect(await rows()).toHaveLength(1)
  })

  test.each([
    ['nothing', '/submit/x'],
    ['a word of SQL', `/submit/${encodeURIComponent("' or 1=1 --")}`],
    ['markup', `/submit/${encodeURIComponent('<script>')}`],
    ['10,000 letters', `/submit/${'x'.repeat(10_000)}`],
    ['half a pair', '/submit/%ED%A0%80'],
  ])('%s is no token', async (_, forged) => {
    const browser = new ConsoleBrowser(house.bot.address)
    const { status, html } = await browser.open(forged)
    expect(status).toBe(404)
    expect(html).not.toContain('<script>')
  })

  test('a token with another signature is none, nor is one whose entry is another', async () => {
    const [id = '', signature = ''] = path.slice('/submit/'.length).split('.')
    const browser = new ConsoleBrowser(house.bot.address)
    for (const forged of [`${id}.${'A'.repeat(signature.length)}`, id, `${id}.`, `x${id}.${signature}`]) {
      expect((await browser.open(`/submit/${forged}`)).status).toBe(404)
      expect((await browser.submit(`/submit/${forged}`, { step: 'begin' })).status).toBe(404)
    }
  })

  test('steps, drafts, pages and values of other shapes are refused or shown again', async () => {
    const guest = visitor()
    await guest.begin(path)
    const draft = /name="draft" value="([^"]*)"/.exec(guest.browser.page.html)![1]!
    const post = (fields: Record<string, string>) => guest.browser.submit(path, fields)
    for (const fields of [
      { step: 'delete', draft, page: 'what' },
      { step: 'next', draft: 'none', page: 'what' },
      { step: 'next', draft: '', page: '' },
      { step: 'submit', draft, page: '__proto__' },
      { __proto__: 'x', constructor: 'y', step: 'next', draft, page: 'what', title: 'x' },
    ]) {
      expect((await post(fields)).status).toBeGreaterThanOrEqual(200)
      expect(guest.browser.page.status).toBeLessThan(500)
    }
    const wrong = new FormData()
    for (const [name, value] of Object.entries({ draft, page: 'what', step: 'next' })) wrong.set(name, value)
    wrong.append('title', 'one')
    wrong.append('title', 'two')
    wrong.append('variety', new File(['x'], 'x.png'))
    expect((await guest.browser.submit(path, wrong)).status).toBeLessThan(500)
    expect(await rows()).toEqual([])
  })

  test('nobody goes on with somebody else’s draft', async () => {
    const guest = visitor()
    await guest.begin(path)
    const draft = /name="draft" value="([^"]*)"/.exec(guest.browser.page.html)![1]!
    const other = visitor()
    const refused = await other.browser.submit(path, { step: 'submit', draft, page: 'summary' })
    expect(refused.status).toBe(400)
  })

  test('a page of another site cannot send it', async () => {
    const response = await fetch(new URL(path, house.bot.address), {
      method: 'POST',
      body: new URLSearchParams({ step: 'begin' }),
      headers: { Origin: 'http://evil.example', Accept: 'text/html' },
    })
    expect(response.status).toBe(403)
  })

  test('an upload that is too large is a page that says so', async () => {
    const guest = visitor()
    await guest.begin(path)
    const form = new FormData()
    form.set('step', 'next')
    form.set('attachments', new File([new Uint8Array(21 * 1024 * 1024)], 'film.png'))
    const page = await guest.browser.submit(path, form)
    expect(page.status).toBe(413)
    expect(page.text).toContain('20')
    expect(page.html).toContain('<main')
  })

  test('an address that asks too often has to wait', async () => {
    const browser = new ConsoleBrowser(house.bot.address)
    let status = 200
    for (let count = 0; count < 300 && status === 200; count += 1) status = (await browser.open(path)).status
    expect(status).toBe(429)
    house.time.now = new Date(house.time.now.getTime() + 120_000)
    expect((await browser.open(path)).status).toBe(200)
  })
})
