import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { personalCode } from '../../src/features/events/check-in/personal-code.ts'
import { createEvent } from '../../src/features/events/making/keep-event.ts'
import type { Event } from '../../src/features/events/records.ts'
import { lecture } from '../events/event-drafts.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import type { ConsoleBrowser } from './console-browser.ts'
import { addOrganisation, addPerson, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

describeEachDatabase('the pages of check-in', (open) => {
  let house: ConsoleHouse
  let cadre: ConsoleBrowser
  let event: Event
  let registration: string
  let person: string

  beforeEach(async () => {
    house = await openHouse(open)
    const { root, store, time } = house
    cadre = await enterConsole(house, { name: '吴主席', role: 'cadre', organisation: root })
    person = await addPerson(house, { name: '张三', role: 'staff', organisation: root })
    const at = (minutes: number) => new Date(time.now.getTime() + minutes * 60_000)
    const times = { startsAt: at(30), endsAt: at(150), closesAt: at(0), cancelUntil: at(0), hours: 2 }
    registration = randomUUID()
    event = await store.transaction(async (trx) => {
      const made = await createEvent(trx, lecture(root, times), { by: person, now: time.now })
      const published = { state: 'published' as const }
      await trx.updateTable('event_entry').set(published).where('id', '=', made.row.id).execute()
      const moment = time.now.toISOString()
      await trx
        .insertInto('event_registration')
        .values({
          ...{ id: registration, event: made.row.id, seq: 1, person, account: null, organisation: root },
          ...{ name: '张三', contact: null, state: 'confirmed', pool: '', guests: 0, answers: '{}' },
          ...{ priority: 0, team: null, registered_by: null, offer_until: null, arrangement: 0 },
          ...{ asked_to_leave_at: null, receipt_hash: null, language: 'zh-CN' },
          ...{ created_at: moment, changed_at: moment },
        })
        .execute()
      return { ...made, row: { ...made.row, ...published } }
    })
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  const page = (rest = '') => `/console/events/${event.row.id}/check-in${rest}`
  const there = () => house.store.db.selectFrom('event_check_in').selectAll().execute()

  test('work without a script: a name or a code at a time', async () => {
    await cadre.open(page())
    expect((await cadre.submit(page(), { code: '张三' })).text).toContain('张三已签到')
    expect((await cadre.submit(page(), { code: personalCode(event.row, registration) })).text).toContain(
      '此前已签到',
    )
    expect((await cadre.submit(page(), { code: '赵六' })).text).toContain('没有“赵六”')
    expect(await there()).toHaveLength(1)
  })

  test('are closed to other units, and what a page of ours does not send is refused', async () => {
    const branch = await addOrganisation(house, '一分公司')
    const other = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
    for (const path of ['', '/list', '/state', '/screen', '/after']) {
      expect([path, (await other.open(page(path))).status]).toEqual([path, 404])
    }
    await cadre.open(page())
    expect((await cadre.submit(page('/entries'), { entries: '{', token: '' })).status).toBe(400)
    expect((await cadre.submit(page('/entries'), { entries: '[]', token: 'a.b' })).text).toContain(
      '名单已失效',
    )
    expect((await cadre.submit(page('/entries'), { csrf: 'x', entries: '[]', token: '' })).status).toBe(403)
    expect(await there()).toEqual([])
  })

  test('the switch for people at the door is kept', async () => {
    await cadre.open(page())
    const walkIns = () =>
      house.store.db.selectFrom('event_entry').select('walk_ins').executeTakeFirstOrThrow()
    expect((await cadre.submit(page('/walk-ins'), { 'walk-ins': 'yes' })).text).toContain('现场报名已开放')
    expect(await walkIns()).toEqual({ walk_ins: 1 })
    await cadre.submit(page('/walk-ins'), { 'walk-ins': 'no' })
    expect(await walkIns()).toEqual({ walk_ins: 0 })
  })

  test('afterwards files are handed in and hours corrected', async () => {
    await cadre.open(page())
    await cadre.submit(page(), { code: '张三' })
    await cadre.open(page('/after'))
    const form = new FormData()
    form.set('file', new File(['%PDF-1.7 abc'], '课件.pdf', { type: 'application/pdf' }))
    expect((await cadre.submit(page('/after/materials'), form)).text).toContain('课件.pdf')
    expect((await cadre.submit(page('/after/materials/send'))).text).toContain('活动还没有结束')
    await cadre.open(page('/after'))
    const { id = '' } = await house.store.db
      .selectFrom('event_material')
      .select('id')
      .executeTakeFirstOrThrow()
    expect((await cadre.submit(page('/after/materials/remove'), { material: id })).text).toContain(
      '还没有资料',
    )
    await cadre.submit(page('/after/hours'), { person, hours: '1.25' })
    const hours = () => house.store.db.selectFrom('event_hours').select(['person', 'hours']).execute()
    expect(await hours()).toEqual([{ person, hours: 1.25 }])
    await cadre.open(page('/after'))
    expect((await cadre.submit(page('/after/hours'), { person, hours: '' })).status).toBe(400)
    await cadre.open(page('/after'))
    expect((await cadre.submit(page('/after/hours'), { person: 'x', hours: '1' })).status).toBe(404)
    expect(await hours()).toEqual([{ person, hours: 1.25 }])
  })
})
