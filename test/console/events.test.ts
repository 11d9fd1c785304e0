import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEvent, type EventDraft } from '../../src/features/events/making/keep-event.ts'
import { lecture } from '../events/event-drafts.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, idOf, openHouse } from './console-house.ts'

describeEachDatabase('events in the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  async function addEvent(organisation: string, changed: Partial<EventDraft> = {}): Promise<string> {
    const by = await idOf(house.store, 'person', '周建国')
    return house.store.transaction(async (trx) => {
      const event = await createEvent(trx, lecture(organisation, changed), { by, now: house.time.now })
      await trx
        .updateTable('event_entry')
        .set({ state: 'published' })
        .where('id', '=', event.row.id)
        .execute()
      return event.row.id
    })
  }

  test('stand on a list that is narrowed, in a month, and each on pages of its own', async () => {
    const { admin, root } = house
    const id = await addEvent(root)
    await addEvent(root, {
      title: '<b>焊接</b>培训',
      startsAt: new Date('2026-03-31T20:00:00Z'),
      endsAt: new Date('2026-04-01T02:00:00Z'),
    })
    let page = await admin.open('/console/events')
    expect(page.html).toContain('aria-current="page"')
    expect(page.text).toContain('工业机器人应用讲座')
    expect(page.text).toContain('0 / 2')
    expect(page.html).not.toContain('<b>焊接')
    expect((await admin.open('/console/events?q=机器人')).text).not.toContain('焊接')
    expect((await admin.open('/console/events?when=past')).text).toContain('没有符合条件的活动')
    page = await admin.open('/console/events/month?month=2026-03')
    expect(page.text).toContain('2026年3月')
    expect(page.html).toMatch(/datetime="2026-03-13">[\s\S]{0,300}工业机器人应用讲座/)
    // A night over in China: it begins on the first of April there.
    expect(page.html).toMatch(/datetime="2026-04-01">[\s\S]{0,300}焊接/)
    expect(page.html).not.toMatch(/datetime="2026-03-31">[\s\S]{0,200}焊接/)
    for (const tab of ['', '/registrations', '/waiting', '/attendance', '/messages', '/history']) {
      const { text, html, status } = await admin.open(`/console/events/${id}${tab}`)
      expect(status).toBe(200)
      expect(text).toContain('HD-2026-0001')
      expect(html).not.toMatch(/event-pages:|events:|undefined/)
    }
    expect((await admin.open('/console/events/nothing')).status).toBe(404)
  })

  test('are seen where somebody may, and no further', async () => {
    const { root } = house
    const branch = await addOrganisation(house, '一分公司')
    const other = await addOrganisation(house, '二分公司')
    const there = await addEvent(branch, { title: '一分公司的讲座' })
    const elsewhere = await addEvent(other, { title: '二分公司的讲座' })
    const liaison = await enterConsole(house, { name: '李梅', role: 'liaison', organisation: branch })
    const list = await liaison.open('/console/events')
    expect(list.text).toContain('一分公司的讲座')
    expect(list.text).not.toContain('二分公司的讲座')
    expect((await liaison.open(`/console/events/${there}`)).status).toBe(200)
    expect((await liaison.open(`/console/events/${elsewhere}`)).status).toBe(404)
    expect((await liaison.open(`/console/events?organisation=${other}`)).status).toBe(404)
    const leader = await enterConsole(house, { name: '何总', role: 'leader', organisation: root })
    const page = await leader.open(`/console/events/${there}`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('目前没有可办理的')
    expect(page.text).not.toContain('取消活动')
  })
})
