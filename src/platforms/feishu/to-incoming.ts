import { z } from 'zod'
import type { IncomingAction, IncomingMessage, IncomingPage } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { placeKey, timeOf } from './history.ts'
import { mostFiles } from './limits.ts'
import type { Place } from './render-card.ts'
import { listSuffix } from './render-form.ts'

/** Begins the ids of what is no message of the vendor's and can be answered by none. */
export const eventPrefix = 'event:'

/** A file that stands in a message and is yet to be fetched. */
export interface FileReference {
  key: string
  /** As the vendor's interface for resources calls it. */
  type: 'image' | 'file'
  name: string
}

/** What a message of a person is to us. */
export type ReadMessage =
  | { is: 'message'; message: Omit<IncomingMessage, 'files'>; files: FileReference[] }
  /** A kind that is not read, such as a voice message. */
  | { is: 'unread'; message: Omit<IncomingMessage, 'files'> }
  /** Not for us: of a bot, or said to others in a group. */
  | { is: 'others' }

/** What stands in no event and is known of people and the bot. */
export interface Known {
  /** The bot's own open_id; empty where it is not known yet. */
  bot: string
  languageOf(unionId: string): Language
  now: Date
}

const ids = z.object({ union_id: z.string().min(1), open_id: z.string().nullish() })
/** Of bots, of everybody and of who is hidden some are empty or missing. */
const someIds = z.object({ union_id: z.string().nullish(), open_id: z.string().nullish() })

const messageEvent = z.object({
  tenant_key: z.string().min(1),
  sender: z.object({ sender_id: someIds.nullish(), sender_type: z.string() }),
  message: z.object({
    message_id: z.string().min(1),
    root_id: z.string().optional(),
    create_time: z.string().optional(),
    chat_id: z.string().min(1),
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z
      .array(z.object({ key: z.string(), id: someIds.nullish(), name: z.string().default('') }))
      .nullish(),
  }),
})

const clickEvent = z.object({
  event_id: z.string().min(1),
  tenant_key: z.string().min(1),
  operator: ids,
  action: z.object({
    value: z.unknown(),
    form_value: z.record(z.string(), z.unknown()).nullish(),
  }),
  context: z.object({ open_message_id: z.string().optional(), open_chat_id: z.string().min(1) }),
})

const menuEvent = z.object({
  event_id: z.string().min(1),
  tenant_key: z.string().min(1),
  event_key: z.string().min(1),
  operator: z.object({ operator_id: ids }),
})

export const enteredEvent = z.object({ tenant_key: z.string().min(1), operator_id: ids })

export const recalledEvent = z.object({ tenant_key: z.string().min(1), message_id: z.string().min(1) })

const place = { thread: z.string(), group: z.boolean() }
const buttonValue = z.object({
  action: z.string().min(1),
  value: z.record(z.string(), z.string()),
  label: z.string(),
  ...place,
})
const pageValue = z.object({
  draft: z.string().min(1),
  page: z.string().min(1),
  step: z.enum(['next', 'back', 'save', 'cancel', 'submit']),
  fields: z.array(z.string()).optional(),
  ...place,
})

/**
 * Somebody in a place. A private chat is named by the person in it, whom every event names: menus and cards that are
 * sent to an account belong to the same conversation as what is written there. A group is named by its chat.
 */
function toPlace(tenant: string, user: string, chat: string, { group, thread }: Place) {
  const there = { platform: 'feishu', installation: tenant }
  return {
    account: { ...there, user },
    conversation: { ...there, chat: group ? chat : user, thread: group ? thread : '' },
    group,
  }
}

/** Throws ZodError where it is no event of a message, SyntaxError where its content cannot be read. */
export function readMessage(event: unknown, known: Known): ReadMessage {
  const { tenant_key, sender, message } = messageEvent.parse(event)
  const user = sender.sender_id?.union_id
  if (sender.sender_type !== 'user' || !user) return { is: 'others' }
  const group = message.chat_type !== 'p2p'
  const mentions = message.mentions ?? []
  const isBot = (mention: (typeof mentions)[number]) => known.bot !== '' && mention.id?.open_id === known.bot
  // The event is pushed again, by when it may be known.
  if (group && known.bot === '') throw new Error('who the bot is in groups is not known yet')
  // Also where everybody is mentioned: only who is meant by name answers.
  if (group && !mentions.some(isBot)) return { is: 'others' }
  const { text, files, isRead } = readContent(message.message_type, message.content)
  const names = new Map(mentions.map((one) => [one.key, isBot(one) ? '' : `@${one.name}`]))
  const said = harmlessText(text.replace(/@_user_\d+/g, (key) => names.get(key) ?? key))
    .replaceAll('@_all', '@所有人')
    .trim()
  const incoming: Omit<IncomingMessage, 'files'> = {
    type: 'message',
    id: message.message_id,
    // A thread is named by the message that it hangs on, so that the first question is in it already.
    ...toPlace(tenant_key, user, message.chat_id, { group, thread: message.root_id || message.message_id }),
    language: known.languageOf(user),
    at: timeOf(message.create_time, known.now),
    text: said,
    vendorChat: message.chat_id,
  }
  // A mention alone is a greeting.
  if (isRead && said === '' && files.length === 0) {
    return group
      ? { is: 'message', message: { ...incoming, text: '帮助' }, files }
      : { is: 'unread', message: incoming }
  }
  return isRead ? { is: 'message', message: incoming, files } : { is: 'unread', message: incoming }
}

/** The place to which a message belongs; empty where that cannot be read. */
export function placeOf(event: unknown): string {
  const { success, data } = messageEvent.safeParse(event)
  if (!success) return ''
  const { chat_id, chat_type, root_id, message_id } = data.message
  return placeKey(chat_id, chat_type === 'p2p' ? '' : root_id || message_id)
}

