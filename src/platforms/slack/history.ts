import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Asked, Asking } from '../catch-up.ts'
import { historyPage, mostHistoryPages } from './limits.ts'

/** A channel or private chat, or a thread in one. */
export interface AskedChat extends Asked {
  chat: string
  /** Empty: what stands in the chat itself. */
  thread: string
}

export interface History {
  /** As the events that would have told of them, oldest first. */
  events: { ts: string; [name: string]: unknown }[]
  /** Threads in which something was said since. */
  threads: AskedChat[]
}

const said = z.looseObject({
  ts: z.string(),
  reply_count: z.number().optional(),
  latest_reply: z.string().optional(),
})

export function askedChat(chat: string, thread: string, since: Date): AskedChat {
  return { key: placeKey(chat, thread), chat, thread, since }
}

/** Names a place as its conversation is named. */
export function placeKey(chat: string, thread: string): string {
  return `${chat} ${thread}`
}

/** When a post was written; never in the future. */
export function timeOf(ts: string, now: Date): Date {
  const time = Math.floor(Number(ts) * 1000)
  return Number.isFinite(time) && time > 0 && time < now.getTime() ? new Date(time) : now
}

/**
 * What was said there since. All pages are read before anything is handed on, for the latest come first.
 * Source: https://docs.slack.dev/reference/methods/conversations.history and conversations.replies
 */
export async function readHistory(
  client: webApi.WebClient,
  { chat: channel, thread, since }: AskedChat,
  asking: Asking,
): Promise<History> {
  const found = new Map<string, z.infer<typeof said>>()
  let cursor = ''
  for (let page = 0; page < mostHistoryPages; page += 1) {
    const asked = {
      channel,
      limit: historyPage,
      // What bears this very time is left out, and was taken.
      oldest: (since.getTime() / 1000).toFixed(3),
      ...(cursor ? { cursor } : {}),
    }
    const { messages = [], response_metadata } = await asking(async () =>
      thread
        ? await client.conversations.replies({ ...asked, ts: thread })
        : await client.conversations.history(asked),
    )
    for (const message of messages) {
      const { success, data } = said.safeParse(message)
      if (success) found.set(data.ts, data)
    }
    cursor = response_metadata?.next_cursor ?? ''
    if (!cursor) break
  }
  // What bears the same thousandth of a second is the one that was taken.
  const isNew = (ts: string | undefined) => Math.floor(Number(ts) * 1000) > since.getTime()
  const all = [...found.values()].sort((one, other) => Number(one.ts) - Number(other.ts))
  return {
    // A thread is always told with the post that it hangs on.
    events: all
      .filter(({ ts }) => isNew(ts))
      .map((message) => ({ ...message, type: 'message', channel, ...(thread ? { thread_ts: thread } : {}) })),
    threads: thread
      ? []
      : all.filter(({ latest_reply }) => isNew(latest_reply)).map(({ ts }) => askedChat(channel, ts, since)),
  }
}
