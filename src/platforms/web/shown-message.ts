import type { Selectable } from 'kysely'
import type { Card } from '../../chat/card.ts'
import type { Tables } from '../../store/tables.ts'
import { longestAsked, openFor } from './limits.ts'
import { renderCard } from './render-card.ts'

/** A message as the page gets it. Ids of the person's own messages are those that the page made. */
export interface ShownMessage {
  /** The chat's counter at its last change: a later state has a higher one. */
  seq: number
  /** Its place in the chat; it stays the same when the message is edited. */
  position: number
  id: string
  /** Empty: to the person directly. */
  thread: string
  from: 'person' | 'bot'
  text: string
  files: SentFile[]
  card: Card | null
  replyTo: string | null
  /** It is still being written. */
  open: boolean
  /** It came when nobody was speaking in its thread any more. */
  late: boolean
  /** The beginning of the question that it answers; empty where that is not known. */
  asked: string
  at: string
}

export interface SentFile {
  name: string
  /** Bytes. */
  size: number
}

export type MessageRow = Selectable<Tables['web_message']> & { asked: string | null }

/** @param now What decides whether an open message was left so by a process that died. */
export function showMessage(row: MessageRow, now: Date): ShownMessage {
  return {
    seq: row.change,
    position: row.position,
    id: row.speaker === 'person' ? bareId(row.chat, row.id) : row.id,
    thread: row.thread,
    from: row.speaker,
    text: row.text,
    files: JSON.parse(row.files),
    card: row.card === null ? null : renderCard(JSON.parse(row.card)),
    replyTo: row.reply_to === null ? null : bareId(row.chat, row.reply_to),
    open: row.open === 1 && now.getTime() - Date.parse(row.changed_at) < openFor,
    late: row.late === 1,
    asked: beginning(row.asked ?? ''),
    at: row.at,
  }
}

/** The id of an event of the web: the page's own id, which is only unique within the account. */
export function eventId(user: string, id: string): string {
  return `${user}:${id}`
}

function bareId(user: string, id: string): string {
  return id.startsWith(`${user}:`) ? id.slice(user.length + 1) : id
}

function beginning(text: string): string {
  const characters = Array.from(text.replace(/\s+/g, ' '))
  return characters.length > longestAsked
    ? `${characters.slice(0, longestAsked).join('')}…`
    : characters.join('')
}
