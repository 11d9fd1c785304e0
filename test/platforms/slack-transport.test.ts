import { afterEach, describe, expect, test, vi } from 'vitest'
import { plain } from '../../src/chat/card.ts'
import type { Operation } from '../../src/chat/outgoing.ts'
import { createSlackPlatform } from '../../src/platforms/slack/platform.ts'
import type { SlackPerson } from '../fakes/slack-person.ts'
import { appToken, botToken, type FakeSlack } from '../fakes/slack-server.ts'
import { KeptIntake } from './platform-scene.ts'
import { openSlack, type SlackStage, type Transport } from './slack-stage.ts'

let intake: KeptIntake
let stage: SlackStage
let person: SlackPerson

async function open(transport: Transport, clock?: () => Date): Promise<void> {
  intake = new KeptIntake()
  stage = await openSlack(transport, intake, clock)
  person = stage.join()
}
afterEach(() => stage.stop())

const said = () => intake.messages.map(({ text }) => text)
const event = (text: string) => stage.fake.workspace.say(person.im, person.user, text)
const operation = (id: string, changes: Partial<Operation> = {}): Operation => ({
  id,
  name: 'send',
  to: {
    type: 'conversation',
    conversation: { platform: 'slack', installation: 'T1', chat: person.im, thread: '' },
  },
  card: { tone: 'answer', blocks: [{ type: 'text', runs: plain(`回答${id}`) }] },
  replyTo: null,
  open: false,
  message: null,
  ...changes,
})

describe('the socket', () => {
  test('that is cut is opened again, and what was not acknowledged comes with it', async () => {
    await open('socket')
    await person.say('一')
    stage.fake.breakConnections('cut')
    const second = person.say('二')
    await second
    expect(said()).toEqual(['一', '二'])
    expect(stage.platform.health()).toMatchObject({ transport: 'socket', connected: true, reconnects: 1 })
  })

  test('that Slack asks to renew goes on until the next is there', async () => {
    await open('socket')
    stage.fake.push(JSON.stringify({ type: 'disconnect', reason: 'warning' }))
    await stage.fake.until(() => stage.fake.connections === 2)
    await person.say('一')
    expect(said()).toEqual(['一'])
  })

  test('that falls silent is noticed and replaced', { timeout: 40_000 }, async () => {
    await open('socket')
    await person.say('一')
    stage.fake.breakConnections('freeze')
    const second = person.say('二')
    await stage.fake.until(() => stage.fake.connections === 2, 30_000)
    await second
    expect(said()).toEqual(['一', '二'])
  })

  test('that Slack refuses to renew is tried until it does not, and ends nothing', async () => {
    await open('socket')
    stage.fake.refuseConnections = 'invalid_auth'
    stage.fake.breakConnections('cut')
    await vi.waitFor(() => expect(stage.platform.health().connected).toBe(false))
    stage.fake.refuseConnections = null
    await person.say('一')
    expect(said()).toEqual(['一'])
    expect(stage.platform.health().connected).toBe(true)
  })

  test.each([
    '',
    'no json',
    '[]',
    'null',
    '{"type":"app_rate_limited","minute_rate_limited":1}',
    '{"type":"events_api","envelope_id":"1"}',
    '{"type":"events_api","envelope_id":"1","payload":{"event":null}}',
    '{"type":"events_api","envelope_id":"1","payload":{"event":{"type":"message"}}}',
    '{"type":"interactive","envelope_id":"1","payload":{"type":"block_actions","actions":{}}}',
    '{"type":"interactive","envelope_id":"1","payload":{"type":"block_actions","user":{},"actions":[]}}',
  ])('is not harmed by %s', async (text) => {
    await open('socket')
    stage.fake.push(text)
    await person.say('一')
    expect(said()).toEqual(['一'])
    expect(stage.fake.connections).toBe(1)
  })

  test('tells the same post again with the same id', async () => {
    await open('socket')
    const one = event('一')
    await stage.fake.event(one, 'Ev1')
    await stage.fake.event(one, 'Ev1', 2)
    expect(new Set(intake.messages.map(({ id }) => id)).size).toBe(1)
    expect(intake.messages).toHaveLength(2)
  })

  test('with a token that Slack does not take does not start, and says which', async () => {
    await open('socket')
    const make = (tokens: { botToken: string; appToken: string }) =>
      createSlackPlatform({
        ...tokens,
        apiUrl: stage.fake.apiUrl,
        blobs: { put: async () => '' },
        clock: () => new Date(),
        logger: { info() {}, warn() {}, error() {} },
        welcome: () => ({ tone: 'info', blocks: [] }),
      })
    await expect(make({ botToken: 'x', appToken }).start(intake)).rejects.toMatchObject({
      key: 'slack:refused',
      values: { setting: 'SLACK_BOT_TOKEN' },
    })
    const wrong = make({ botToken, appToken: 'x' })
    await expect(wrong.start(intake)).rejects.toMatchObject({ values: { setting: 'SLACK_APP_TOKEN' } })
    const asked = stage.fake.connections
    await person.say('一')
    expect(stage.fake.connections).toBe(asked)
  })

  test('of a workspace that cannot be reached at the start is opened later', async () => {
    await open('socket')
    const late = createSlackPlatform({
      ...{ botToken, appToken, apiUrl: stage.fake.apiUrl, blobs: { put: async () => '' } },
      clock: () => new Date(),
      logger: { info() {}, warn() {}, error() {} },
      welcome: () => ({ tone: 'info', blocks: [] }),
    })
    stage.fake.workspace.fail('auth.test', { status: 502 })
    await late.start(intake)
    expect(late.health().connected).toBe(false)
    await stage.fake.until(() => stage.fake.connections === 2)
    await vi.waitFor(() => expect(late.health().connected).toBe(true))
    await late.stop()
  })
})

