import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { Operation } from '../../src/chat/outgoing.ts'
import { createFeishuPlatform } from '../../src/platforms/feishu/platform.ts'
import { appId, appSecret } from '../fakes/feishu-server.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { FeishuPerson, type FeishuStage, findButton, openFeishuStage, read } from './feishu-stage.ts'
import { answerTo, KeptIntake } from './platform-scene.ts'
import { growingCard, wholeCard } from './stream-cards.ts'

const opened = await openTestStore()
afterAll(() => opened.close())

let now: Date
let stage: FeishuStage
let intake: KeptIntake
let person: FeishuPerson

beforeEach(async () => {
  now = new Date('2026-03-02T01:02:03Z')
  intake = new KeptIntake()
  stage = await openFeishuStage(opened, intake, () => now, 'ws')
  person = new FeishuPerson(stage.server, stage.push)
})
afterEach(() => stage.close())

const pass = (milliseconds: number) => {
  now = new Date(now.getTime() + milliseconds)
}
const cardkit = () => stage.server.cardkit
const entity = () => cardkit().entities[0]!
/** What was called to send and change, in order, without ids. */
const called = () =>
  stage.server.calls
    .filter((call) => /cardkit|im\/v1\/messages/.test(call))
    .map((call) => call.replace('/open-apis/', '').replace(/\/(?:\d+|om_\w+(?:-\w+)*)(?=\/|$)/g, '/:id'))

async function asked(): Promise<Operation> {
  await person.say('问')
  return answerTo(intake.messages.at(-1)!, growingCard([]), { open: true })
}

const edit = (of: Operation, message: string, sentences: string[], open = true): Operation => ({
  ...of,
  id: `${of.id}:${sentences.length}:${open}`,
  name: 'edit',
  card: open ? growingCard(sentences) : wholeCard(sentences),
  open,
  message,
})

/** The bot after a restart, or another replica: it knows nothing of what was begun. */
const another = () =>
  createFeishuPlatform({
    mode: 'ws',
    appId,
    appSecret,
    domain: stage.server.url,
    blobs: opened.blobs,
    clock: () => now,
    logger: { info() {}, warn() {}, error() {} },
    welcome: () => ({ tone: 'info', blocks: [] }),
  })

function expectShown(sentences: string[], { isStreaming = false } = {}): void {
  const messages = person.messages()
  expect(messages).toHaveLength(1)
  const card = messages[0]!.card as { config: { streaming_mode?: boolean } }
  expect(card.config.streaming_mode ?? false).toBe(isStreaming)
  expect(findButton(card, '全文')).toBeDefined()
  for (const words of ['应单独组建科协组织。', ...sentences]) expect(read(card).split(words)).toHaveLength(2)
}

test('everything is seen at once, sentences appear as if typed, and the whole card replaces it', async () => {
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  expect(person.messages()[0]).toMatchObject({ id: message, replyTo: sent.replyTo })
  expectShown([], { isStreaming: true })
  await stage.platform.deliver(edit(sent, message, ['第一句。']))
  expectShown(['第一句。'], { isStreaming: true })
  await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。']))
  await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。']))
  expect(entity().written.map(({ isTyped }) => isTyped)).toEqual([true, true])
  await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。'], false))
  expectShown(['第一句。', '第二句。'])
  expect(read(person.messages()[0]!.card)).not.toContain('要点：')
  expect(called()).toEqual([
    'POST cardkit/v1/cards',
    'POST im/v1/messages/:id/reply',
    'PUT cardkit/v1/cards/:id/elements/written/content',
    'PUT cardkit/v1/cards/:id/elements/written/content',
    'PATCH cardkit/v1/cards/:id/settings',
    'PUT cardkit/v1/cards/:id',
  ])
  // What comes after the end goes by the message's id.
  await stage.platform.deliver(edit(sent, message, ['第三句。'], false))
  expectShown(['第三句。'])
})

test.each([
  ['the app lacks the right', { status: 400, body: { code: 99991672, msg: 'Access denied' } }],
  ['it answers nothing of use', { status: 500, body: {} }],
  ['a refusal comes with HTTP 200', { status: 200, body: { code: 300305, msg: 'too many elements' } }],
])('where no entity can be made, for %s, the card is sent and replaced', async (_why, failure) => {
  cardkit().failures.push(failure)
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  expectShown([])
  await stage.platform.deliver(edit(sent, message, ['第一句。']))
  expectShown(['第一句。'])
  await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。'], false))
  expectShown(['第一句。', '第二句。'])
})

