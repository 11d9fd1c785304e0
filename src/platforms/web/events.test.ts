import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readEvents, readMessages } from '../../../test/platforms/read-events.ts'
import {
  ada,
  bob,
  clearWebChat,
  complaint,
  createBench as createOn,
  message,
  say,
} from '../../../test/platforms/web-bench.ts'
import { openTestStore } from '../../../test/store/open-test-store.ts'
import { translate } from '../../messages/translate.ts'
import { mostStreams } from './limits.ts'

let opened: Awaited<ReturnType<typeof openTestStore>>
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())
afterEach(() => clearWebChat(opened.store))

/** A bench on which Ada has asked something. */
async function asked() {
  const bench = createOn(opened)
  await bench.send({ body: message('问'), cookie: ada })
  const { account, conversation } = bench.intake.messages[0]!
  const chat = account.user
  const answer = { id: 'out:1', chat, thread: conversation.thread, replyTo: `${chat}:message-1` }
  const follow = async (after: number, headers = {}) =>
    readMessages(await bench.send({ path: `/api/events?after=${after}`, cookie: ada, headers }))
  return { ...bench, chat, answer, follow }
}

describe('the stream of events', () => {
  it('tells what was said and each change of it, from wherever the page has come', async () => {
    const { transcript, watch, chat, answer, follow } = await asked()
    const first = await follow(0)
    expect((await first.next()).value).toMatchObject({ seq: 1, from: 'person', id: 'message-1', text: '问' })
    const waiting = first.next()
    await transcript.send({ ...answer, card: say('半'), open: true })
    watch.tell(chat)
    expect((await waiting).value).toMatchObject({
      seq: 2,
      position: 2,
      id: 'out:1',
      from: 'bot',
      replyTo: 'message-1',
      card: say('半'),
      open: true,
      late: false,
    })
    await transcript.edit(chat, 'out:1', say('整'))
    watch.tell(chat)
    const whole = { seq: 3, position: 2, card: say('整'), open: false }
    expect((await first.next()).value).toMatchObject(whole)
    for (const stream of [await follow(2), await follow(0, { 'Last-Event-ID': '2' })]) {
      expect((await stream.next()).value).toMatchObject(whole)
      await stream.return(undefined)
    }
    await first.return(undefined)
  })

  it('begins anew where the page knows more than there is', async () => {
    const { follow } = await asked()
    const stream = await follow(99)
    expect((await stream.next()).value).toMatchObject({ id: 'message-1' })
    await stream.return(undefined)
  })

  it('finds what another replica delivered by looking', async () => {
    const { transcript, watch, answer, follow } = await asked()
    const stream = await follow(1)
    const coming = stream.next()
    await transcript.send({ ...answer, card: say('从别处'), open: false })
    watch.start()
    expect((await coming).value).toMatchObject({ card: say('从别处') })
    await stream.return(undefined)
    await watch.end()
  })

  it('tells nobody else', async () => {
    const bench = await asked()
    const response = await bench.send({ path: '/api/events', cookie: bob })
    const events = readEvents(response)
    expect((await events.next()).value).toMatchObject({ event: 'hello' })
    await bench.watch.end()
    expect((await events.next()).value).toMatchObject({ event: 'bye' })
  })

  it.each([
    ['once they have signed out', true],
    ['nor asks a guest', false],
  ])('tells a person nothing more %s', async (_what, isPerson) => {
    let holds = true
    const account = { platform: 'web', installation: 'web', user: 'person-1' }
    const pages = {
      routes: new Hono(),
      signedIn: async () => (isPerson ? { account, name: '李梅', csrf: '' } : null),
      holds: async () => holds,
    }
    const { send, transcript, watch, intake } = createOn(opened, { pages })
    await send({ body: message('问'), cookie: ada })
    const chat = intake.messages[0]!.account.user
    const events = readEvents(await send({ path: '/api/events?after=1', cookie: ada }))
    expect((await events.next()).value).toMatchObject({ event: 'hello' })
    const coming = events.next()
    holds = false
    const answer = { id: 'out:1', chat, thread: 'conversation-1', replyTo: null, open: false }
    await transcript.send({ ...answer, card: say('私') })
    watch.tell(chat)
    expect((await coming).value).toMatchObject({ event: isPerson ? 'bye' : 'message' })
    await watch.end()
  })

  it('is open a few times only, and again once one has ended', async () => {
    const { send, watch } = await asked()
    const open = () => send({ path: '/api/events', cookie: ada })
    const streams = await Promise.all(Array.from({ length: mostStreams }, open))
    expect(await complaint(await open())).toEqual([429, translate('zh-CN', 'web:too-many-pages')])
    expect((await send({ path: '/api/events', cookie: bob })).status).toBe(200)
    await streams[0]!.body!.cancel()
    await expect.poll(async () => (await open()).status).toBe(200)
    await watch.end()
  })
})

describe('the transcript', () => {
  it('shows the conversation to its own account, and the latest one by itself', async () => {
    const { send, transcript, chat, answer } = await asked()
    await transcript.send({ ...answer, card: say('答'), open: false })
    const read = async (cookie: string, query = '') =>
      (await send({ path: `/api/transcript${query}`, cookie })).json()
    const whole = {
      conversation: 'conversation-1',
      last: 2,
      messages: [expect.objectContaining({ text: '问' }), expect.objectContaining({ card: say('答') })],
    }
    expect(await read(ada)).toEqual(whole)
    expect(await read(ada, '?conversation=conversation-1')).toEqual(whole)
    expect(await read(bob)).toEqual({ conversation: null, last: 0, messages: [] })
    expect(await read(bob, '?conversation=conversation-1')).toMatchObject({ messages: [] })
    expect(JSON.stringify(await read(ada))).not.toContain(`${chat}:`)
    expect((await send({ path: '/api/transcript?conversation=../x', cookie: ada })).status).toBe(400)
  })
})