describe('a request at /slack/events', () => {
  let time = new Date('2026-03-02T01:02:03Z')
  const body = () => ({ type: 'event_callback', event: event('问') })

  test('that is forged, stale, of the future, oversized or no payload is refused and counted', async () => {
    await open('http', () => time)
    const ask = async (...given: Parameters<FakeSlack['request']>) =>
      (await stage.fake.request(...given)).status
    const shifted = (seconds: number) => new Date(time.getTime() + seconds * 1000)
    expect(await ask(body(), { secret: 'other' })).toBe(401)
    expect(await ask(body(), { at: shifted(-301) })).toBe(401)
    expect(await ask(body(), { at: shifted(301) })).toBe(401)
    expect(await ask('x'.repeat(1024 * 1024 + 1))).toBe(413)
    for (const text of ['', 'no json', '[]', '"text"', 'null', '{}']) expect(await ask(text)).toBe(400)
    expect(await ask('payload=%7B', { form: false })).toBe(400)
    expect(stage.platform.health().refused).toEqual({ forged: 1, stale: 2, oversized: 1, malformed: 7 })
    expect(intake.messages).toEqual([])
    expect(await ask(body())).toBe(200)
  })

  test('for verification is answered with its challenge', async () => {
    await open('http')
    const given = { type: 'url_verification', token: 'unused', challenge: '挑战' }
    expect(await stage.fake.post(given, { form: false })).toEqual({ challenge: '挑战' })
  })

  test('that is repeated exactly is answered as the first time, without a second effect', async () => {
    await open('http', () => time)
    const trigger = stage.fake.workspace.trigger()
    const command = {
      command: '/kexie',
      text: '问',
      user_id: person.user,
      channel_id: person.im,
      trigger_id: trigger,
    }
    const first = await stage.fake.post(command)
    expect(await stage.fake.post(command)).toEqual(first)
    expect(said()).toEqual(['问'])
    time = new Date(time.getTime() + 3000)
    await stage.fake.post(command)
    expect(said()).toEqual(['问', '问'])
  })

  test('that could not be carried out is not acknowledged, nor kept as answered', async () => {
    await open('http', () => time)
    const given = body()
    intake.storing = () => Promise.reject(new Error('the disk is full'))
    expect((await stage.fake.request(given)).status).toBe(503)
    intake.storing = async () => {}
    expect((await stage.fake.request(given, { retry: 1 })).status).toBe(200)
    expect(said()).toEqual(['问'])
  })
})

describe('a message of the bot', () => {
  test.each<[string, Parameters<SlackStage['fake']['workspace']['fail']>[1], object]>([
    ['429', { status: 429, headers: { 'Retry-After': '7' } }, { kind: 'later', wait: 7000 }],
    ['a server error', { status: 500 }, { kind: 'unknown' }],
    ['a broken line', { body: null }, { kind: 'unknown' }],
    ['no right', { body: { ok: false, error: 'missing_scope' } }, { kind: 'not-allowed' }],
    ['a closed channel', { body: { ok: false, error: 'is_archived' } }, { kind: 'gone' }],
    ['wrong blocks', { body: { ok: false, error: 'invalid_blocks' } }, { kind: 'bad-input' }],
    ['a new word', { body: { ok: false, error: 'never_heard_of' } }, { kind: 'unknown' }],
  ])('that meets %s fails so', async (_what, answer, failure) => {
    await open('http')
    stage.fake.workspace.fail('chat.postMessage', answer)
    await expect(stage.platform.deliver(operation('1'))).rejects.toMatchObject(failure)
    expect(stage.fake.workspace.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1)
  })

  test('whose answer was lost is found again among later ones, and in a thread', async () => {
    await open('http')
    stage.fake.workspace.fail('chat.postMessage', { body: null }, true)
    await expect(stage.platform.deliver(operation('1'))).rejects.toMatchObject({ kind: 'unknown' })
    for (let i = 0; i < 120; i += 1) stage.fake.workspace.say(person.im, person.user, String(i))
    const made = person.seen()[0]!
    expect(await stage.platform.find(operation('1'))).toEqual({ message: `${person.im}:${made.ts}` })
    expect(await stage.platform.find(operation('2'))).toBeNull()
    const to = operation('3').to
    if (to.type !== 'conversation') throw new Error('no conversation')
    const threaded = operation('3', { to: { ...to, conversation: { ...to.conversation, thread: made.ts } } })
    const delivered = await stage.platform.deliver(threaded)
    expect(await stage.platform.find(threaded)).toEqual(delivered)
  })
})