interface Content {
  text: string
  files: FileReference[]
  isRead: boolean
}

const unread: Content = { text: '', files: [], isRead: false }

/** One converter for each type of message; those that are not here cannot be read. */
const converters: Record<string, (content: Record<string, unknown>) => Content> = {
  text: ({ text }) => ({ text: textOf(text), files: [], isRead: true }),
  post: readPost,
  image: ({ image_key }) => readFile(image_key, 'image', 'image.png'),
  file: ({ file_key, file_name }) => readFile(file_key, 'file', textOf(file_name) || 'file'),
}

function readContent(type: string, json: string): Content {
  const convert = Object.hasOwn(converters, type) ? converters[type] : undefined
  const content: unknown = convert && JSON.parse(json)
  return convert && isObject(content) ? convert(content) : unread
}

function readFile(key: unknown, type: FileReference['type'], name: string): Content {
  const isRead = typeof key === 'string' && key !== ''
  return isRead ? { text: '', files: [{ key, type, name }], isRead } : unread
}

/** Rich text: lines of pieces, below a language where it was written for several. */
function readPost(content: Record<string, unknown>): Content {
  const post = Array.isArray(content.content) ? content : Object.values(content).find(isObject)
  const lines = Array.isArray(post?.content) ? post.content.filter(Array.isArray) : []
  const files: FileReference[] = []
  const words = lines.map((line: unknown[]) =>
    line
      .filter(isObject)
      .map((piece) => {
        if (piece.tag === 'img' && typeof piece.image_key === 'string' && files.length < mostFiles) {
          files.push({ key: piece.image_key, type: 'image', name: `image-${files.length + 1}.png` })
        }
        return piece.tag === 'at' ? textOf(piece.user_id) : textOf(piece.text)
      })
      .join(''),
  )
  return {
    text: [textOf(post?.title), ...words].filter((line) => line !== '').join('\n'),
    files,
    isRead: true,
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** A click: a question that a button asks, an action, or a page of a form. Throws ZodError where it is none of ours. */
export function readClick(event: unknown, known: Known): IncomingMessage | IncomingAction | IncomingPage {
  const { event_id, tenant_key, operator, action, context } = clickEvent.parse(event)
  const base = (at: Place) => ({
    id: `${eventPrefix}${event_id}`,
    ...toPlace(tenant_key, operator.union_id, context.open_chat_id, at),
    language: known.languageOf(operator.union_id),
    at: known.now,
  })
  if (isObject(action.value) && 'draft' in action.value) {
    const value = pageValue.parse(action.value)
    const { draft, page, step } = value
    const values = readFields(action.form_value ?? {}, action.form_value ? (value.fields ?? []) : [])
    return { type: 'page', ...base(value), draft, page, step, values }
  }
  const value = buttonValue.parse(action.value)
  if (value.action === 'ask') {
    return { type: 'message', ...base(value), text: value.value.text ?? value.label }
  }
  const message = context.open_message_id
  return {
    type: 'action',
    ...base(value),
    action: value.action,
    value: value.value,
    ...(message === undefined ? {} : { message }),
  }
}

/** What was filled in; fields that were drawn and are not sent were left or made empty. */
function readFields(given: Record<string, unknown>, drawn: string[]): IncomingPage['values'] {
  const values: IncomingPage['values'] = {}
  for (const name of new Set([...drawn, ...Object.keys(given)])) {
    const value = toValue(Object.hasOwn(given, name) ? given[name] : '')
    if (!name.endsWith(listSuffix)) values[name] = value
    else
      values[name.slice(0, -listSuffix.length)] = [value]
        .flat()
        .join(',')
        .split(/[,，、\s]+/)
        .filter(Boolean)
  }
  return values
}

function toValue(value: unknown): string | string[] {
  if (Array.isArray(value)) return value.map((one) => [toValue(one)].flat().join(''))
  if (typeof value === 'boolean') return value ? 'yes' : ''
  if (typeof value === 'number') return String(value)
  // Pickers add the zone of the screen, which says nothing about a day or an hour that was chosen.
  return textOf(value).replace(/^(\d{4}-\d\d-\d\d|\d\d:\d\d) [+-]\d{4}$/, '$1')
}

/** Keys of menu entries that mean a command, in the person's language; any other key is the command's own word. */
export const menuWords: Record<string, Record<Language, string>> = {
  help: { 'zh-CN': '帮助', en: 'help' },
  question: { 'zh-CN': '提问', en: 'ask' },
  mine: { 'zh-CN': '我的', en: 'mine' },
  ask: { 'zh-CN': '请人解答', en: 'ask a person' },
  questions: { 'zh-CN': '我的提问', en: 'my questions' },
  tasks: { 'zh-CN': '我的待办', en: 'my tasks' },
  drafts: { 'zh-CN': '我的草稿', en: 'my drafts' },
  console: { 'zh-CN': '控制台', en: 'console' },
}

/** An entry of the bot's menu was chosen: as if its word had been said. Throws ZodError. */
export function readMenu(event: unknown, known: Known): IncomingMessage {
  const { event_id, tenant_key, event_key, operator } = menuEvent.parse(event)
  const user = operator.operator_id.union_id
  const language = known.languageOf(user)
  return {
    type: 'message',
    id: `${eventPrefix}${event_id}`,
    ...toPlace(tenant_key, user, '', { group: false, thread: '' }),
    language,
    at: known.now,
    text: Object.hasOwn(menuWords, event_key) ? menuWords[event_key]![language] : harmlessText(event_key),
  }
}