test('an entity that cannot be sent is left, and the card is sent as it is', async () => {
  stage.server.failures.push({ status: 400, body: { code: 230099, msg: 'CARDKIT_CONTENT_FAILED' } })
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  expectShown([])
  await stage.platform.deliver(edit(sent, message, ['第一句。'], false))
  expectShown(['第一句。'])
})

test.each([true, false])('a send that was cut off is there once, arrived: %s', async (after) => {
  stage.server.failures.push({ status: 502, body: {}, after })
  const sent = await asked()
  await expect(stage.platform.deliver(sent)).rejects.toMatchObject({ kind: 'unknown' })
  pass(5000)
  // By the other one of two processes: the entity that was sent is not the one that it could make.
  const other = another()
  const { message } = await other.deliver({ ...sent, again: true })
  expectShown([], { isStreaming: after })
  await other.deliver(edit(sent, message, ['第一句。']))
  await other.deliver(edit(sent, message, ['第一句。', '第二句。'], false))
  expectShown(['第一句。', '第二句。'])
})

test('a restart between two edits: the message is still written to its end', async () => {
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  await stage.platform.deliver(edit(sent, message, ['第一句。']))
  await another().deliver(edit(sent, message, ['第一句。', '第二句。']))
  expectShown(['第一句。', '第二句。'])
  // And the first one, should it be there still.
  await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。', '第三句。'], false))
  expectShown(['第一句。', '第二句。', '第三句。'])
})

test.each([
  ['while it is written', 10 * 60_000],
  ['just before its end', 11 * 60_000],
])('a stream that Feishu has ended by itself %s', async (when, age) => {
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  pass(age)
  if (when === 'while it is written') {
    await stage.platform.deliver(edit(sent, message, ['第一句。']))
    expectShown(['第一句。'])
    await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。']))
    expectShown(['第一句。', '第二句。'])
  }
  await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。', '第三句。'], false))
  expectShown(['第一句。', '第二句。', '第三句。'])
})

test('a call that was cut off in mid-stream is made again without harm', async () => {
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  const steps = [
    edit(sent, message, ['第一句。']),
    edit(sent, message, ['第一句。', '第二句。']),
    edit(sent, message, ['第一句。', '第二句。'], false),
  ]
  for (const [at, step] of steps.entries()) {
    cardkit().failures.push({ status: 504, body: {}, after: at !== 1 })
    await expect(stage.platform.deliver(step)).rejects.toMatchObject({ kind: 'unknown' })
    await stage.platform.deliver(step)
  }
  expectShown(['第一句。', '第二句。'])
})

test('numbers rise with every call, faster than the clock where they must, and over another process’s', async () => {
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  const numbers: number[] = []
  for (let many = 1; many <= 4; many += 1) {
    await stage.platform.deliver(edit(sent, message, Array(many).fill('又一句。')))
    numbers.push(entity().sequence)
  }
  expect(numbers).toEqual([...new Set(numbers)].sort((one, two) => one - two))
  expect(numbers.at(-1)).toBeLessThan(2 ** 31)
  // Another one’s clock is half a minute ahead.
  entity().sequence += 300
  await stage.platform.deliver(edit(sent, message, ['第一句。'], false))
  expectShown(['第一句。'])
})

test('a card that is just being used is left alone for a while', async () => {
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  cardkit().failures.push({ status: 400, body: { code: 200810, msg: 'interacting' } })
  const last = edit(sent, message, ['第一句。'], false)
  await expect(stage.platform.deliver(last)).rejects.toMatchObject({ kind: 'later' })
  await stage.platform.deliver(last)
  expectShown(['第一句。'])
})

test('messages of before, sent as cards, can still be edited', async () => {
  await person.say('问')
  const sent = answerTo(intake.messages[0]!, wholeCard([]))
  const { message } = await stage.platform.deliver(sent)
  await stage.platform.deliver(edit(sent, message, ['第一句。'], false))
  expectShown(['第一句。'])
  expect(cardkit().entities).toEqual([])
})
