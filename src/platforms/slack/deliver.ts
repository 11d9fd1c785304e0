import type { types, webApi } from '@slack/bolt'
import { fileOf } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { type Delivered, DeliveryError, type Operation } from '../../chat/outgoing.ts'
import type { Directory } from './directory.ts'
import { errorCodeOf, toDeliveryError } from './errors.ts'
import { keepEntry } from './keep-entry.ts'
import { mostPages } from './limits.ts'
import { fallbackText, renderCard } from './render-card.ts'
import { fileNameOf, messageOfFile, sendFile } from './send-file.ts'
import { createStreams, isStreamOf, timeOf } from './streams.ts'

/** By which a message of ours is known again: Slack has no key of its own for sending once. */
const metadataType = 'kexie'

export interface Delivering {
  deliver(operation: Operation): Promise<Delivered>
  find(operation: Operation): Promise<Delivered | null>
}

export interface DeliveringOptions {
  /** As `SlackOptions` has it. */
  apiUrl?: string | undefined
  /** Told where a file may not be sent. Default: nobody. */
  refused?: (reason: string) => void
}

/** Makes the outbox's operations through the Web API. Everything thrown is a DeliveryError. */
export function createDelivering(
  client: webApi.WebClient,
  directory: Directory,
  { apiUrl, refused }: DeliveringOptions = {},
): Delivering {
  const streams = createStreams(client)

  /** An account is spoken to in its private chat. */
  async function placeOf({ to }: Operation): Promise<{ channel: string; thread: string }> {
    if (to.type === 'conversation') return { channel: to.conversation.chat, thread: to.conversation.thread }
    return { channel: await directory.chatWith(to.account.user), thread: '' }
  }

  async function send(operation: Operation): Promise<Delivered> {
    if (operation.to.type === 'calendar' || operation.to.type === 'urgent') return keepEntry()
    const { channel, thread } = await placeOf(operation)
    const file = fileOf(operation.card)
    if (file) {
      const sent = await sendFile(client, operation, file, { channel, thread }, apiUrl)
      if (sent) return sent
      // The card says where it is.
      refused?.('no-file')
    }
    const stream = await streams.start(operation, { channel, thread })
    if (stream !== null) return { message: messageId(channel, stream) }
    const { ts } = await client.chat.postMessage({
      channel,
      ...contentOf(operation),
      ...(thread ? { thread_ts: thread } : {}),
      metadata: { event_type: metadataType, event_payload: { id: operation.id } },
      unfurl_links: false,
      unfurl_media: false,
    })
    if (ts === undefined) throw new DeliveryError('unknown')
    return { message: messageId(channel, ts) }
  }

  async function edit(operation: Operation): Promise<Delivered> {
    const place = parseMessageId(operation.message ?? '')
    if (!place) throw new DeliveryError('gone')
    const made = { message: operation.message! }
    if (operation.open && (await streams.append(place, operation.card))) return made
    await streams.endKnown(place)
    const update = () =>
      client.chat.update({
        ...place,
        ...contentOf(operation),
        // An update without metadata would take away what the message is found by.
        metadata: { event_type: metadataType, event_payload: { id: operation.id } },
      })
    try {
      await update()
    } catch (error) {
      // A stream that another process began, or this one before it was started again.
      if (errorCodeOf(error) !== 'streaming_state_conflict') throw error
      await streams.end(place)
      await update()
    }
    return made
  }

  async function look(operation: Operation): Promise<Delivered | null> {
    const { channel, thread } = await placeOf(operation)
    const since = timeOf(operation.replyTo, channel)
    const bot = operation.open && thread ? (await client.auth.test()).bot_id : undefined
    const file = fileOf(operation.card)
    const fileName = file && fileNameOf(operation.id, file.name)
    let cursor = ''
    for (let page = 0; page < mostPages; page += 1) {
      const asked = { channel, limit: 100, include_all_metadata: true, ...(cursor ? { cursor } : {}) }
      const { messages = [], response_metadata } = thread
        ? await client.conversations.replies({ ...asked, ts: thread, ...(since ? { oldest: since } : {}) })
        : await client.conversations.history(asked)
      const sent = messages.flatMap(({ files = [] }) => files).find(({ name }) => name && name === fileName)
      if (sent?.id) return { message: messageOfFile(channel, sent.id) }
      const found = messages.find((message) => {
        const { metadata } = message
        if (bot && isStreamOf(operation, message, { channel, bot })) return true
        const payload: unknown = metadata?.event_payload
        return (
          metadata?.event_type === metadataType &&
          typeof payload === 'object' &&
          payload !== null &&
          'id' in payload &&
          payload.id === operation.id
        )
      })
      if (found?.ts) return { message: messageId(channel, found.ts) }
      cursor = response_metadata?.next_cursor ?? ''
      if (cursor === '') break
    }
    return null
  }

  const mapped = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw toDeliveryError(error)
    }
  }
  return {
    deliver: (operation) => mapped(operation.name === 'send' ? send(operation) : edit(operation)),
    find: (operation) => mapped(operation.name === 'send' ? look(operation) : Promise.resolve(null)),
  }
}

/** A card as the arguments of a message. */
export function contentOf({ card }: Pick<Operation, 'card'>) {
  const blocks: unknown = renderCard(card, 'message', languageOfCard(card))
  // The SDK's own types of blocks lag behind the vendor's; ours say the same.
  return { text: fallbackText(card), blocks: blocks as types.KnownBlock[] }
}

/** In which language a card is cut short: the one most of it is in. */
function languageOfCard(card: Operation['card']): Language {
  return /\p{Script=Han}/u.test(JSON.stringify(card)) ? 'zh-CN' : 'en'
}

/** Within a workspace a message is named by its chat and its time. */
export function messageId(channel: string, ts: string): string {
  return `${channel}:${ts}`
}

function parseMessageId(message: string): { channel: string; ts: string } | null {
  const [, channel, ts] = /^([A-Z0-9]+):(\d+\.\d+)$/.exec(message) ?? []
  return channel && ts ? { channel, ts } : null
}
