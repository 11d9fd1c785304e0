import { createHash } from 'node:crypto'
import type { Client } from '@larksuiteoapi/node-sdk'
import { fileOf } from '../../chat/card.ts'
import type { Conversation, Interaction } from '../../chat/incoming.ts'
import { type Delivered, DeliveryError, type Operation, type Recipient } from '../../chat/outgoing.ts'
import type { Upload } from '../../chat/uploads.ts'
import { keysOf, type Uploader } from '../upload-once.ts'
import { RefusedCall, toDeliveryError } from './errors.ts'
import { uuidLength } from './limits.ts'
import { type FeishuCard, type Pictures, type Place, privately, renderCard } from './render-card.ts'
import { uploadFile } from './send-file.ts'
import type { Streams } from './streams.ts'
import { eventPrefix } from './to-incoming.ts'

/** The calls by which messages are sent and changed. */
export type Messages = Pick<Client, 'im'>

interface SentMessage {
  to: Recipient
  /** Or the entity that holds it. */
  card: FeishuCard | { type: 'card'; data: { card_id: string } }
  /** Sent in the card's place: by its key. Default: none. */
  file?: string
  /** Made of the cause: the vendor sends the same one once within an hour. */
  key: string
  /** `Incoming.id` of what is answered. */
  replyTo: string | null
}

/** Makes an operation of the outbox, with `streams` also one that is still being written. Throws DeliveryError. */
export async function deliver(
  client: Messages,
  operation: Operation,
  streams: Streams | null = null,
  refused: (reason: string) => void = () => {},
  uploader?: Uploader,
): Promise<Delivered> {
  const pictures = (await uploader?.picturesOf(operation.card)) ?? new Map<string, Upload>()
  try {
    return await deliverWith(client, operation, { streams, refused, uploader, pictures: keysOf(pictures) })
  } catch (error) {
    const isRefused = error instanceof DeliveryError && error.kind === 'bad-input'
    if (!isRefused || pictures.size === 0) throw error
    // A picture that was taken away there costs nobody the text; the next message has it uploaded again.
    await uploader?.forget(pictures)
    refused('no-picture')
    return deliverWith(client, operation, { streams, refused, uploader, pictures: new Map() })
  }
}

interface Means {
  streams: Streams | null
  refused: (reason: string) => void
  uploader: Uploader | undefined
  pictures: Pictures
}

async function deliverWith(
  client: Messages,
  operation: Operation,
  { streams, refused, uploader, pictures }: Means,
): Promise<Delivered> {
  const { id, name, to, card, replyTo, message } = operation
  const place = placeOf(to)
  const rendered = renderCard(card, place, pictures)
  if (name === 'send') {
    const asItIs: SentMessage = { to, card: rendered, key: id, replyTo }
    const file = fileOf(card)
    if (file) {
      const isBlob = file.type === 'document'
      const key = isBlob ? ((await uploader?.document(file)) ?? null) : await uploadFile(client, file)
      if (key !== null) return send(client, { ...asItIs, file: key })
      // Where files may not be sent, the card says where it is.
      if (!isBlob) refused('no-file')
    }
    const entity = (await streams?.create(operation, place)) ?? null
    if (!streams || !entity) return send(client, asItIs)
    try {
      const sent = await send(client, { ...asItIs, card: { type: 'card', data: { card_id: entity.id } } })
      streams.sent(sent.message, entity)
      return sent
    } catch (error) {
      // An entity that was only just made is not known everywhere at once: 230099, by other users' reports.
      if (error instanceof DeliveryError && error.kind === 'bad-input') return send(client, asItIs)
      throw error
    }
  }
  if (message === null) throw new DeliveryError('gone')
  if (await streams?.edit(message, operation, place)) return { message }
  await calling(
    client.im.v1.message.patch({
      path: { message_id: message },
      data: { content: JSON.stringify(rendered) },
    }),
  )
  return { message }
}

