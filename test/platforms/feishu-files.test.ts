import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { CalendarEntry, Card } from '../../src/chat/card.ts'
import type { Operation } from '../../src/chat/outgoing.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { type FeishuStage, openFeishuStage, read } from './feishu-stage.ts'
import { KeptIntake } from './platform-scene.ts'
import { fileCard } from './sent-files.ts'

const opened = await openTestStore()
afterAll(() => opened.close())

let stage: FeishuStage
const now = new Date('2026-03-02T01:00:00Z')
beforeEach(async () => {
  stage = await openFeishuStage(opened, new KeptIntake(), () => now, 'ws')
})
afterEach(() => stage.close())

const account = { platform: 'feishu', installation: 'tenant-1', user: 'on_zhang' }
const operation = (changes: Partial<Operation> = {}): Operation => ({
  id: 'ics:1',
  name: 'send',
  to: { type: 'account', account },
  card: fileCard,
  replyTo: null,
  open: false,
  message: null,
  ...changes,
})

test('a message that is a file is a file of Feishu, once within the hour of its key', async () => {
  const made = await stage.platform.deliver(operation())
  expect(await stage.platform.deliver(operation())).toEqual(made)
  expect(stage.server.handed.all[0]).toMatchObject({
    name: 'HD-2026-0001.ics',
    text: 'BEGIN:VCALENDAR\r\n讲座\r\nEND:VCALENDAR\r\n',
  })
  expect(stage.server.messages).toMatchObject([
    { chat: 'p2p:on_zhang', card: { content: 'HD-2026-0001.ics' } },
  ])
})

test('without the scope it is a card that says where the file is', async () => {
  stage.server.handed.isAllowed = false
  await stage.platform.deliver(operation())
  expect(read(stage.server.messages[0]!.card)).toContain('https://bot.example/calendar/1.ics')
  expect(stage.platform.health().refused).toMatchObject({ 'no-file': 1 })
})

test('a line that breaks before it is sent leaves nothing in doubt', async () => {
  stage.server.fate = (call) =>
    call === 'POST /open-apis/im/v1/files' ? { status: 0, body: {}, line: 'cut' } : undefined
  await expect(stage.platform.deliver(operation())).rejects.toMatchObject({ kind: 'later' })
  expect(stage.server.messages).toEqual([])
})

const entry: CalendarEntry = {
  title: '工业机器人应用讲座',
  description: '介绍机器人焊接的应用。',
  place: '三楼报告厅',
  startsAt: '2026-03-13T06:00:00.000Z',
  endsAt: '2026-03-13T08:00:00.000Z',
  timeZone: 'Asia/Shanghai',
  reminders: [43_200, 1440, 60],
  cancelled: false,
}
const card = (changed: Partial<CalendarEntry> = {}): Card => ({
  tone: 'info',
  blocks: [],
  entry: { ...entry, ...changed },
})
const keep = (changes: Partial<Operation> = {}) =>
  stage.platform.deliver(
    operation({ id: 'calendar:1', to: { type: 'calendar', account }, card: card(), ...changes }),
  )

test('an entry stands in the bot’s calendar with one guest, who sees no other', async () => {
  const { message } = await keep()
  expect(await keep()).toEqual({ message })
  expect(stage.server.calendar.entries).toMatchObject([
    {
      guests: ['on_zhang'],
      data: {
        ...{ summary: '工业机器人应用讲座', attendee_ability: 'none', visibility: 'private' },
        start_time: { timestamp: '1773381600', timezone: 'Asia/Shanghai' },
        end_time: { timestamp: '1773388800', timezone: 'Asia/Shanghai' },
        ...{ location: { name: '三楼报告厅' }, vchat: { vc_type: 'no_meeting' } },
        reminders: [{ minutes: 1440 }, { minutes: 60 }],
      },
    },
  ])
})

test('it is moved, and taken out, as often as that is tried', async () => {
  const { message } = await keep()
  await keep({ name: 'edit', message, card: card({ startsAt: '2026-03-13T07:00:00.000Z' }) })
  expect(stage.server.calendar.entries[0]!.data).toMatchObject({ start_time: { timestamp: '1773385200' } })
  for (let times = 0; times < 2; times += 1) {
    await keep({ name: 'edit', message, card: card({ cancelled: true }) })
  }
  expect(stage.server.calendar.entries).toMatchObject([{ isDeleted: true }])
})

test('what was called off before it was made is not made', async () => {
  const { message } = await keep({ card: card({ cancelled: true }) })
  await keep({ name: 'edit', message, card: card({ cancelled: true }) })
  expect(stage.server.calendar.entries).toEqual([])
})

test('a try that ends between the entry and its guest is made good by the next', async () => {
  stage.server.fate = (call) =>
    call.endsWith('/attendees') ? { status: 0, body: {}, line: 'cut' } : undefined
  await expect(keep()).rejects.toMatchObject({ kind: 'unknown' })
  stage.server.fate = null
  await keep()
  expect(stage.server.calendar.entries).toMatchObject([{ guests: ['on_zhang'] }])
})

test('without the scope it is said so, and counted; the rest goes on', async () => {
  stage.server.calendar.isAllowed = false
  await expect(keep()).rejects.toMatchObject({ kind: 'not-allowed' })
  expect(stage.platform.health().refused).toMatchObject({ 'no-calendar-scope': 1 })
  await stage.platform.deliver(operation())
  expect(stage.server.messages).toHaveLength(1)
})
