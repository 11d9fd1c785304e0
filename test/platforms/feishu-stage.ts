import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { expect } from 'vitest'
import type { Intake } from '../../src/chat/platform.ts'
import {
  createFeishuPlatform,
  type FeishuOptions,
  type FeishuPlatform,
} from '../../src/platforms/feishu/platform.ts'
import { botOpenId } from '../fakes/feishu-api.ts'
import {
  appId,
  appSecret,
  envelope,
  type FeishuServer,
  type PushAnswer,
  signRequest,
  startFeishuServer,
} from '../fakes/feishu-server.ts'
import type { OpenedStore } from '../store/each-database.ts'
import { textsOf } from './platform-scene.ts'

export const secrets = { encryptKey: 'key of the events', verificationToken: 'token' }

/** By which way the vendor pushes. */
export type Transport = 'ws' | 'http'

export type Push = (
  type: string,
  event: object,
  options?: { id?: string; pieces?: number },
) => Promise<PushAnswer>

export interface FeishuStage {
  platform: FeishuPlatform
  server: FeishuServer
  push: Push
  /** Where events are posted to; empty with the long connection. */
  address: string
  /** What was logged as errors and warnings. */
  logged: string[]
  warned: string[]
  /** Stops the platform; Feishu goes on. */
  stop(): Promise<void>
  close(): Promise<void>
}

/** The platform between a Feishu of this machine and an intake. */
export async function openFeishuStage(
  { blobs }: Pick<OpenedStore, 'blobs'>,
  intake: Intake,
  clock: () => Date,
  transport: Transport,
  changes: Partial<FeishuOptions> = {},
): Promise<FeishuStage> {
  const server = await startFeishuServer(clock)
  const logged: string[] = []
  const warned: string[] = []
  const platform = createFeishuPlatform({
    appId,
    appSecret,
    domain: server.url,
    blobs,
    clock,
    logger: {
      info() {},
      warn: (details, message) => warned.push(`${message} ${JSON.stringify(details)}`),
      error: (_details, message) => logged.push(message),
    },
    welcome: () => ({ tone: 'info', blocks: [{ type: 'text', runs: [{ text: '欢迎使用' }] }] }),
    ...(transport === 'http' ? { mode: 'http', ...secrets } : { mode: 'ws' }),
    ...changes,
  })
  await platform.start(intake).catch(async (error) => {
    await server.close()
    throw error
  })
  const posting = platform.routes && (await listen(getRequestListener(platform.routes.fetch)))
  const stop = async () => {
    await platform.stop()
    await posting?.close()
  }
  return {
    platform,
    server,
    address: posting?.address ?? '',
    logged,
    warned,
    push: posting ? pushTo(posting.address, clock) : (...given) => server.push(...given),
    stop,
    async close() {
      await stop()
      await server.close()
    },
  }
}

/** Pushes as the vendor does it by HTTP. */
export function pushTo(address: string, clock: () => Date): Push {
  const post = postTo(address, clock)
  return (type, event, { id } = {}) => post(envelope(type, event, id))
}

/** Posts a body as it stands, encrypted and signed. */
export function postTo(address: string, clock: () => Date) {
  return async (content: object): Promise<PushAnswer> => {
    const { body, headers } = signRequest(content, secrets.encryptKey, clock())
    const response = await fetch(address, { method: 'POST', body, headers })
    return { code: response.status, data: await response.json() }
  }
}

