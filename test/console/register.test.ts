import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEvent, type EventDraft } from '../../src/features/events/making/keep-event.ts'
import { lecture } from '../events/event-drafts.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { dumpDatabase, placesHolding } from '../submissions/dump-database.ts'
import { ConsoleBrowser } from './console-browser.ts'
import { type ConsoleHouse, idOf, openHouse } from './console-house.ts'

const audience = { organisations: [], roles: [], public: true }
const zheng = { name: '郑不语', unit: '红星小学', telephone: '139 5550 1234', consent: 'yes' }

describeEachDatabase('the public registers on the web', (open) => {
  let house: ConsoleHouse
  let browser: ConsoleBrowser
  beforeEach(async () => {
    house = await openHouse(open)
    browser = new ConsoleBrowser(house.bot.address)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  async function addEvent(changed: Partial<EventDraft> = {}): Promise<string> {
    const by = await idOf(house.store, 'person', '周建国')
    return house.store.transaction(async (trx) => {
      const draft = lecture(house.root, { audience, ...changed })
      const { row } = await createEvent(trx, draft, { by, now: house.time.now })
      await trx.updateTable('event_entry').set({ state: 'published' }).where('id', '=', row.id).execute()
      return row.number
    })
  }

  async function register(number: string, values: Record<string, string>, from = browser) {
    await from.open(`/e/${number}`)
    const once = /name="once" value="([^"]*)"/.exec(from.page.html)?.[1] ?? ''
    return from.submit(`/e/${number}`, { once, ...values })
  }

  const codeIn = (html: string) => /<strong>([A-Z2-9]{8})<\/strong>/.exec(html)?.[1] ?? ''
  const rows = () => house.store.db.selectFrom('event_registration').selectAll().orderBy('seq').execute()

  test('for all dates of a series at once, as the page says before, and when and where is said once after', async () => {
    const series = 'spring'
    await house.store.transaction((trx) =>
      trx
        .insertInto('event_series')
        .values({ id: series, title: '春季讲座', created_at: house.time.now.toISOString() })
        .execute(),
    )
    const first = await addEvent({ series })
    const { id: registersWith } = await house.store.db
      .selectFrom('event_entry')
      .select('id')
      .where('number', '=', first)
      .executeTakeFirstOrThrow()
    const second = await addEvent({ series, registersWith })
    const alone = await addEvent()
    for (const number of [first, second])
      expect((await browser.open(`/e/${number}`)).text).toContain('共 2 场，一次报名参加全部')
    expect((await browser.open(`/e/${alone}`)).text).not.toContain('一次报名参加全部')
    const done = await register(alone, zheng)
    expect(done.text).toContain('报名成功')
    expect(done.html.match(/<dt>(?:时间|地点)<\/dt>/g)).toHaveLength(2)
  })

  test('by a form, with a code that shows what became of it, cancels and erases', async () => {
    const question = {
      name: 'grade',
      label: '<b>年级</b>',
      type: 'text' as const,
      required: true,
      options: [],
    }
    const number = await addEvent({ questions: [question], mostGuests: 3, capacity: 5 })
    const page = await browser.open(`/e/${number}`)
    expect(page.text).toContain('工业机器人应用讲座')
    expect(page.text).toContain('还剩 5 个名额')
    expect(page.html).not.toContain('<b>年级')
    const missing = await register(number, { ...zheng, guests: '9', consent: '' })
    expect(missing.status).toBe(422)
    // Nothing that was typed is lost.
    expect(missing.html).toContain('value="郑不语"')
    const done = await register(number, { ...zheng, guests: '2', 'own-grade': '三年级' })
    expect(done.status).toBe(200)
    expect(done.text).toContain('报名成功')
    expect(done.html).toMatch(/href="\/c\/K1/)
    const code = codeIn(done.html)
    expect(await rows()).toMatchObject([{ state: 'confirmed', guests: 2, person: null, name: '' }])
    expect(placesHolding(await dumpDatabase(house.store), ['郑不语', '139 5550 1234', code])).toEqual([])

    const other = new ConsoleBrowser(house.bot.address)
    const follow = `/e/${number}/registration`
    expect((await other.submit(follow, { code: 'AAAAAAAA' })).status).toBe(404)
    const shown = await other.submit(follow, { code: code.toLowerCase() })
    expect(shown.text).toContain('郑不语')
    // Without the box ticked nothing happens.
    await other.submit(follow, { code, do: 'cancel' })
    expect(await rows()).toMatchObject([{ state: 'confirmed' }])
    expect((await other.submit(follow, { code, do: 'cancel', sure: 'yes' })).text).toContain('已取消报名')
    expect(await rows()).toMatchObject([{ state: 'cancelled' }])
    await other.submit(follow, { code, do: 'erase', sure: 'yes' })
    expect(await rows()).toMatchObject([{ contact: null, answers: '{}', receipt_hash: null }])
    expect((await other.submit(follow, { code })).status).toBe(404)
    expect(placesHolding(await dumpDatabase(house.store), ['三年级'])).toEqual([])
  })

  test('once, however often a page or the same telephone is sent', async () => {
    const number = await addEvent({ capacity: 5 })
    await browser.open(`/e/${number}`)
    const once = /name="once" value="([^"]*)"/.exec(browser.page.html)![1]!
    const first = await browser.submit(`/e/${number}`, { once, ...zheng })
    const again = await browser.submit(`/e/${number}`, { once, ...zheng })
    expect(codeIn(again.html)).toBe(codeIn(first.html))
    const another = await register(number, { ...zheng, name: '郑小语', telephone: '+86 13955501234' })
    expect(another.status).toBe(409)
    expect(another.text).toContain('已报名成功')
    expect(codeIn(another.html)).toBe('')
    expect(await rows()).toHaveLength(1)
  })

  test('anew after having cancelled, with a new code', async () => {
    const number = await addEvent()
    const first = codeIn((await register(number, zheng)).html)
    await browser.submit(`/e/${number}/registration`, { code: first, do: 'cancel', sure: 'yes' })
    const second = codeIn((await register(number, { ...zheng, unit: '光明小学' })).html)
    expect(second).not.toBe(first)
    expect((await browser.submit(`/e/${number}/registration`, { code: first })).status).toBe(404)
    expect((await browser.submit(`/e/${number}/registration`, { code: second })).text).toContain('报名成功')
    expect(await rows()).toHaveLength(1)
  })

  test('waits, is offered what is freed, and accepts it there', async () => {
    const number = await addEvent({ capacity: 1 })
    const first = codeIn((await register(number, zheng)).html)
    const second = codeIn((await register(number, { ...zheng, telephone: 'wang@example.cn' })).html)
    const follow = `/e/${number}/registration`
    expect((await browser.submit(follow, { code: second })).text).toContain('候补中，第 1 位')
    await browser.submit(follow, { code: first, do: 'cancel', sure: 'yes' })
    expect((await browser.submit(follow, { code: second })).html).toContain('value="accept-offer"')
    const accepted = await browser.submit(follow, { code: second, do: 'accept-offer' })
    expect(accepted.text).toContain('已接受名额')
    expect(await rows()).toMatchObject([{ state: 'cancelled' }, { state: 'confirmed' }])
  })

  test('not what is for the house, is a draft, is closed, or was filled in by a program', async () => {
    const inside = await addEvent({ audience: { ...audience, public: false } })
    expect((await browser.open(`/e/${inside}`)).status).toBe(404)
    expect((await browser.submit(`/e/${inside}`, zheng)).status).toBe(404)
    expect((await browser.open('/e/HD-2026-9999')).status).toBe(404)
    expect((await browser.open(`/e/${encodeURIComponent('<script>')}`)).status).toBe(404)
    const closed = await addEvent({ closesAt: new Date('2026-03-01T00:00:00Z') })
    expect((await browser.open(`/e/${closed}`)).html).not.toContain('name="telephone"')
    expect((await browser.submit(`/e/${closed}`, zheng)).status).toBe(409)
    const number = await addEvent()
    expect((await register(number, { ...zheng, website: 'http://spam.example' })).status).toBe(400)
    const huge = await register(number, { ...zheng, name: '郑'.repeat(5000) })
    expect(huge.status).toBe(422)
    expect((await register(number, { ...zheng, telephone: 'call me' })).status).toBe(422)
    expect(await rows()).toEqual([])
    expect(house.bot.errors).toEqual([])
  })

  test('is forgotten half a year after the event', async () => {
    const number = await addEvent()
    await register(number, zheng)
    const timer = await house.store.db
      .selectFrom('timer')
      .select('due_at')
      .where('kind', '=', 'events.erase')
      .executeTakeFirstOrThrow()
    // 180 days after the end, 13 March 2026 at 16:00 in China.
    expect(timer.due_at).toBe('2026-09-09T08:00:00.000Z')
  })
})
