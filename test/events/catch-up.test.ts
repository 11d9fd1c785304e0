import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashOf, judgeCode, readCode } from '../../src/console/assets/check-in-list.js'
import { toBase32 } from '../../src/features/events/check-in/base32.ts'
import { catchUp, type NotedEntry, readEntries } from '../../src/features/events/check-in/catch-up.ts'
import { eventTag, personalCode, shortCode } from '../../src/features/events/check-in/personal-code.ts'
import * as server from '../../src/features/events/check-in/signed-list.ts'
import type { Event } from '../../src/features/events/records.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { type EventsHouse, openEventsHouse } from './events-house.ts'
import { registered, registeredPublic } from './registered.ts'

const begins = '2026-03-13T05:40:00.000Z'

describeEachDatabase('a phone that was without a network', (open) => {
  let house: EventsHouse
  let event: Event
  let person: string

  beforeEach(async () => {
    house = await openEventsHouse(open)
    event = await house.event()
    person = house.people.吴主席 ?? ''
    house.time.now = new Date(begins)
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const listNow = () =>
    house.store.snapshot((trx) =>
      server.signedList(trx, house.context, event, { person, language: 'zh-CN', now: house.time.now }),
    )
  const send = (entries: Partial<NotedEntry>[], token: string, by = person) =>
    house.store.transaction((trx) =>
      catchUp(trx, house.context, event, {
        entries: entries.map((entry) => ({ id: randomUUID(), at: begins, ...entry })),
        ...{ token, person: by, now: house.time.now },
      }),
    )
  const there = () => house.store.db.selectFrom('event_check_in').selectAll().orderBy('at').execute()
  const results = (answers: { result: string }[]) => answers.map(({ result }) => result)

  test('catches up with the times when it happened, and again changes nothing', async () => {
    const one = await registered(house, event, '张三')
    const two = await registeredPublic(house, event, '王芳')
    const { token } = await listNow()
    house.time.now = new Date('2026-03-13T05:55:00Z')
    const entries = [
      { id: 'a', code: personalCode(event.row, one.id), at: '2026-03-13T05:41:00.000Z' },
      { id: 'b', registration: two.id, at: '2026-03-13T05:42:00.000Z' },
    ]
    const answers = await send(entries, token)
    expect(answers).toMatchObject([
      { id: 'a', result: 'checked-in', name: '张三', at: '2026-03-13T05:41:00.000Z' },
      { id: 'b', result: 'checked-in', name: '王芳' },
    ])
    expect(await there()).toMatchObject([
      { registration: one.id, how: 'personal-code', by: person, at: '2026-03-13T05:41:00.000Z' },
      { registration: two.id, how: 'by-hand', by: person, at: '2026-03-13T05:42:00.000Z' },
    ])
    house.time.now = new Date('2026-03-13T05:56:00Z')
    expect(await send(entries, token)).toEqual(answers)
    expect(await there()).toHaveLength(2)
  })

  test('codes that somebody made up hold up nothing that was noted with them', async () => {
    const { id } = await registered(house, event, '张三')
    const { token } = await listNow()
    const tag = Buffer.from(eventTag(event.row.id), 'hex')
    const code = (reference: Buffer) =>
      `K1${toBase32(Buffer.concat([tag, reference, Buffer.alloc(4, 0xff), Buffer.alloc(10)]))}`
    const made = ['\0', code(Buffer.alloc(3)), code(Buffer.alloc(300, 'x')), `https://${'x'.repeat(3000)}`]
    const noted = [...made.map((text) => ({ code: text })), { registration: 'a\0' }, { registration: id }]
    const entries = noted.map((one) => ({ id: randomUUID(), at: begins, ...one }))
    const answers = await send(readEntries(JSON.stringify(entries)), token)
    expect(results(answers)).toEqual([
      ...['unreadable', 'unreadable', 'unreadable', 'unreadable', 'not-registered', 'checked-in'],
    ])
  })

  test('two phones that noted the same person: the first to arrive counts, the other is told', async () => {
    const { id: registration } = await registered(house, event, '张三')
    const { token } = await listNow()
    house.time.now = new Date('2026-03-13T05:55:00Z')
    await send([{ registration, at: '2026-03-13T05:45:00.000Z' }], token)
    const [late] = await send([{ registration, at: '2026-03-13T05:44:00.000Z' }], token)
    expect(late).toMatchObject({ result: 'already', at: '2026-03-13T05:45:00.000Z' })
  })

  test('what was ticked, taken back and ticked again ends as it was on the phone, however often it is sent', async () => {
    const { id: registration } = await registered(house, event, '张三')
    const { token } = await listNow()
    house.time.now = new Date('2026-03-13T05:55:00Z')
    const entries = [
      { registration, at: '2026-03-13T05:41:00.000Z' },
      { registration, undo: true, at: '2026-03-13T05:42:00.000Z' },
      { registration, at: '2026-03-13T05:43:00.000Z' },
    ]
    expect(results(await send(entries, token))).toEqual(['checked-in', 'taken-back', 'checked-in'])
    await send(entries, token)
    expect(await there()).toMatchObject([{ at: '2026-03-13T05:43:00.000Z' }])
  })

  test('a clock that is ahead moves nobody into the future; what is older than the list is refused', async () => {
    const one = await registered(house, event, '张三')
    const two = await registered(house, event, '陈晨')
    const { token } = await listNow()
    house.time.now = new Date('2026-03-13T05:55:00Z')
    const answers = await send(
      [
        { registration: one.id, at: '2027-01-01T00:00:00.000Z' },
        { registration: two.id, at: '2026-03-13T05:38:00.000Z' },
      ],
      token,
    )
    expect(results(answers)).toEqual(['checked-in', 'too-old'])
    expect(await there()).toMatchObject([{ at: '2026-03-13T05:55:00.000Z' }])
  })

  test('foreign, altered, expired and cancelled codes each get their answer', async () => {
    const own = await registered(house, event, '张三')
    const gone = await registered(house, event, '陈晨', { state: 'cancelled' })
    const other = await house.event({ title: '参观' })
    const elsewhere = await registered(house, other, '张三')
    const { token } = await listNow()
    const code = personalCode(event.row, own.id)
    house.time.now = new Date('2026-03-13T09:30:00Z')
    const answers = await send(
      [
        { code: personalCode(other.row, elsewhere.id) },
        { code: `${code.slice(0, -12)}${code.at(-12) === 'A' ? 'B' : 'A'}${code.slice(-11)}` },
        { code, at: '2026-03-13T09:00:01.000Z' },
        { code: shortCode(event.row, gone.id) },
        { code: 'hello' },
        { registration: 'nobody' },
      ],
      token,
    )
    expect(results(answers)).toEqual([
      'foreign',
      'altered',
      'expired',
      'cancelled',
      'unreadable',
      'not-registered',
    ])
    expect(answers[0]?.title).toBe('参观')
  })

  test('a list that was altered, of another event or another organiser, is not taken', async () => {
    const { id: registration } = await registered(house, event, '张三')
    const { token } = await listNow()
    const [body = '', mac = ''] = token.split('.')
    const later = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, string>
    const forged = Buffer.from(JSON.stringify({ ...later, issued: '2020-01-01T00:00:00.000Z' }))
    const refused = { key: 'check-in:refused.list' }
    await expect(send([{ registration }], `${forged.toString('base64url')}.${mac}`)).rejects.toMatchObject(
      refused,
    )
    await expect(send([{ registration }], '')).rejects.toMatchObject(refused)
    await expect(send([{ registration }], token, house.people.李梅)).rejects.toMatchObject(refused)
    event = await house.event()
    await expect(send([{ registration }], token)).rejects.toMatchObject(refused)
  })

  test('what no page of ours sends is refused as a whole', () => {
    for (const text of ['', '{', '{}', '[{"id":""}]', '[{"id":"a","at":"gestern"}]', 'null']) {
      expect(() => readEntries(text)).toThrow(expect.objectContaining({ key: 'check-in:refused.entries' }))
    }
    const entry = { id: 'a', registration: 'r', at: begins }
    expect(readEntries(JSON.stringify([entry]))).toEqual([entry])
  })

  test('the list tells codes apart as the server does, and holds none of them', async () => {
    const own = await registered(house, event, '张三')
    const waits = await registered(house, event, '陈晨', { state: 'waiting' })
    const list = await listNow()
    const other = await house.event()
    const [code, short] = [personalCode(event.row, own.id), shortCode(event.row, own.id)]
    const text = JSON.stringify(list)
    expect(text).not.toContain(code)
    expect(text).not.toContain(short)
    expect(text).not.toContain(event.row.secret)
    const at = Date.parse(begins)
    const judged = async (given: string, inside = {}, when = at) =>
      (await judgeCode(list, inside, given, when)).result
    expect(await judged(code.toLowerCase())).toBe('checked-in')
    expect(await judged(`${short.slice(0, 5)} ${short.slice(5)}`)).toBe('checked-in')
    expect(await judged(code, { [own.id]: begins })).toBe('already')
    expect(await judged(personalCode(event.row, waits.id))).toBe('waiting')
    expect(await judged(personalCode(other.row, own.id))).toBe('foreign')
    expect(await judged(code.slice(0, -1) + (code.at(-1) === 'A' ? 'E' : 'A'))).toBe('altered')
    expect(await judged(code, {}, Date.parse('2026-03-13T09:01:00Z'))).toBe('expired')
    expect(await judged(personalCode(event.row, randomUUID()))).toBe('unknown')
    expect(await judged('1234')).toBe('unreadable')
    expect(await judged(code, {}, Date.parse('2026-03-14T09:00:00Z'))).toBe('list-expired')
    expect(await hashOf(code)).toBe(server.hashOf(code))
    expect(readCode(code)).toMatchObject({
      registration: own.id,
      expiresAt: Date.parse('2026-03-13T09:00:00Z'),
    })
  })
})
