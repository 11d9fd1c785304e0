import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Operation } from '../../src/chat/outgoing.ts'
import { readIn, type SlackPerson } from '../fakes/slack-person.ts'
import { KeptIntake } from './platform-scene.ts'
import { fileCard } from './sent-files.ts'
import { openSlack, type SlackStage } from './slack-stage.ts'

let stage: SlackStage
let person: SlackPerson
beforeEach(async () => {
  stage = await openSlack('socket', new KeptIntake())
  person = stage.join()
})
afterEach(() => stage.stop())

const operation = (changes: Partial<Operation> = {}): Operation => ({
  id: 'ics:1',
  name: 'send',
  to: { type: 'account', account: { platform: 'slack', installation: 'T1', user: person.user } },
  card: fileCard,
  replyTo: null,
  open: false,
  message: null,
  ...changes,
})
const seen = () => stage.fake.workspace.messages
const uploads = () => stage.fake.workspace.uploads

test('a message that is a file is a file of Slack, and is found again by what it is called where it is saved', async () => {
  expect(await stage.platform.find(operation())).toBeNull()
  const made = await stage.platform.deliver(operation())
  expect(uploads().all.map(({ bytes }) => String(bytes))).toEqual([
    'BEGIN:VCALENDAR\r\n讲座\r\nEND:VCALENDAR\r\n',
  ])
  expect(seen()).toMatchObject([{ channel: person.im, files: [{ title: 'HD-2026-0001.ics' }] }])
  expect(seen()[0]!.files![0]!.name).toMatch(/^HD-2026-0001-[0-9a-f]{12}\.ics$/)
  expect(await stage.platform.find(operation())).toEqual(made)
  expect(await stage.platform.find(operation({ id: 'ics:2' }))).toBeNull()
  // The chat is one for all that is said there.
  await stage.platform.deliver(operation({ id: 'ics:2' }))
  expect(await stage.platform.find(operation())).toEqual(made)
})

test('it goes into the thread of its conversation', async () => {
  const channel = stage.fake.workspace.addChannel(person.user, 'UBOT')
  const { ts } = stage.fake.workspace.say(channel, person.user, '报名') as { ts: string }
  const conversation = { platform: 'slack', installation: 'T1', chat: channel, thread: ts }
  const sent = operation({ to: { type: 'conversation', conversation } })
  const made = await stage.platform.deliver(sent)
  expect(seen().at(-1)).toMatchObject({ channel, thread_ts: ts })
  expect(await stage.platform.find(sent)).toEqual(made)
})

test('without the right it is a message that says where the file is', async () => {
  uploads().isAllowed = false
  const made = await stage.platform.deliver(operation())
  expect(readIn(seen().at(-1)!.blocks)).toContain('https://bot.example/calendar/1.ics')
  expect(await stage.platform.find(operation())).toEqual(made)
  expect(stage.platform.health().refused).toMatchObject({ 'no-file': 1 })
})

test.each(['', 'x'.repeat(300_000)])('neither is one that is empty or too large', async (text) => {
  const [file] = fileCard.blocks
  await stage.platform.deliver(operation({ card: { ...fileCard, blocks: [{ ...file, text } as never] } }))
  expect(uploads().all).toEqual([])
  expect(readIn(seen().at(-1)!.blocks)).toContain('HD-2026-0001.ics')
})

test.each([
  ['files.getUploadURLExternal', 'later'],
  ['files.completeUploadExternal', 'unknown'],
])('a line that breaks at %s leaves it %s', async (method, kind) => {
  stage.fake.workspace.fail(method, { body: null }, true)
  await expect(stage.platform.deliver(operation())).rejects.toMatchObject({ kind })
  const found = await stage.platform.find(operation())
  expect(found !== null).toBe(kind === 'unknown')
  if (!found) await stage.platform.deliver(operation())
  expect(seen()).toHaveLength(1)
})

test('what the vendor refuses when it is shared is understood', async () => {
  const nowhere = { platform: 'slack', installation: 'T1', chat: 'C404', thread: '' }
  const sent = operation({ to: { type: 'conversation', conversation: nowhere } })
  await expect(stage.platform.deliver(sent)).rejects.toMatchObject({ kind: 'gone' })
})

test('Slack has no calendars', async () => {
  expect(stage.platform.abilities.keepsCalendar).toBe(false)
  const account = { platform: 'slack', installation: 'T1', user: person.user }
  const sent = operation({ to: { type: 'calendar', account } })
  await expect(stage.platform.deliver(sent)).rejects.toMatchObject({ kind: 'not-allowed' })
})
