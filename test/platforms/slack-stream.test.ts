import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Operation } from '../../src/chat/outgoing.ts'
import { createSlackPlatform } from '../../src/platforms/slack/platform.ts'
import { buttonsIn, readIn, type SlackPerson } from '../fakes/slack-person.ts'
import { botToken } from '../fakes/slack-server.ts'
import { answerTo, KeptIntake } from './platform-scene.ts'
import { openSlack, type SlackStage } from './slack-stage.ts'
import { growingCard, wholeCard } from './stream-cards.ts'

let stage: SlackStage
let intake: KeptIntake
let person: SlackPerson
let channel: string

beforeEach(async () => {
  intake = new KeptIntake()
  stage = await openSlack('socket', intake)
  person = stage.join()
  channel = stage.fake.workspace.addChannel(person.user, 'UBOT')
})
afterEach(() => stage.stop())

/** What the bot called of the chat's methods, in order. */
const called = () =>
  stage.fake.workspace.calls.map(({ method }) => method).filter((method) => method.startsWith('chat.'))
const only = (where = channel) => {
  const seen = person.seen(where)
  expect(seen).toHaveLength(1)
  return seen[0]!
}

async function asked(): Promise<Operation> {
  await person.say('<@UBOT> 问', channel)
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
  createSlackPlatform({
    botToken,
    signingSecret: 'unused',
    apiUrl: stage.fake.apiUrl,
    blobs: { put: async () => '' },
    clock: () => new Date(),
    logger: { info() {}, warn() {}, error() {} },
    welcome: () => ({ tone: 'info', blocks: [] }),
  })

function expectWhole(sentences: string[], where = channel): void {
  const { blocks, streaming_state } = only(where)
  expect(streaming_state).not.toBe('in_progress')
  expect(buttonsIn(blocks).map(({ text }) => text.text)).toEqual(['全文'])
  for (const words of ['应单独组建科协组织。', ...sentences]) {
    expect(readIn(blocks).split(words)).toHaveLength(2)
  }
}

test('in a thread the quote is seen at once, each sentence is added to it, and the whole card replaces them', async () => {
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  expect(only().text).toBe('应单独组建科协组织。\n\n—— 《意见》（十）\n\n要点：')
  expect(only().streaming_state).toBe('in_progress')
  await stage.platform.deliver(edit(sent, message, ['第一句。']))
  await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。']))
  expect(only().text).toMatch(/要点：\n• 第一句。\n• 第二句。$/)
  // Nothing new in it: nothing is called.
  await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。']))
  await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。'], false))
  expectWhole(['第一句。', '第二句。'])
  expect(called()).toEqual([
    ...['chat.startStream', 'chat.appendStream', 'chat.appendStream', 'chat.stopStream', 'chat.update'],
  ])
  const start = stage.fake.workspace.calls.find(({ method }) => method === 'chat.startStream')!
  expect(start.args).toMatchObject({ recipient_user_id: person.user, recipient_team_id: 'T1' })
})

test('in the assistant’s pane the status ends when the stream begins', async () => {
  const root = stage.fake.workspace.say(person.im, person.user, '开始')
  await person.say('问', person.im, { thread_ts: root.ts })
  const { statuses } = stage.fake.workspace
  const status = () => statuses.get(`${person.im}:${root.ts}`)
  await stage.fake.until(() => status() !== undefined)
  expect(status()).not.toBe('')
  await stage.platform.deliver(answerTo(intake.messages[0]!, growingCard([]), { open: true }))
  await stage.fake.until(() => status() === '')
  expect(only(person.im).streaming_state).toBe('in_progress')
})

test('outside of threads, and where the answer is finished already, it is posted', async () => {
  await person.say('问')
  const message = intake.messages[0]!
  await stage.platform.deliver(answerTo(message, growingCard([]), { open: true }))
  expect(called()).toEqual(['chat.postMessage'])
  const sent = await asked()
  await stage.platform.deliver({ ...sent, card: wholeCard([]), open: false })
  expect(called()).toEqual(['chat.postMessage', 'chat.postMessage'])
})

test.each([
  ['channel_type_not_supported', 200],
  ['missing_scope', 200],
  ['unknown_method', 200],
  ['ratelimited', 429],
])('where Slack takes no stream (%s) the answer is posted and updated', async (error, status) => {
  stage.fake.workspace.fail('chat.startStream', {
    status,
    headers: status === 429 ? { 'Retry-After': '30' } : {},
    body: { ok: false, error },
  })
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  await stage.platform.deliver(edit(sent, message, ['第一句。']))
  expectWhole(['第一句。'])
  await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。'], false))
  expectWhole(['第一句。', '第二句。'])
  expect(called()).toEqual(['chat.startStream', 'chat.postMessage', 'chat.update', 'chat.update'])
})

test('a start that was cut off is found again, and written to its end by whoever has it then', async () => {
  stage.fake.workspace.fail('chat.startStream', { body: null }, true)
  const sent = await asked()
  await expect(stage.platform.deliver(sent)).rejects.toMatchObject({ kind: 'unknown' })
  for (const platform of [stage.platform, another()]) {
    expect(await platform.find(sent)).toEqual({ message: `${channel}:${only().ts}` })
  }
  const { message } = (await another().find(sent))!
  await another().deliver(edit(sent, message, ['第一句。']))
  expectWhole(['第一句。'])
  await another().deliver(edit(sent, message, ['第一句。', '第二句。'], false))
  expectWhole(['第一句。', '第二句。'])
})

test('a start that never arrived is not found, whatever else stands in the thread', async () => {
  const { workspace } = stage.fake
  const earlier = await asked()
  const { message } = await stage.platform.deliver(earlier)
  await stage.platform.deliver(edit(earlier, message, [], false))
  const thread_ts = intake.messages[0]!.conversation.thread
  await person.say('<@UBOT> 再问', channel, { thread_ts })
  const other = { ts: `${Math.floor(Date.now() / 1000)}.900000`, channel, user: 'UOTHER', thread_ts }
  workspace.messages.push({ ...other, text: '别的机器人', bot_id: 'BOTHER', streaming_state: 'in_progress' })
  workspace.fail('chat.startStream', { body: null })
  const sent = answerTo(intake.messages[1]!, growingCard([]), { open: true })
  await expect(stage.platform.deliver(sent)).rejects.toMatchObject({ kind: 'unknown' })
  expect(await stage.platform.find(sent)).toBeNull()
  await stage.platform.deliver({ ...sent, again: true })
  expect(person.seen(channel)).toHaveLength(2)
  expect(await stage.platform.find(sent)).not.toBeNull()
})

test('what was added and cut off is not added a second time', async () => {
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  stage.fake.workspace.fail('chat.appendStream', { body: null }, true)
  const first = edit(sent, message, ['第一句。'])
  await expect(stage.platform.deliver(first)).rejects.toMatchObject({ kind: 'unknown' })
  await stage.platform.deliver(first)
  expectWhole(['第一句。'])
  await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。'], false))
  expectWhole(['第一句。', '第二句。'])
})

test('too often: it is asked to wait, and goes on in the same stream', async () => {
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  const answer = { status: 429, headers: { 'Retry-After': '7' }, body: { ok: false, error: 'ratelimited' } }
  stage.fake.workspace.fail('chat.appendStream', answer)
  const first = edit(sent, message, ['第一句。'])
  await expect(stage.platform.deliver(first)).rejects.toMatchObject({ kind: 'later', wait: 7000 })
  await stage.platform.deliver(first)
  expect(only().streaming_state).toBe('in_progress')
  expect(only().text).toMatch(/要点：\n• 第一句。$/)
})

test.each(['before a sentence', 'before the end'])(
  'a stream that Slack has ended by itself %s',
  async (when) => {
    const sent = await asked()
    const { message } = await stage.platform.deliver(sent)
    only().streaming_state = 'completed'
    if (when === 'before a sentence') {
      await stage.platform.deliver(edit(sent, message, ['第一句。']))
      expectWhole(['第一句。'])
    }
    await stage.platform.deliver(edit(sent, message, ['第一句。', '第二句。'], false))
    expectWhole(['第一句。', '第二句。'])
  },
)

test('an end that is cut off between its two calls is made by whoever tries again', async () => {
  const sent = await asked()
  const { message } = await stage.platform.deliver(sent)
  const last = edit(sent, message, ['第一句。'], false)
  stage.fake.workspace.fail('chat.update', { status: 500 })
  await expect(stage.platform.deliver(last)).rejects.toMatchObject({ kind: 'unknown' })
  await another().deliver(last)
  expectWhole(['第一句。'])
})

test('without the question’s author the answer is posted', async () => {
  const sent = await asked()
  await stage.platform.deliver({ ...sent, replyTo: 'action:1' })
  expect(called()).toEqual(['chat.postMessage'])
})
