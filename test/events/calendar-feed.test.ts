import ICAL from 'ical.js'
import { afterEach, expect, test } from 'vitest'
import { createCalendarFiles } from '../../src/console/events/calendar-files.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { type EventsHouse, openEventsHouse } from './events-house.ts'
import { change, pressAll } from './registering-people.ts'

/** Events in a file, each with whether it takes place. */
function read(text: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return calendar
    .getAllSubcomponents('vevent')
    .map((event) => `${event.getFirstPropertyValue('summary')} ${event.getFirstPropertyValue('status')}`)
}

describeEachDatabase('links to calendars', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** What a calendar program gets that knows nothing but the link. */
  async function fetchFile(url: string) {
    const pages = createCalendarFiles({
      ...{ events: house.context, clock: () => house.time.now, trustProxy: () => false },
    })
    const { pathname } = new URL(url)
    const incoming = { socket: { remoteAddress: '192.0.2.1' } }
    const response = await pages.request(pathname, {}, { incoming })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  /** The link in what is said to 订阅日历. */
  async function subscribe(user: string): Promise<string> {
    const [card] = await house.type(user, '订阅日历')
    const link = card!.blocks.find((block) => block.type === 'link')
    if (!link) throw new Error(JSON.stringify(card))
    return link.url
  }

  test('give all that somebody is registered for, as it changes, and nothing of others', async () => {
    house = await openEventsHouse(open)
    const url = await subscribe('张三')
    expect(read((await fetchFile(url)).text)).toEqual([])
    const lecture = await house.event()
    const forum = await house.event({ title: '青年学术论坛' })
    const others = await house.event({ title: '别人的活动' })
    await pressAll(house, lecture, ['张三'])
    await pressAll(house, forum, ['张三'])
    await pressAll(house, others, ['陈晨'])
    const { status, headers, text } = await fetchFile(url)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(read(text).sort()).toEqual(['工业机器人应用讲座 CONFIRMED', '青年学术论坛 CONFIRMED'])
    await pressAll(house, forum, ['张三'], { type: 'cancel' })
    await change(house, lecture, { title: '焊接机器人讲座' })
    expect(read((await fetchFile(url)).text).sort()).toEqual([
      '焊接机器人讲座 CONFIRMED',
      '青年学术论坛 CANCELLED',
    ])
  })

  test('hold until another is asked for, or they are ended', async () => {
    house = await openEventsHouse(open)
    const first = await subscribe('张三')
    const second = await subscribe('张三')
    expect((await fetchFile(first)).status).toBe(404)
    expect((await fetchFile(second)).status).toBe(200)
    await house.type('张三', '停止订阅日历')
    expect((await fetchFile(second)).status).toBe(404)
    expect(JSON.stringify(await house.type('张三', '停止订阅日历'))).toContain('没有订阅')
    const kept = await house.store.db.selectFrom('event_calendar_feed').selectAll().execute()
    expect(kept).toEqual([])
  })

  test('are told alone in a group, and not to whoever is no person of the house', async () => {
    house = await openEventsHouse(open)
    const group = { platform: 'chat', installation: 't', chat: '职工群', thread: '' }
    await house.type('张三', '订阅日历', { conversation: group, group: true })
    expect(JSON.stringify(house.cardsIn(group))).not.toContain('/calendar/')
    expect(JSON.stringify(house.cardsOf('张三'))).toContain('http://bot.example/calendar/')
    expect(JSON.stringify(await house.type('过客', '订阅日历'))).toContain('请先登录')
  })

  test('of one registration give its file as it is; altered ones give nothing', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await pressAll(house, event, ['张三'])
    const [{ url } = { url: '' }] = house.filesOf('张三')
    expect(read((await fetchFile(url)).text)).toEqual(['工业机器人应用讲座 CONFIRMED'])
    await change(house, event, { state: 'cancelled' })
    const { text, headers } = await fetchFile(url)
    expect(read(text)).toEqual(['工业机器人应用讲座 CANCELLED'])
    expect(headers.get('content-disposition')).toBe('attachment; filename="HD-2026-0001.ics"')
    for (const wrong of [
      url.replace(/.\.ics$/, '.ics'),
      'http://x/calendar/x.ics',
      'http://x/calendar/%00.ics',
    ]) {
      expect((await fetchFile(wrong)).status).toBe(404)
    }
  })
})
