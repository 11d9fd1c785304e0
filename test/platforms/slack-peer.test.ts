import { createHmac } from 'node:crypto'
import { createEmulator, type Emulator } from 'emulate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Card, plain } from '../../src/chat/card.ts'
import type { Operation, Recipient } from '../../src/chat/outgoing.ts'
import { createSlackPlatform, type SlackPlatform } from '../../src/platforms/slack/platform.ts'
import { signingSecret } from '../fakes/slack-server.ts'
import { KeptIntake } from './platform-scene.ts'

/** A Slack that is not ours: it says what the Web API takes and gives. It sends nothing by itself. */
let peer: Emulator
let platform: SlackPlatform
let channel: string
let team: string
let user: string
const intake = new KeptIntake()
const logged: string[] = []

async function ask<T>(method: string, args: Record<string, string> = {}): Promise<T> {
  const response = await fetch(`${peer.url}/api/${method}`, {
    method: 'POST',
    headers: { Authorization: 'Bearer xoxb-any', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(args),
  })
  return (await response.json()) as T
}

/** As the vendor would post it, to the platform itself. */
async function post(body: object): Promise<number> {
  const raw = JSON.stringify(body)
  const timestamp = String(Math.floor(Date.now() / 1000))
  const hash = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${raw}`).digest('hex')
  const headers = {
    'Content-Type': 'application/json',
    'X-Slack-Request-Timestamp': timestamp,
    'X-Slack-Signature': `v0=${hash}`,
  }
  const response = await platform.routes.request('/slack/events', { method: 'POST', body: raw, headers })
  return response.status
}

beforeAll(async () => {
  peer = await createEmulator({
    ...{ service: 'slack', port: 0 },
    seed: { slack: { users: [{ name: 'zhangsan', real_name: '张三' }] } },
  })
  platform = createSlackPlatform({
    ...{ botToken: 'xoxb-any', signingSecret, apiUrl: `${peer.url}/api/`, blobs: { put: async () => '' } },
    clock: () => new Date(),
    logger: {
      info() {},
      warn: (_, message) => logged.push(message),
      error: (_, message) => logged.push(message),
    },
    welcome: () => ({ tone: 'info', title: '欢迎', blocks: [] }),
  })
  await platform.start(intake)
  const self = await ask<{ team_id: string; user_id: string }>('auth.test')
  team = self.team_id
  const { members } = await ask<{ members: { id: string; is_bot: boolean }[] }>('users.list')
  user = members.find(({ id, is_bot }) => id !== self.user_id && !is_bot)!.id
  const made = await ask<{ channel: { id: string } }>('conversations.create', {
    name: 'kexie',
    is_private: 'true',
  })
  channel = made.channel.id
  await ask('conversations.invite', { channel, users: user })
})
afterAll(async () => {
  await platform.stop()
  await peer.close()
})

const card = (text: string): Card => ({
  tone: 'answer',
  blocks: [
    { type: 'text', runs: plain(text) },
    { type: 'table', header: ['甲'], rows: [['乙']] },
    { type: 'buttons', buttons: [{ label: '全文', action: 'policy.open-clause', value: { key: '10' } }] },
  ],
})
const conversation = (thread = ''): Recipient => ({
  type: 'conversation',
  conversation: { platform: 'slack', installation: team, chat: channel, thread },
})
let made = 0
function operation(to: Recipient, changes: Partial<Operation> = {}): Operation {
  made += 1
  const sent = { name: 'send' as const, to, card: card('回答'), replyTo: null, open: false, message: null }
  return { id: `peer-${made}`, ...sent, ...changes }
}

describe('at a peer that is not ours', () => {
  test('a message is posted into a chat, a thread and to a person, and edited', async () => {
    const account = { platform: 'slack', installation: team, user }
    const first = operation(conversation())
    const { message } = await platform.deliver(first)
    const [, ts = ''] = message.split(':')
    await platform.deliver(operation(conversation(ts)))
    const alone = await platform.deliver(operation({ type: 'account', account }))
    expect(alone.message).toMatch(/^D/)
    expect(await platform.deliver({ ...first, name: 'edit', message, card: card('另一个回答') })).toEqual({
      message,
    })
    const { messages } = await ask<{ messages: { ts: string; text: string }[] }>('conversations.replies', {
      channel,
      ts,
    })
    expect(messages.map(({ text }) => text)).toEqual([
      expect.stringContaining('另一个回答'),
      expect.stringContaining('回答'),
    ])
  })

  test('an edit of what is not there and a message into no chat are told apart from other failures', async () => {
    const gone = operation(conversation(), { name: 'edit', message: `${channel}:1.000001` })
    await expect(platform.deliver(gone)).rejects.toMatchObject({ kind: 'gone' })
    const nowhere = { platform: 'slack', installation: team, chat: 'C404', thread: '' }
    const lost = operation({ type: 'conversation', conversation: nowhere })
    await expect(platform.deliver(lost)).rejects.toMatchObject({ kind: 'gone' })
  })

  test('people are looked up, and who reads a chat', async () => {
    const { user: info } = await ask<{ user: { real_name: string; profile: { display_name?: string } } }>(
      'users.info',
      { user },
    )
    const profile = await platform.profileOf({ platform: 'slack', installation: team, user })
    expect(profile!.name).toBe(info.profile.display_name || info.real_name)
    const { members } = await ask<{ members: string[] }>('conversations.members', { channel })
    const where = conversation()
    const readers = where.type === 'conversation' && (await platform.membersOf(where.conversation))
    expect(members).toEqual(expect.arrayContaining((readers || []).map((one) => one.user)))
    expect(readers || []).not.toEqual([])
  })

  test('what was sent is looked for in the chat and in its thread, and nothing is found that was not made', async () => {
    const sent = operation(conversation())
    expect(await platform.find(sent)).toBeNull()
    const delivered = await platform.deliver(sent)
    expect(await platform.find(sent)).toEqual(delivered)
    const [, ts = ''] = delivered.message.split(':')
    expect(await platform.find(operation(conversation(ts)))).toBeNull()
  })

  test('the home is published, and a form is opened by a trigger', async () => {
    const event = { type: 'app_home_opened', user, channel: 'D1', tab: 'home', event_ts: '1.1' }
    expect(await post({ type: 'event_callback', team_id: team, event })).toBe(200)
    const { trigger_id } = await ask<{ trigger_id: string }>('views.generateTriggerId', { user })
    intake.answering = async () => ({ beside: card('条款全文') })
    const pressed = {
      type: 'button',
      action_id: 'policy.open-clause~0',
      value: '{"key":"10"}',
      action_ts: '1.1',
    }
    const status = await post({
      ...{ type: 'block_actions', team: { id: team }, user: { id: user }, trigger_id },
      ...{ channel: { id: channel }, message: { ts: '1.000001' }, actions: [pressed] },
    })
    expect(status).toBe(200)
    expect(intake.interactions.at(-1)).toMatchObject({ action: 'policy.open-clause', value: { key: '10' } })
    expect(logged).toEqual([])
  })
})
