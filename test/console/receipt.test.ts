import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEvent, type EventDraft } from '../../src/features/events/making/keep-event.ts'
import { publishAll } from '../../src/features/events/making/publish.ts'
import { openEvents } from '../../src/features/events/open-events.ts'
import type { Event } from '../../src/features/events/records.ts'
import { createSealer } from '../../src/seal/sealer.ts'
import { testDataKey } from '../bot/running-bot.ts'
import { lecture } from '../events/event-drafts.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { ConsoleBrowser } from './console-browser.ts'
import { type ConsoleHouse, idOf, openHouse } from './console-house.ts'

const audience = { organisations: [], roles: [], public: true }
const zheng = { name: '郑不语', unit: '红星小学', telephone: '139 5550 1234', consent: 'yes' }
const quiet = { info() {}, warn() {}, error() {} }

describeEachDatabase('the receipt page of an event', (open) => {
  let house: ConsoleHouse
  let browser: ConsoleBrowser
  const clock = () => house?.time.now ?? new Date('2026-03-02T01:00:00Z')
  beforeEach(async () => {
    house = await openHouse(() => open({ clock, databaseClock: clock }))
    browser = new ConsoleBrowser(house.bot.address)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  async function publish(drafts: Partial<EventDraft>[]): Promise<Event[]> {
    const { store, blobs, time, root } = house
    const sealer = createSealer(Buffer.from(testDataKey, 'base64'))
    const shared = { store, blobs, sealer, publicUrl: () => house.bot.address, wakeWorkers() {} }
    const { context } = await openEvents(
      { ...shared, consoleLink: async () => null },
      'knowledge/events',
      quiet,
    )
    const by = await idOf(store, 'person', '周建国')
    return store.transaction(async (trx) => {
      const made: Event[] = []
      for (const changed of drafts) {
        const registersWith = changed.series ? (made[0]?.row.id ?? null) : null
        const draft = lecture(root, { audience, capacity: 9, ...changed, registersWith })
        made.push(await createEvent(trx, draft, { by, now: time.now }))
      }
      return publishAll(trx, context, made, time.now)
    })
  }

  /** Somebody registers; gives the code. */
  async function register(number: string): Promise<string> {
    const { html } = await browser.open(`/e/${number}`)
    const once = /name="once" value="([^"]*)"/.exec(html)![1]!
    const done = await browser.submit(`/e/${number}`, { once, ...zheng })
    return /<strong>([A-Z2-9]{8})<\/strong>/.exec(done.html)![1]!
  }

  const follow = (number: string, code: string, fields: Record<string, string> = {}) =>
    browser.submit(`/e/${number}/registration`, { code, ...fields })

  test('shows the seats as they are with the registration, and the file for the calendar', async () => {
    const [event] = await publish([{}])
    const { number } = event!.row
    const code = await register(number)
    expect(browser.page.text).toContain('还剩 8 个名额')
    const path = /href="(\/calendar\/[^"]*)"/.exec((await follow(number, code)).html)![1]!
    const file = await browser.open(path)
    expect(file.headers.get('content-type')).toContain('text/calendar')
    expect(file.html).toContain('BEGIN:VEVENT')
  })

  test('has each date of a series that shares registrations, with a code of its own', async () => {
    const series = randomUUID()
    await house.store.transaction((trx) =>
      trx
        .insertInto('event_series')
        .values({ id: series, title: '科学课', created_at: clock().toISOString() })
        .execute(),
    )
    const day = (date: number) => ({
      startsAt: new Date(Date.UTC(2026, 2, date, 6)),
      endsAt: new Date(Date.UTC(2026, 2, date, 8)),
    })
    const [, second] = await publish([{ series }, { series, ...day(20) }, { series, ...day(27) }])
    const code = await register(second!.row.number)
    const { html, text } = await follow(second!.row.number, code)
    const codes = [...html.matchAll(/href="(\/c\/K1[^"]*)"/g)].map(([, path]) => path!)
    expect(new Set(codes).size).toBe(3)
    for (const date of ['3月13日', '3月20日', '3月27日']) expect(text).toContain(date)
    expect((await browser.open(codes[1]!)).text).toContain('3月20日')
  })

  test('asks the organisers once the deadline is past, and offers nothing that would be refused', async () => {
    const [event] = await publish([{}])
    const { number, id } = event!.row
    const code = await register(number)
    expect((await follow(number, code)).html).toContain('value="cancel"')
    house.time.now = new Date('2026-03-12T10:00:00Z')
    const late = await follow(number, code)
    expect(late.html).not.toContain('value="cancel"')
    const typed = { do: 'ask-to-leave' }
    expect((await follow(number, code, { ...typed, reason: '' })).text).toContain('请填写原因')
    const long = await follow(number, code, { ...typed, reason: '病'.repeat(501) })
    expect(long.status).toBe(422)
    expect(long.html).toContain('病'.repeat(501))
    expect((await follow(number, code, { ...typed, reason: '学校停课' })).text).toContain('取消申请已提交')
    const again = await follow(number, code)
    expect(again.text).toContain('已申请取消')
    expect(again.html).not.toContain('value="ask-to-leave"')
    const row = await house.store.db
      .selectFrom('event_registration')
      .select(['state', 'asked_to_leave_at'])
      .where('event', '=', id)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ state: 'confirmed', asked_to_leave_at: '2026-03-12T10:00:00.000Z' })
  })

  test('thanks whoever was there, hands out what there is, and asks once how it was', async () => {
    const [event] = await publish([{}])
    const { number, id } = event!.row
    const code = await register(number)
    const { db } = house.store
    const registration = await db.selectFrom('event_registration').select('id').executeTakeFirstOrThrow()
    const there = { event: id, registration: registration.id, how: 'by-hand' as const, by: null }
    const file = { id: randomUUID(), event: id, name: '讲义.pdf', type: 'application/pdf', size: 4 }
    const blob = await house.blobs.put(new TextEncoder().encode('讲义'))
    const by = await idOf(house.store, 'person', '周建国')
    await house.store.transaction(async (trx) => {
      const at = clock().toISOString()
      await trx
        .insertInto('event_check_in')
        .values({ ...there, at })
        .execute()
      const kept = { ...file, blob, by, at, sent_at: null }
      await trx.insertInto('event_material').values(kept).execute()
    })
    expect((await follow(number, code)).text).toContain('已签到')
    expect(browser.page.text).not.toContain('感谢您参加')
    house.time.now = new Date('2026-03-13T08:01:00Z')
    await expect
      .poll(async () => (await follow(number, code)).text, { timeout: 10_000 })
      .toContain('感谢您参加“工业机器人应用讲座”')
    expect(browser.page.html).not.toMatch(/value="(cancel|ask-to-leave)"/)
    expect(browser.page.text).toContain('讲义.pdf')
    const path = /href="(\/c\/m\/[^"]*)"/.exec(browser.page.html)![1]!
    expect((await browser.open(path)).html).toBe('讲义')
    const rate = (rating: string, comment: string) => follow(number, code, { do: 'rate', rating, comment })
    const unrated = await rate('9', '讲得<b>好</b>')
    expect(unrated.status).toBe(422)
    expect(unrated.html).toContain('讲得&lt;b&gt;好')
    expect((await rate('5', '讲得好')).text).toContain('已收到您的评价')
    expect((await rate('1', '')).text).toContain('您已评价过')
    expect(await db.selectFrom('event_feedback').select(['rating', 'comment', 'signed']).execute()).toEqual([
      { rating: 5, comment: '讲得好', signed: 0 },
    ])
    expect((await follow(number, code, { do: 'erase', sure: 'yes' })).text).toContain('您的信息已删除')
    expect((await follow(number, code)).status).toBe(404)
  })
})