/**
 * Presses a message of the bot upon whoever it was sent to (应用内加急): it stays before them until it was read. Asked twice
 * it presses twice, so it is never asked for again. Throws DeliveryError: `not-allowed` without the scope, `gone` where the
 * person is not in the chat; else refused, as with more than 200 unread ones of the person (230023).
 * https://open.feishu.cn/document/server-docs/im-v1/buzz-messages/urgent_app
 */
export async function urge(client: Messages, { to, message }: Operation): Promise<Delivered> {
  if (to.type !== 'urgent' || message === null) throw new DeliveryError('gone')
  const { data } = await calling(
    client.im.v1.message.urgentApp({
      path: { message_id: message },
      params: { user_id_type: 'union_id' },
      data: { user_id_list: [to.account.user] },
    }),
  )
  if (data?.invalid_user_id_list?.includes(to.account.user)) throw new DeliveryError('gone')
  // It is no message of its own, and must not be found as the one that it presses.
  return { message: `urgent:${message}` }
}

/** Sends what follows a click, such as the form that it opens: once, however often the click is repeated in an hour. */
export async function sendFollowing(
  client: Messages,
  { id, conversation }: Interaction,
  cards: readonly FeishuCard[],
): Promise<void> {
  const to: Recipient = { type: 'conversation', conversation }
  for (const [at, card] of cards.entries()) {
    await send(client, { to, card, key: `following:${id}:${at}`, replyTo: null })
  }
}

/**
 * In a group everything goes into the thread of its question; in a private chat an answer quotes what it answers, so
 * that nothing is said about a question that was withdrawn meanwhile.
 */
async function send(client: Messages, { to, card, file, key, replyTo }: SentMessage): Promise<Delivered> {
  const said = file === undefined ? card : { file_key: file }
  const msg_type = file === undefined ? 'interactive' : 'file'
  const content = { msg_type, content: JSON.stringify(said), uuid: uuidOf(key) }
  const thread = to.type === 'conversation' ? to.conversation.thread : ''
  const asked = replyTo !== null && isMessage(replyTo) ? replyTo : isMessage(thread) ? thread : null
  // What goes to somebody directly may answer a question of a group: a reply to that would be read there by all.
  const question = to.type === 'conversation' ? asked : null
  const call =
    question === null
      ? client.im.v1.message.create({
          params: { receive_id_type: to.type === 'conversation' ? idType(to.conversation) : 'union_id' },
          data: {
            receive_id: to.type === 'conversation' ? to.conversation.chat : to.account.user,
            ...content,
          },
        })
      : client.im.v1.message.reply({
          path: { message_id: question },
          data: { ...content, reply_in_thread: thread !== '' },
        })
  const { data } = await calling(call)
  // Sent, as far as we know, but nobody can name it.
  if (!data?.message_id) throw new DeliveryError('unknown')
  return { message: data.message_id }
}

/** A call whose failure is ours to understand, also where it came with HTTP 200. */
async function calling<T extends { code?: number | undefined }>(call: Promise<T>): Promise<T> {
  try {
    const answer = await call
    if (answer?.code) throw new RefusedCall(answer.code)
    return answer
  } catch (error) {
    throw toDeliveryError(error)
  }
}

function placeOf(to: Recipient): Place {
  if (to.type !== 'conversation') return privately
  return { thread: to.conversation.thread, group: idType(to.conversation) === 'chat_id' }
}

/** A private conversation is named by the person in it and has no threads, a group by its chat. */
function idType({ chat, thread }: Conversation): 'chat_id' | 'union_id' {
  return thread !== '' || chat.startsWith('oc_') ? 'chat_id' : 'union_id'
}

/** Whether it can be replied to; clicks and entries of the menu cannot. */
function isMessage(id: string): boolean {
  return id !== '' && !id.startsWith(eventPrefix)
}

/** As long as the vendor takes it, and of characters that it takes. */
function uuidOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, uuidLength)
}
