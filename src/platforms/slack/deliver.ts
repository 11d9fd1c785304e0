import type { types, webApi } from '@slack/bolt'
import { type DocumentBlock, type FileBlock, fileOf } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { type Delivered, DeliveryError, type Operation } from '../../chat/outgoing.ts'
import type { Upload } from '../../chat/uploads.ts'
import type { Blobs } from '../../store/blobs.ts'
import { keysOf, type Uploader } from '../upload-once.ts'
import type { Directory } from './directory.ts'
import { errorCodeOf, toDeliveryError } from './errors.ts'
import { keepEntry } from './keep-entry.ts'
import { largestSentFile, mostPages, uploadSettles, uploadWait } from './limits.ts'
import { fallbackText, type Pictures, renderCard } from './render-card.ts'
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
  /** Where files lie that cards name, and what gives them to Slack. Default: they stay links. */
  blobs?: Pick<Blobs, 'get'>
  uploader?: Uploader
  clock: () => Date
}

/** Makes the outbox's operations through the Web API. Everything thrown is a DeliveryError. */
export function createDelivering(
  client: webApi.WebClient,
  directory: Directory,
  { apiUrl, refused, blobs, uploader, clock }: DeliveringOptions,
): Delivering {
  const streams = createStreams(client)

  /** An account is spoken to in its private chat. */
  async function placeOf({ to }: Operation): Promise<{ channel: string; thread: string }> {
    if (to.type === 'conversation') return { channel: to.conversation.chat, thread: to.conversation.thread }
    return { channel: await directory.chatWith(to.account.user), thread: '' }
  }

  /** What is sent as a file; null: too large, or it lies there no more. */
  async function bytesOf(file: FileBlock | DocumentBlock): Promise<Uint8Array | null> {
    if (file.type === 'document') return (await blobs?.get(file.blob)) ?? null
    const bytes = Buffer.from(file.text)
    return bytes.length > largestSentFile ? null : bytes
  }

  /**
   * Hands a card over with its pictures. One that was uploaded a moment ago may not be known everywhere: it is tried
   * again; after that its words and a link stand in its place.
   */
  async function withPictures<T>({ card }: Operation, hand: (pictures: Pictures) => Promise<T>): Promise<T> {
    const pictures = (await uploader?.picturesOf(card)) ?? new Map<string, Upload>()
    try {
      return await hand(keysOf(pictures))
    } catch (error) {
      if (pictures.size === 0 || !errorCodeOf(error).startsWith('invalid_blocks')) throw error
      const now = clock().getTime()
      if ([...pictures.values()].some(({ at }) => now - at.getTime() < uploadSettles)) {
        throw new DeliveryError('later', { wait: uploadWait, cause: error })
      }
      await uploader?.forget(pictures)
      refused?.('no-picture')
      return hand(new Map())
    }
  }

  async function send(operation: Operation): Promise<Delivered> {
    if (operation.to.type === 'calendar' || operation.to.type === 'urgent') return keepEntry()
    const { channel, thread } = await placeOf(operation)
    const file = fileOf(operation.card)
    if (file) {
      const bytes = await bytesOf(file)
      const sent =
        bytes && (await sendFile(client, operation, { name: file.name, bytes }, { channel, thread }, apiUrl))
      if (sent) return sent
      // The card says where it is.
      refused?.('no-file')
    }
    const stream = await streams.start(operation, { channel, thread })
    if (stream !== null) return { message: messageId(channel, stream) }
    const { ts } = await withPictures(operation, (pictures) =>
      client.chat.postMessage({
        channel,
        ...contentOf(operation, pictures),
        ...(thread ? { thread_ts: thread } : {}),
        metadata: { event_type: metadataType, event_payload: { id: operation.id } },
        unfurl_links: false,
        unfurl_media: false,
      }),
    )
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
      withPictures(operation, (pictures) =>
        client.chat.update({
          ...place,
          ...contentOf(operation, pictures),
          // An update without metadata would take away what the message is found by.
          metadata: { event_type: metadataType, event_payload: { id: operation.id } },
        }),
      )
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
export function contentOf({ card }: Pick<Operation, 'card'>, pictures: Pictures = new Map()) {
  const blocks: unknown = renderCard(card, 'message', languageOfCard(card), pictures)
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
