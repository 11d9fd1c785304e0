import { webApi } from '@slack/bolt'
import type { Card } from '../../chat/card.ts'
import type { Operation } from '../../chat/outgoing.ts'
import { errorCodeOf } from './errors.ts'
import { mostStreams } from './limits.ts'
import { lettersOf, renderStream } from './render-stream.ts'

export interface MessagePlace {
  channel: string
  ts: string
}

/**
 * Messages that Slack shows while they are written: https://docs.slack.dev/reference/methods/chat.startStream
 * What is known of them here is a shortcut: an edit of one that is not known is an update of the whole message.
 */
export interface Streams {
  /** Begins one as an answer in a thread. Null: Slack takes none here, so it is to be posted. */
  start(operation: Operation, place: { channel: string; thread: string }): Promise<string | null>
  /** Adds what is new in the card. False: the message is to be updated as a whole. */
  append(place: MessagePlace, card: Card): Promise<boolean>
  /** Ends the one that is known there; where none is, nothing happens. */
  endKnown(place: MessagePlace): Promise<void>
  /** Ends it, if it has not ended. */
  end(place: MessagePlace): Promise<void>
}

/** Slack does not say whether these were carried out; every other error it names is a refusal. */
const unclear = new Set(['fatal_error', 'internal_error', 'messaging_processing_failed', 'request_timeout'])

/** How a message of a thread came out of a look at it. */
interface ListedMessage {
  ts?: string
  text?: string
  bot_id?: string
  metadata?: { event_type?: string }
  streaming_state?: string
}

export function createStreams(client: webApi.WebClient): Streams {
  /** The text that each has so far, by channel and time. */
  const texts = new Map<string, string>()
  const keyOf = ({ channel, ts }: MessagePlace) => `${channel}:${ts}`

  /** Outside of private chats Slack asks for whom it streams: whoever asked. Null where nobody can tell. */
  async function recipientOf({ to, replyTo }: Operation, channel: string, thread: string) {
    if (channel.startsWith('D')) return {}
    const ts = timeOf(replyTo, channel)
    if (ts === '' || to.type !== 'conversation') return null
    const { messages = [] } = await client.conversations.replies({
      ...{ channel, ts: thread, oldest: ts, latest: ts, inclusive: true, limit: 2 },
    })
    const user = messages.find((message) => message.ts === ts)?.user
    return user ? { recipient_user_id: user, recipient_team_id: to.conversation.installation } : null
  }

  async function end({ channel, ts }: MessagePlace): Promise<void> {
    try {
      await client.chat.stopStream({ channel, ts })
    } catch (error) {
      // Slack ends one by itself after some minutes, and whoever reads can stop it.
      if (errorCodeOf(error) !== 'message_not_in_streaming_state') throw error
    }
  }

  return {
    async start(operation, { channel, thread }) {
      const text = operation.open ? renderStream(operation.card) : null
      if (text === null || thread === '') return null
      const recipient = await recipientOf(operation, channel, thread).catch(() => null)
      if (!recipient) return null
      try {
        const { ts } = await client.chat.startStream({
          ...{ channel, thread_ts: thread, markdown_text: text },
          ...recipient,
        })
        if (ts === undefined) throw new Error('chat.startStream named no message')
        texts.set(keyOf({ channel, ts }), text)
        const [oldest] = texts.keys()
        if (texts.size > mostStreams && oldest !== undefined) texts.delete(oldest)
        // The pane says that it is being looked up, until somebody says otherwise.
        if (channel.startsWith('D')) {
          client.assistant.threads
            .setStatus({ channel_id: channel, thread_ts: thread, status: '' })
            .catch(() => {})
        }
        return ts
      } catch (error) {
        if (isRefusal(error)) return null
        throw error
      }
    },

    async append(place, card) {
      const key = keyOf(place)
      const before = texts.get(key)
      const text = renderStream(card)
      if (before === undefined || text === null || !text.startsWith(before)) return false
      if (text === before) return true
      // Until it is known how it ends, nobody knows what stands there: it must not be added twice.
      texts.delete(key)
      try {
        await client.chat.appendStream({ ...place, markdown_text: text.slice(before.length) })
      } catch (error) {
        if (isTooOften(error)) texts.set(key, before)
        // Ended by Slack, or stopped by whoever reads.
        if (isTooOften(error) || !isRefusal(error)) throw error
        return false
      }
      texts.set(key, text)
      return true
    },

    async endKnown(place) {
      if (!texts.has(keyOf(place))) return
      await end(place)
      texts.delete(keyOf(place))
    },

    end,
  }
}

/**
 * Whether the message is the stream that the operation would have begun: metadata it has none yet, so it is known by
 * being one that is written still, or by its words.
 */
export function isStreamOf(
  { card, replyTo }: Operation,
  message: ListedMessage,
  { channel, bot }: { channel: string; bot: string },
): boolean {
  const text = renderStream(card)
  const { ts = '', bot_id, metadata, streaming_state } = message
  if (text === null || bot_id !== bot || metadata?.event_type !== undefined) return false
  if (Number(ts) <= Number(timeOf(replyTo, channel))) return false
  const [ours, theirs] = [lettersOf(text), lettersOf(message.text ?? '')].map((letters) =>
    letters.slice(0, 100),
  )
  return streaming_state === 'in_progress' || (ours !== '' && ours === theirs)
}

/** The time of the message that is answered; empty where it is none of this chat. */
export function timeOf(replyTo: string | null, channel: string): string {
  const [, where, ts] = /^([A-Z0-9]+):(\d+\.\d+)$/.exec(replyTo ?? '') ?? []
  return where === channel && ts ? ts : ''
}

function isTooOften(error: unknown): boolean {
  return error instanceof webApi.WebAPIRateLimitedError || /^rate_?limited$/.test(errorCodeOf(error))
}

/** Whether Slack surely did nothing. */
function isRefusal(error: unknown): boolean {
  const code = errorCodeOf(error)
  return isTooOften(error) || (code !== '' && !unclear.has(code))
}
