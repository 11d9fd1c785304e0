import ICAL from 'ical.js'
import { afterEach, expect, test } from 'vitest'
import type { FileBlock } from '../../src/chat/card.ts'
import { registrationOfLink } from '../../src/features/events/calendar-entries/calendar-link.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { type EventsHouse, openEventsHouse } from './events-house.ts'
import { change, pressAll } from './registering-people.ts'

/** What stands in a file, as another program reads it. */
function read({ name, mediaType, text }: FileBlock) {
  expect(mediaType).toBe('text/calendar')
  expect(name).toMatch(/^HD-2026-\d{4}\.ics$/)
  const calendar = new ICAL.Component(ICAL.parse(text))
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, sequence, startDate, location } = new ICAL.Event(component)
    return {
      method: calendar.getFirstPropertyValue('method'),
      uid,
      sequence: Number(sequence),
      begins: startDate.toJSDate().toISOString(),
      location,
    }
  })
}

describeEachDatabase('the calendars of registrants', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('get a file and an entry with the confirmation, and nothing before it', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 1 })
    await pressAll(house, event, ['张三', '陈晨'])
    expect(house.filesOf('张三').map(read)).toEqual([
      [
        {
          ...{ method: 'PUBLISH', uid: `${event.row.id}@kexie`, sequence: 0 },
          ...{ begins: '2026-03-13T06:00:00.000Z', location: '三楼报告厅' },
        },
      ],
    ])
    expect(house.calendarOf('张三')).toMatchObject([
      {
        ...{ title: '工业机器人应用讲座', place: '三楼报告厅', timeZone: 'Asia/Shanghai', cancelled: false },
        ...{ startsAt: '2026-03-13T06:00:00.000Z', endsAt: '2026-03-13T08:00:00.000Z' },
      },
    ])
    expect([house.filesOf('陈晨'), house.calendarOf('陈晨')]).toEqual([[], []])
  })

  test('are told that somebody comes no more, and comes again: each time by a higher SEQUENCE', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await pressAll(house, event, ['张三'])
    await pressAll(house, event, ['张三'], { type: 'cancel' })
    expect(house.calendarOf('张三')).toMatchObject([{ cancelled: true }])
    await pressAll(house, event, ['张三'])
    expect(house.filesOf('张三').flatMap(read)).toMatchObject([
      { method: 'PUBLISH', sequence: 0 },
      { method: 'CANCEL', sequence: 1 },
      { method: 'PUBLISH', sequence: 2 },
    ])
    expect(
      new Set(
        house
          .filesOf('张三')
          .flatMap(read)
          .map(({ uid }) => uid),
      ).size,
    ).toBe(1)
    expect(house.calendarOf('张三')).toMatchObject([{ cancelled: true }, { cancelled: false }])
  })

  test('follow the event when it is moved and when it is called off, once each', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 5 })
    await pressAll(house, event, ['张三', '陈晨', '孙工'])
    await pressAll(house, event, ['孙工'], { type: 'cancel' })
    const moved = {
      starts_at: '2026-03-14T01:00:00.000Z',
      ends_at: '2026-03-14T03:00:00.000Z',
      place: '二楼会议室',
    }
    await change(house, event, moved)
    await house.settle()
    for (const name of ['张三', '陈晨']) {
      expect(house.filesOf(name).flatMap(read)).toMatchObject([
        { sequence: 0 },
        { method: 'PUBLISH', sequence: 1, begins: moved.starts_at, location: '二楼会议室' },
      ])
      expect(house.calendarOf(name)).toMatchObject([
        { startsAt: moved.starts_at, place: '二楼会议室', cancelled: false },
      ])
    }
    await change(house, event, { state: 'cancelled', reason: '场地停电' })
    expect(house.filesOf('张三').flatMap(read).at(-1)).toMatchObject({ method: 'CANCEL', sequence: 2 })
    expect(house.calendarOf('张三')).toMatchObject([{ cancelled: true }])
    // Of whoever had gone nothing more is said.
    expect(house.filesOf('孙工')).toHaveLength(2)
  })

  test('are told of the tenth change as of the first', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 5 })
    await pressAll(house, event, ['张三'])
    for (let at = 1; at <= 11; at += 1) await change(house, event, { place: `第 ${at} 会议室` })
    expect(house.filesOf('张三').flatMap(read).at(-1)).toMatchObject({
      sequence: 11,
      location: '第 11 会议室',
    })
  })

  test('learn of more people than one transaction takes', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({
      capacity: null,
      audience: { organisations: [], roles: [], public: true },
    })
    const guests = Array.from({ length: 120 }, (_, at) => `客人${at}`)
    await pressAll(house, event, guests)
    await change(house, event, { place: '体育馆' })
    for (const name of guests) expect(house.calendarOf(name)).toMatchObject([{ place: '体育馆' }])
  })

  test('hold all dates of a series that shares its registrations, also one that is added later', async () => {
    house = await openEventsHouse(open)
    const first = await house.event({ title: '第一讲' })
    const shares = { registersWith: first.row.id, capacity: null }
    await house.event({
      ...{ ...shares, title: '第二讲' },
      ...{ startsAt: new Date('2026-03-20T06:00:00Z'), endsAt: new Date('2026-03-20T08:00:00Z') },
    })
    await pressAll(house, first, ['张三'])
    expect(house.filesOf('张三').map((file) => read(file).map(({ begins }) => begins))).toEqual([
      ['2026-03-13T06:00:00.000Z', '2026-03-20T06:00:00.000Z'],
    ])
    const third = await house.event({
      ...{ ...shares, title: '第三讲' },
      ...{ startsAt: new Date('2026-03-27T06:00:00Z'), endsAt: new Date('2026-03-27T08:00:00Z') },
    })
    await change(house, third)
    expect(house.calendarOf('张三').map(({ title }) => title)).toEqual(['第一讲', '第二讲', '第三讲'])
  })

  test('are left as they are once the event is over', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await pressAll(house, event, ['张三'])
    house.time.now = new Date('2026-03-13T09:00:00Z')
    await change(house, event, { place: '别处' })
    expect(house.filesOf('张三')).toHaveLength(1)
  })

  test('find the registration by the link of the file, and by no other', async () => {
    house = await openEventsHouse(open)
    const event = await house.event()
    await pressAll(house, event, ['张三', '陈晨'])
    const [mine, other] = ['张三', '陈晨'].map((name) => house.filesOf(name)[0]!.url)
    const token = /^http:\/\/bot\.example\/calendar\/([\w-]+)\.([\w-]+)\.ics$/.exec(mine!)!
    const find = (text: string) => registrationOfLink(house.store.db, text)
    expect(await find(`${token[1]}.${token[2]}`)).toMatchObject({
      event: { row: { id: event.row.id } },
      registration: { name: '张三' },
    })
    const others = /\/calendar\/([\w-]+)\.([\w-]+)\.ics$/.exec(other!)!
    for (const wrong of [`${token[1]}.${others[2]}`, `${token[1]}`, `x.${token[2]}`, '', '../x']) {
      expect(await find(wrong)).toBeNull()
    }
  })
})
