import fc from 'fast-check'
import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { type IcsEntry, icsOf } from './ics.ts'

const stamp = new Date('2026-03-01T00:00:00Z')

function entry(changed: Partial<IcsEntry> = {}): IcsEntry {
  return {
    event: '5f0f9a9e-6f51-4b4e-9b8b-1d8d1f3f0a11',
    sequence: 0,
    isOut: false,
    title: '工业机器人应用讲座',
    description: '介绍机器人焊接与上下料的应用。',
    place: '三楼报告厅',
    url: '',
    organisers: '华北重工科协',
    startsAt: new Date('2026-03-13T06:00:00Z'),
    endsAt: new Date('2026-03-13T08:00:00Z'),
    changedAt: stamp,
    alarms: [1440, 60],
    ...changed,
  }
}

/** As another program reads it. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as never)
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
  return { method: calendar.getFirstPropertyValue('method'), events }
}

test('another program reads what was meant', () => {
  const { method, events } = read(icsOf([entry({ url: 'https://meet.example/甲' })], 'file', stamp))
  expect(method).toBe('PUBLISH')
  const [event] = events
  expect(event).toMatchObject({
    uid: '5f0f9a9e-6f51-4b4e-9b8b-1d8d1f3f0a11@kexie',
    sequence: 0,
    summary: '工业机器人应用讲座',
    location: '三楼报告厅',
    description: '介绍机器人焊接与上下料的应用。',
  })
  expect(event!.startDate.toJSDate()).toEqual(new Date('2026-03-13T06:00:00Z'))
  expect(event!.endDate.toJSDate()).toEqual(new Date('2026-03-13T08:00:00Z'))
  const { component } = event!
  expect(component.getFirstPropertyValue('status')).toBe('CONFIRMED')
  expect(component.getFirstPropertyValue('url')).toBe('https://meet.example/%E7%94%B2')
  expect(component.getFirstProperty('organizer')!.getFirstParameter('cn')).toBe('华北重工科协')
  const alarms = component.getAllSubcomponents('valarm')
  expect(alarms.map((alarm) => String(alarm.getFirstPropertyValue('trigger')))).toEqual(['-P1D', '-PT1H'])
})

test('what is called off keeps its name, says so by the method, and reminds no more', () => {
  const { method, events } = read(icsOf([entry({ isOut: true, sequence: 4 })], 'file', stamp))
  expect(method).toBe('CANCEL')
  expect(events[0]).toMatchObject({ uid: '5f0f9a9e-6f51-4b4e-9b8b-1d8d1f3f0a11@kexie', sequence: 4 })
  expect(events[0]!.component.getFirstPropertyValue('status')).toBe('CANCELLED')
  expect(events[0]!.component.getAllSubcomponents('valarm')).toEqual([])
})

test('all dates of a series stand in one file; a feed is read again, and keeps what is out', () => {
  const entries = [entry(), entry({ event: 'b', isOut: true })]
  const { method, events } = read(icsOf(entries, 'feed', stamp))
  expect(method).toBe('PUBLISH')
  expect(events.map(({ uid }) => uid)).toEqual(['5f0f9a9e-6f51-4b4e-9b8b-1d8d1f3f0a11@kexie', 'b@kexie'])
  expect(icsOf(entries, 'feed', stamp)).toContain('REFRESH-INTERVAL')
  expect(icsOf([], 'feed', stamp)).toContain('METHOD:PUBLISH')
})

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc
    .array(fc.constantFrom(...'科协，；,;\\\n:"^\r\t\u0007\u{1f680}\ud800 END:VEVENT'), { maxLength: 300 })
    .map((parts) => parts.join('')),
)

/** What of a text a file may hold. */
const kept = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')

test('whatever is written, lines are at most 75 octets and all of it is read again', () => {
  fc.assert(
    fc.property(texts, texts, texts, texts, (title, description, place, organisers) => {
      const text = icsOf([entry({ title, description, place, organisers })], 'file', stamp)
      const lines = text.split('\r\n')
      for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      // No line ends otherwise, and no character is torn by a fold.
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
      expect(Buffer.from(text).toString()).toBe(text)
      const [event] = read(text).events
      expect(event!.summary ?? '').toBe(kept(title))
      expect(event!.description ?? '').toBe(kept(description))
      expect(event!.location ?? '').toBe(kept(place))
    }),
  )
})

test('an instant is the same whatever the zone in which it was meant, in the nights when clocks are put on and back too', () => {
  const zones = Intl.supportedValuesOf('timeZone')
  const moments = fc.date({
    min: new Date('2026-01-01T00:00:00Z'),
    max: new Date('2029-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  const turns = fc.constantFrom(
    '2026-03-29T00:59:00Z',
    '2026-03-29T01:00:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:30:00Z',
    '2026-03-08T07:00:00Z',
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.oneof(
        moments,
        turns.map((text) => new Date(text)),
      ),
      fc.integer({ min: 1, max: 72 * 60 }),
      (zone, moment, minutes) => {
        const begins = DateTime.fromJSDate(moment, { zone }).startOf('minute')
        const ends = begins.plus({ minutes })
        const text = icsOf([entry({ startsAt: begins.toJSDate(), endsAt: ends.toJSDate() })], 'file', stamp)
        const [event] = read(text).events
        expect(event!.startDate.toJSDate().getTime()).toBe(begins.toMillis())
        expect(event!.endDate.toJSDate().getTime()).toBe(ends.toMillis())
      },
    ),
  )
})
