import type { Card } from '../../src/chat/card.ts'
import { plain } from '../../src/chat/card.ts'
import { createApp } from '../../src/platforms/web/app.ts'
import { ChatWatch } from '../../src/platforms/web/chat-watch.ts'
import { Transcript } from '../../src/platforms/web/transcript.ts'
import type { PagesBeside } from '../../src/platforms/web/visitor.ts'
import type { OpenedStore } from '../store/each-database.ts'
import { KeptIntake } from './platform-scene.ts'

export const say = (text: string): Card => ({ tone: 'answer', blocks: [{ type: 'text', runs: plain(text) }] })

export interface Sent {
  path?: string
  method?: string
  /** JSON, or what is sent as it is. */
  body?: unknown
  headers?: Record<string, string>
  cookie?: string
  address?: string
}

export interface BenchOptions {
  perMinute?: number
  trustProxy?: boolean
  health?: () => Promise<object>
  pages?: PagesBeside
}

/** The routes of the web chat without a server, and what they handed on. */
export function createBench(
  { store, blobs }: Pick<OpenedStore, 'store' | 'blobs'>,
  options: BenchOptions = {},
) {
  const intake = new KeptIntake()
  const time = { now: new Date('2026-03-02T01:02:03Z') }
  const logged: string[] = []
  const logger = { info() {}, warn() {}, error: (_details: object, message: string) => logged.push(message) }
  const transcript = new Transcript(store)
  const watch = new ChatWatch({ lastChanges: (chats) => transcript.lastChanges(chats), logger })
  const app = createApp({
    intake,
    transcript,
    watch,
    blobs,
    clock: () => time.now,
    logger,
    questionsPerMinute: options.perMinute ?? 100,
    trustProxy: () => options.trustProxy ?? false,
    welcome: () => say('您好</script><b>'),
    health: async () => ({ ...(await options.health?.()) }),
    pages: options.pages,
    isStopping: () => false,
  })
  const send = ({ path = '/api/messages', body, headers = {}, cookie, address = '192.0.2.1' }: Sent) => {
    const isForm = body instanceof FormData
    return Promise.resolve(
      app.request(
        `http://bot.example${path}`,
        {
          ...(body === undefined
            ? {}
            : { method: 'POST', body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
          headers: {
            Host: 'bot.example',
            ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
            ...(cookie === undefined ? {} : { Cookie: `kexie_guest=${cookie}` }),
            ...headers,
          },
        },
        { incoming: { socket: { remoteAddress: address, remotePort: 1, remoteFamily: 'IPv4' } } },
      ),
    )
  }
  return { intake, transcript, watch, send, time, logged }
}

export type Bench = ReturnType<typeof createBench>

export const ada = 'a'.repeat(22)
export const bob = 'b'.repeat(22)

export const message = (text: string, id = 'message-1') => ({ id, conversation: 'conversation-1', text })

export async function clearWebChat(store: OpenedStore['store']): Promise<void> {
  await store.transaction(async (trx) => {
    await trx.deleteFrom('web_message').execute()
    await trx.deleteFrom('web_chat').execute()
  })
}

/** The status of a refusal and what it says. */
export async function complaint(response: Response): Promise<[number, string]> {
  const { message } = (await response.json()) as { message: string }
  return [response.status, message]
}
