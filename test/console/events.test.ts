import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepListed } from '../../src/features/events/lists/keep-listed.ts'
import { createEvent, type EventDraft } from '../../src/features/events/making/keep-event.ts'
import { acceptPresses } from '../../src/features/events/presses/accept.ts'
import { lecture } from '../events/event-drafts.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import {
  addOrganisation,
  addPerson,
  type ConsoleHouse,
  enterConsole,
  idOf,
  openHouse,
} from './console-house.ts'

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
      await keepListed(trx, { store: house.store, kinds: { all: () => [], byName: () => null } }, event)
      return event.row.id
    })
  }

  test('stand on a list that is narrowed, in a month, and each on pages of its own', async () => {
    const { admin, root } = house
    const id = await addEvent(root)
    await addEvent(root, {
      ...{ title: '<b>焊接</b>培训', description: '上岗前的培训', questions: [] },
      startsAt: new Date('2026-03-31T20:00:00Z'),
      endsAt: new Date('2026-04-01T02:00:00Z'),
    })
    let page = await admin.open('/console/events')
    expect(page.html).toContain('aria-current="page"')
    expect(page.text).toContain('工业机器人应用讲座')
    expect(page.text).toContain('0 / 2')
    expect(page.html).not.toContain('<b>焊接')
    const found = async (words: string) => (await admin.open(`/console/events?q=${words}`)).text
    expect(await found('机器人')).toContain('工业机器人应用讲座')
    expect(await found('机器人')).not.toContain('焊接')
    // Words that do not stand side by side, and the number as somebody types it.
    expect(await found('讲座 机器人')).toContain('工业机器人应用讲座')
    expect(await found('hd2026 2')).toContain('焊接')
    expect(await found('，')).toContain('没有符合条件的活动')
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

  test('are made, published and called off by the forms of the chat', async () => {
    const { admin } = house
    let page = await admin.open('/console/events/new')
    const field = (name: string) =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(admin.page.html)?.[1] ?? ''
    const leave = (on: string, values: Record<string, string>, step = 'next') =>
      admin.submit(on, { draft: field('draft'), page: field('page'), step, ...values })
    await admin.submit('/console/events/new/press', {
      action: 'events.begin',
      value: JSON.stringify({ kind: 'lecture' }),
    })
    const form = '/console/events/new/form'
    const answers: Record<string, string> = {
      ...{ title: '激光焊接讲座', day: '2026-03-20', from: '14:00', until: '16:00', place: '三楼' },
    }
    for (let turns = 0; field('page') !== 'summary' && turns < 12; turns += 1) {
      const typed = [...admin.page.html.matchAll(/<(?:input|textarea|select) id="field-([\w-]+)"/g)]
      const held = (name: string) =>
        new RegExp(`id="field-${name}"[^>]*value="([^"]*)"`).exec(admin.page.html)?.[1] ??
        new RegExp(`id="field-${name}"[\\s\\S]*?<option value="([^"]*)" selected`).exec(
          admin.page.html,
        )?.[1] ??
        ''
      page = await leave(
        form,
        Object.fromEntries(typed.map(([, name = '']) => [name, answers[name] ?? held(name)])),
      )
    }
    page = await leave(form, {}, 'submit')
    expect(page.status).toBe(200)
    const made = await house.store.db.selectFrom('event_entry').selectAll().executeTakeFirstOrThrow()
    expect(made).toMatchObject({ title: '激光焊接讲座', state: 'draft' })
    const address = `/console/events/${made.id}`
    page = await admin.open(address)
    expect(page.html).toContain('events.publish')
    const press = (name: string) =>
      admin.submit(`${address}/press`, {
        action: `events.${name}`,
        value: JSON.stringify({ event: made.id, scope: 'one' }),
      })
    await press('publish')
    expect((await admin.open(address)).text).toContain('报名中')
    for (const action of ['events.announce', 'events.write'])
      expect(admin.page.html.split(`value="${action}"`)).toHaveLength(2)
    await press('call-off')
    await leave(`${address}/form`, { reason: '场地检修' })
    await leave(`${address}/form`, {}, 'submit')
    expect((await admin.open(address)).text).toContain('活动已取消。原因：场地检修')
  })

  test('whose requests wait are approved and declined together, by whoever may', async () => {
    const { admin, root } = house
    const id = await addEvent(root, { mode: 'approval', capacity: 2 })
    const people: string[] = []
    for (const name of ['张三', '李四', '王五']) {
      people.push(await addPerson(house, { name, role: 'staff', organisation: root }))
    }
    await house.store.transaction((trx) =>
      acceptPresses(
        trx,
        people.map((person) => ({
          key: person,
          event: id,
          press: {
            deed: { type: 'register', guests: 0, answers: null },
            who: { type: 'person', person },
            by: { account: null, person },
            ...{ team: null, language: 'zh-CN', reply: null },
          },
        })),
        house.time.now,
      ),
    )
    const states = async () => {
      const rows = await house.store.db
        .selectFrom('event_registration')
        .select(['name', 'state'])
        .orderBy('seq')
        .execute()
      return rows.map(({ name, state }) => `${name} ${state}`)
    }
    await expect
      .poll(states, { timeout: 10_000 })
      .toEqual(['张三 requested', '李四 requested', '王五 requested'])
    const address = `/console/events/${id}/registrations`
    await admin.open(address)
    const ids = [...admin.page.html.matchAll(/name="chosen\[\]" value="([^"]+)"/g)].map(([, one]) => one!)
    expect(ids).toHaveLength(3)
    const decide = (chosen: readonly string[], decision: string, reason = '') => {
      const form = new FormData()
      for (const one of chosen) form.append('chosen[]', one)
      form.set('decision', decision)
      form.set('reason', reason)
      return admin.submit(address, form)
    }
    expect((await decide([], 'approve')).text).toContain('请先勾选人员')
    expect((await decide(ids, 'decline')).text).toContain('请填写说明')
    expect((await decide(ids.slice(0, 2), 'approve')).text).toContain('已办理 2 人')
    expect((await decide(ids.slice(2), 'decline', '名额已满')).text).toContain('已办理 1 人')
    expect(await states()).toEqual(['张三 confirmed', '李四 confirmed', '王五 declined'])
    expect((await admin.open(`${address}?state=declined`)).text).not.toContain('张三')
    expect((await admin.open(`${address}?q=李`)).text).toContain('李四')
    const history = (await admin.open(`/console/events/${id}/history`)).text
    expect(history).toContain('待审核 → 报名成功')
    expect(history).toContain('说明：名额已满')
    expect((await admin.open(`/console/events/${id}`)).text).toContain('一般名额')

    const leader = await enterConsole(house, { name: '何总', role: 'leader', organisation: root })
    await leader.open(address)
    expect(leader.page.html).not.toContain('chosen[]')
    const forged = await leader.submit(address, { decision: 'cancel', reason: 'x', 'chosen[]': ids[0]! })
    expect(forged.status).toBe(403)
    expect(await states()).toContain('张三 confirmed')
  })
})