async function listen(listener: ReturnType<typeof getRequestListener>) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feishu/events`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

let people = 0

/** Somebody in Feishu: what they say and press goes to the bot as events, what they see is what the bot sent. */
export class FeishuPerson {
  readonly union: string
  /** The group in which they speak; empty: the private chat with the bot. */
  readonly group: string
  readonly #server: FeishuServer
  readonly #push: Push

  constructor(server: FeishuServer, push: Push, { group = '', union = `on_person_${++people}` } = {}) {
    this.#server = server
    this.#push = push
    this.group = group
    this.union = union
  }

  get chat(): string {
    return this.group || `p2p:${this.union}`
  }

  /** The event of a message. `mention`: who is meant, in a group. */
  event(text: string, { root = '', mention = true, ...changes }: SaidChanges = {}) {
    const id = changes.message_id ?? `om_said_${randomUUID()}`
    this.#server.said.set(id, { chat: this.chat, thread: root })
    const mentioned = mention && this.group !== ''
    const bot = { key: '@_user_1', id: { open_id: botOpenId, union_id: 'on_bot' }, name: '科协助手' }
    const { history } = this.#server
    const message_type = changes.message_type ?? 'text'
    const content = changes.content ?? JSON.stringify({ text: mentioned ? `@_user_1 ${text}` : text })
    const at = history.now()
    history.items.push({
      ...{ id, chat: this.group || `oc_of_${this.union}`, root, at, sender: this.ids.open_id },
      ...{ type: message_type, content },
      mentions: mentioned ? [{ key: bot.key, id: botOpenId, id_type: 'open_id', name: bot.name }] : [],
    })
    return {
      sender: { sender_id: this.ids, sender_type: 'user', tenant_key: 'tenant-1' },
      message: {
        message_id: id,
        ...(root === '' ? {} : { root_id: root, thread_id: `omt_${root}` }),
        create_time: String(at),
        chat_id: this.group || `oc_of_${this.union}`,
        chat_type: this.group === '' ? 'p2p' : 'group',
        message_type,
        content,
        ...(mentioned ? { mentions: [bot] } : {}),
        ...changes,
      },
    }
  }

  get ids() {
    return { union_id: this.union, open_id: `ou_${this.union}`, user_id: 'u' }
  }

  /** What is shown to them at once; empty where the message was taken. */
  async say(text: string, changes: SaidChanges = {}): Promise<string> {
    const before = this.#server.messages.length
    await this.#push('im.message.receive_v1', this.event(text, changes))
    return read(this.#server.messages.slice(before).map(({ card }) => card))
  }

  /** Cards of the bot in this chat as they stand now. */
  messages() {
    return this.#server.messages.filter(({ chat }) => chat === this.chat)
  }

  async shown(): Promise<string> {
    return read(this.messages().map(({ card }) => card))
  }

  /**
   * The callback of a button, by its label, on the last card that has one.
   * @param id Of the callback; the same again is the same click. Default: a new one.
   */
  async click(label: string, values?: object, id?: string): Promise<{ toast: string; card: unknown }> {
    const message = this.messages().findLast(({ card }) => findButton(card, label))
    if (!message) throw new Error(`no button ${label}`)
    const button = findButton(message.card, label)!
    const submits = button.form_action_type === 'submit'
    const event = {
      operator: { tenant_key: 'tenant-1', ...this.ids },
      token: 'c-token',
      action: {
        tag: 'button',
        value: button.behaviors[0]!.value,
        ...(submits ? { name: button.name, form_value: values ?? {} } : {}),
      },
      host: 'im_message',
      context: { open_message_id: message.id, open_chat_id: this.group || `oc_of_${this.union}` },
    }
    const { code, data } = await this.#push('card.action.trigger', event, id === undefined ? {} : { id })
    expect(code).toBe(200)
    const answer = (data ?? {}) as { toast?: { content: string }; card?: { data: unknown } }
    if (answer.card) message.card = answer.card.data
    return { toast: answer.toast?.content ?? '', card: answer.card?.data }
  }

  /** All that the press shows at once; where the callback shows nothing, what follows it. */
  async press(label: string): Promise<string> {
    const asks = this.messages().some(
      ({ card }) => findButton(card, label)?.behaviors[0]?.value.action === 'ask',
    )
    const before = this.#server.messages.length
    const { toast, card } = await this.click(label)
    if (toast !== '' || card !== undefined || asks) return [toast, read(card)].join('\n')
    await expect.poll(() => this.#server.messages.length).toBeGreaterThan(before)
    return read(this.#server.messages.slice(before).map((message) => message.card))
  }
}

export interface SaidChanges {
  /** The message in whose thread it is said. */
  root?: string
  /** Whether the bot is mentioned; only in groups. */
  mention?: boolean
  message_id?: string
  message_type?: string
  content?: string
  mentions?: object[]
}

interface DrawnButton {
  tag: 'button'
  text: { content: string }
  name?: string
  form_action_type?: string
  behaviors: { value: Record<string, unknown> }[]
}

/** The first button whose label begins so. */
export function findButton(node: unknown, label: string): DrawnButton | undefined {
  if (Array.isArray(node)) {
    for (const one of node) {
      const found = findButton(one, label)
      if (found) return found
    }
    return undefined
  }
  if (node === null || typeof node !== 'object') return undefined
  const button = node as Partial<DrawnButton>
  if (button.tag === 'button' && button.text?.content.startsWith(label)) return button as DrawnButton
  return findButton(Object.values(node), label)
}

/** What the vendor's client shows of a card: its words, without the markup of markdown. */
export function read(card: unknown): string {
  return wordsOf(card)
    .join('\n')
    .replace(/<font color='\w+'>|<\/font>|\*\*/g, '')
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
}

const shownNames = ['content', 'display_name', 'default_url', 'default_value', 'rows']

function wordsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(wordsOf)
  if (node === null || typeof node !== 'object') return []
  return Object.entries(node).flatMap(([name, value]) => {
    if (name === 'value' || name === 'config') return []
    return shownNames.includes(name) ? [textsOf(value)] : wordsOf(value)
  })
}
