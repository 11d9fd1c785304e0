import { afterEach, expect, test } from 'vitest'
import { listEvents } from '../../src/features/events/lists/list-events.ts'
import { listRegistrations, registrationFigures } from '../../src/features/events/lists/list-registrations.ts'
import { ownRegistrations } from '../../src/features/events/lists/own-registrations.ts'
import { searchEvents } from '../../src/features/events/lists/search-events.ts'
import type { Asker } from '../../src/features/events/lists/visible.ts'
import type { Event, RegistrationRow } from '../../src/features/events/records.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, type EventsHouse, openEventsHouse } from './events-house.ts'
import { registered } from './registered.ts'

describeEachDatabase('lists of events', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const as = (name: string): Asker => ({ person: house.people[name]!, account: accountOf(name) })
  const guest: Asker = { person: null, account: accountOf('客人') }
  const titles = async (asker: Asker, filters: Parameters<typeof listEvents>[3] = {}) =>
    (await listEvents(house.store.db, house.context, asker, filters, { size: 50 })).events.map(
      ({ event }) => event.row.title,
    )
  const only = (organisation: string) => ({ organisations: [organisation], roles: [], public: false })

  let seq = 0
  const register = (event: Event, name: string, changed: Partial<RegistrationRow> = {}) => {
    seq += 1
    return registered(house, event, name, { seq, ...changed })
  }

  test('show what somebody may see, and nothing else', async () => {
    house = await openEventsHouse(open)
    const { branch, other } = house.people
    await house.event({ title: '全体' })
    await house.event({ title: '公众', audience: { organisations: [], roles: [], public: true } })
    await house.event({ title: '一分公司的', audience: only(branch!) })
    const theirs = await house.event({ title: '二分公司的', organisation: other!, audience: only(other!) })
    await house.event({ title: '联络员的', audience: { ...only(branch!), roles: ['liaison'] } })

    expect((await titles(as('孙工'))).sort()).toEqual(['一分公司的', '全体', '公众'].sort())
    expect((await titles(as('外人'))).sort()).toEqual(['二分公司的', '全体', '公众'].sort())
    expect(await titles(as('李梅'))).toContain('联络员的')
    expect(await titles(as('李梅'))).not.toContain('二分公司的')
    expect(await titles(guest)).toEqual(['公众'])
    // Cadres of the group oversee all below it.
    expect(await titles(as('吴主席'))).toHaveLength(5)
    expect(await titles('house')).toHaveLength(5)

    // Whoever is registered sees it, though it is for others; and a guest by their account.
    await register(theirs, '孙工')
    await register(theirs, '客人')
    expect(await titles(as('孙工'))).toContain('二分公司的')
    expect((await titles(guest)).sort()).toEqual(['二分公司的', '公众'].sort())
  })

  test('a draft is for those who manage it, and what is cancelled or over is not to come', async () => {
    house = await openEventsHouse(open)
    const { row } = await house.event({ title: '讲座' })
    const put = (state: 'draft' | 'cancelled') =>
      house.store.transaction((trx) =>
        trx.updateTable('event_entry').set({ state }).where('id', '=', row.id).execute(),
      )
    await put('draft')
    expect(await titles(as('张三'), { when: 'all' })).toEqual([])
    expect(await titles(as('吴主席'), { when: 'all' })).toEqual(['讲座'])
    await put('cancelled')
    expect(await titles(as('张三'))).toEqual([])
    expect(await titles(as('张三'), { when: 'all' })).toEqual(['讲座'])
    expect(await titles(as('王强'), { when: 'all', may: 'event.manage' })).toEqual([])
    expect(await titles(as('吴主席'), { when: 'all', may: 'event.manage' })).toEqual(['讲座'])
  })

  test('pages meet without a gap, whatever is at the same time', async () => {
    house = await openEventsHouse(open)
    for (let i = 0; i < 7; i += 1) await house.event({ title: `讲座${i}` })
    const seen: string[] = []
    let after: string | undefined
    for (let pages = 0; pages < 4; pages += 1) {
      const page = await listEvents(
        house.store.db,
        house.context,
        as('张三'),
        {},
        { size: 3, ...(after ? { after } : {}) },
      )
      seen.push(...page.events.map(({ event }) => event.row.title))
      if (page.next === null) break
      after = page.next
    }
    expect(seen.toSorted()).toEqual(['讲座0', '讲座1', '讲座2', '讲座3', '讲座4', '讲座5', '讲座6'])
    await expect(
      listEvents(house.store.db, house.context, as('张三'), {}, { size: 3, after: "' or 1=1" }),
    ).rejects.toThrow('events:no-page')
  })

  test('words find what is to come before what was, and only what may be seen', async () => {
    house = await openEventsHouse(open)
    await house.event({ title: '机器人讲座', description: '' })
    const old = { startsAt: new Date('2026-02-02T06:00:00Z'), endsAt: new Date('2026-02-02T08:00:00Z') }
    await house.event({ title: '机器人培训', description: '', ...old })
    await house.event({ title: '机器人闭门会', audience: only(house.people.other!) })
    const found = async (text: string, size = 10) => {
      const page = await searchEvents(house.store.db, house.context, as('张三'), text, { size })
      return page.events.map(({ event }) => event.row.title)
    }
    expect(await found('机器人')).toEqual(['机器人讲座', '机器人培训'])
    expect(await found('培训 机器人')).toEqual(['机器人培训'])
    expect(await found('HD-2026-0002')).toEqual(['机器人培训'])
    expect(await found('HD-2026-0003')).toEqual([])
    expect(await found('！？')).toEqual([])

    const first = await searchEvents(house.store.db, house.context, as('张三'), '机器人', { size: 1 })
    const second = await searchEvents(house.store.db, house.context, as('张三'), '机器人', {
      size: 1,
      after: first.next!,
    })
    expect([...first.events, ...second.events].map(({ event }) => event.row.title)).toEqual([
      '机器人讲座',
      '机器人培训',
    ])
    expect(second.next).toBeNull()
  })

  test('who registered, page by page, with who was there and the numbers', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    const there = await register(event, '张三')
    await register(event, '陈晨', { guests: 2 })
    await register(event, '孙工', { state: 'waiting', priority: 1 })
    await register(event, '外人', { state: 'waiting', priority: 5 })
    await house.store.transaction((trx) =>
      trx
        .insertInto('event_check_in')
        .values({
          event: event.row.id,
          registration: there.id,
          how: 'by-hand',
          by: null,
          at: there.created_at,
        })
        .execute(),
    )
    const { db } = house.store
    const first = await listRegistrations(db, event, {}, { size: 3 })
    const second = await listRegistrations(db, event, {}, { size: 3, after: first.next! })
    expect([...first.registrations, ...second.registrations].map(({ row }) => row.name)).toEqual([
      '张三',
      '陈晨',
      '孙工',
      '外人',
    ])
    expect(first.registrations[0]).toMatchObject({ organisation: '一分公司', checkIn: { how: 'by-hand' } })
    const absent = await listRegistrations(
      db,
      event,
      { states: ['confirmed'], checkedIn: false },
      { size: 9 },
    )
    expect(absent.registrations.map(({ row }) => row.name)).toEqual(['陈晨'])
    const queue = await listRegistrations(db, event, { states: ['waiting'], byPriority: true }, { size: 9 })
    expect(queue.registrations.map(({ row }) => row.name)).toEqual(['外人', '孙工'])
    expect(await registrationFigures(db, event)).toEqual({
      byState: {
        confirmed: { registrations: 2, guests: 2 },
        waiting: { registrations: 2, guests: 0 },
      },
      checkedIn: 1,
      toConfirmAgain: 0,
    })
  })

  test('one’s own, the next first, each event of a series that shares its registrations', async () => {
    house = await openEventsHouse(open)
    const lead = await house.event({ title: '第一讲' })
    const later = { startsAt: new Date('2026-03-20T06:00:00Z'), endsAt: new Date('2026-03-20T08:00:00Z') }
    await house.event({ title: '第二讲', registersWith: lead.row.id, ...later })
    await house.event({ title: '别的' })
    await register(lead, '张三')
    const whose = { person: house.people.张三!, account: null }
    const { now } = house.time
    const own = async (filters = {}, at = now) =>
      (await ownRegistrations(house.store.db, whose, filters, { size: 9, now: at })).own.map(
        ({ event }) => event.row.title,
      )
    expect(await own()).toEqual(['第一讲', '第二讲'])
    expect(await own({}, new Date('2026-03-14T00:00:00Z'))).toEqual(['第二讲'])
    expect(await own({ when: 'past' }, new Date('2026-03-14T00:00:00Z'))).toEqual(['第一讲'])
    expect(await own({ toConfirmAgain: true })).toEqual([])
    const first = await ownRegistrations(house.store.db, whose, {}, { size: 1, now })
    const next = await ownRegistrations(house.store.db, whose, {}, { size: 1, now, after: first.next! })
    expect(next.own.map(({ event }) => event.row.title)).toEqual(['第二讲'])
  })
})
