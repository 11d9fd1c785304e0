import type { Client } from '@larksuiteoapi/node-sdk'
import { z } from 'zod'
import type { Asked, Asking } from '../catch-up.ts'
import { RefusedCall } from './errors.ts'
import { historyPage, mostHistoryPages } from './limits.ts'

/** A private chat or a group, or a thread in one. */
export interface AskedChat extends Asked {
  tenant: string
  /** As the vendor names it, `oc_…`. */
  chat: string
  /** The message on which the thread hangs; empty: what stands in the chat itself. */
  root: string
  /** The thread as the vendor names it, `omt_…`; empty where that is not known yet. */
  thread: string
  /** Whose private chat it is, by union_id; empty: a group. */
  person: string
}

export interface History {
  /** As the events that would have told of them, oldest first. */
  events: object[]
  /** Threads in the chat. */
  threads: AskedChat[]
}

export interface HistoryOptions {
  client: Pick<Client, 'im'>
  asking: Asking
  /** The bot's own open_id. */
  bot: string
  /** A person's union_id, which the list does not tell; null where the directory does not either. */
  unionOf(openId: string): Promise<string | null>
}

const item = z.object({
  message_id: z.string().min(1),
  root_id: z.string().optional(),
  thread_id: z.string().optional(),
  msg_type: z.string(),
  create_time: z.string(),
  deleted: z.boolean().optional(),
  sender: z.object({ id: z.string(), sender_type: z.string(), tenant_key: z.string().optional() }),
  body: z.object({ content: z.string() }).optional(),
  mentions: z
    .array(z.object({ key: z.string(), id: z.string().optional(), name: z.string().optional() }))
    .optional(),
})
type Item = z.infer<typeof item>

/** Names a place as its conversation is named. */
export function placeKey(chat: string, root: string): string {
  return `${chat} ${root}`
}

/** When a message was said; never in the future. @param created Milliseconds, as the vendor writes them. */
export function timeOf(created: string | undefined, now: Date): Date {
  const time = Number(created)
  return Number.isFinite(time) && time > 0 && time < now.getTime() ? new Date(time) : now
}

/**
 * What people said there to the bot since. A chat's list holds of a thread only the message that it hangs on, and a
 * thread cannot be asked by time.
 * Source: https://open.feishu.cn/document/server-docs/im-v1/message/list
 */
export async function readHistory(place: AskedChat, options: HistoryOptions): Promise<History> {
  const { asking, client } = options
  const since = place.since.getTime()
  const thread = place.root === '' ? '' : place.thread || (await threadOf(place, options))
  if (place.root !== '' && thread === '') return { events: [], threads: [] }
  const container = thread
    ? { container_id_type: 'thread', container_id: thread, sort_type: 'ByCreateTimeDesc' as const }
    : {
        container_id_type: 'chat',
        container_id: place.chat,
        sort_type: 'ByCreateTimeAsc' as const,
        start_time: String(Math.floor(since / 1000)),
      }
  const items: Item[] = []
  let next: string | undefined
  for (let page = 0; page < mostHistoryPages; page += 1) {
    const { data, code } = await asking(async () => {
      const answer = await client.im.v1.message.list({
        params: { ...container, page_size: historyPage, ...(next ? { page_token: next } : {}) },
      })
      if (answer.code) throw new RefusedCall(answer.code)
      return answer
    })
    if (code) break
    for (const given of data?.items ?? []) {
      const { success, data: read } = item.safeParse(given)
      if (success) items.push(read)
    }
    next = data?.has_more ? data.page_token : undefined
    const isPast = thread !== '' && items.some(({ create_time }) => Number(create_time) <= since)
    if (!next || isPast) break
  }
  const fresh = items
    .filter(({ create_time }) => Number(create_time) > since)
    .sort((one, other) => Number(one.create_time) - Number(other.create_time))
  return {
    events: (await Promise.all(fresh.map((one) => toEvent(one, place, options)))).filter(
      (event) => event !== null,
    ),
    threads:
      place.person !== '' || place.root !== ''
        ? []
        : fresh.flatMap(({ message_id: root, thread_id }) =>
            thread_id ? { ...place, key: placeKey(place.chat, root), root, thread: thread_id } : [],
          ),
  }
}

/** Empty where nobody has replied to the message. */
async function threadOf({ root }: AskedChat, { client, asking }: HistoryOptions): Promise<string> {
  const { data } = await asking(async () => {
    const answer = await client.im.v1.message.get({ path: { message_id: root } })
    if (answer.code) throw new RefusedCall(answer.code)
    return answer
  })
  return data?.items?.[0]?.thread_id ?? ''
}

/**
 * The event that would have told of it, `im.message.receive_v1`; null for what is not for the bot: withdrawn, a bot's, or
 * said in a group without naming it.
 */
async function toEvent(
  { sender, mentions = [], ...said }: Item,
  { tenant, chat, root, person }: AskedChat,
  { bot, unionOf }: HistoryOptions,
): Promise<object | null> {
  if (said.deleted || sender.sender_type !== 'user' || !said.body) return null
  if (!person && !mentions.some(({ id }) => id === bot)) return null
  const union = person || (await unionOf(sender.id))
  if (!union) return null
  const rootId = said.root_id || (root === said.message_id ? '' : root)
  return {
    tenant_key: tenant,
    sender: { sender_id: { union_id: union, open_id: sender.id }, sender_type: 'user' },
    message: {
      message_id: said.message_id,
      ...(rootId ? { root_id: rootId } : {}),
      chat_id: chat,
      chat_type: person ? 'p2p' : 'group',
      message_type: said.msg_type,
      create_time: said.create_time,
      content: said.body.content,
      mentions: mentions.map(({ key, id = '', name = '' }) => ({ key, id: { open_id: id }, name })),
    },
  }
}
