import type { Flag, Instant } from '../tables.ts'

/** Something that is sent to an audience, where it is known who has answered. */
export interface CirculationTable {
  id: string
  /** By which its feature finds it again, such as a feature’s name and `:ID`: the part before the colon names who writes its cards. */
  origin: string
  /** Whose it is. */
  organisation: string
  /** JSON of `Audience`. */
  audience: string
  /** `gathering`: it is being found out who they are; `sending`; `sent`; `stopped` by hand; `closed`: no answer is wanted. */
  state: 'gathering' | 'sending' | 'sent' | 'stopped' | 'closed'
  /** Whether each of those in its chats is asked too, and reminded in private. */
  asks_chats: Flag
  /** Until when answers are wanted; null: no limit. */
  closes_at: Instant | null
  /** Reminders of the rest so far, each of everybody who had not answered. */
  reminders: number
  /** When the last of these began; null: none has. */
  reminded_at: Instant | null
  made_by: string | null
  made_at: Instant
  sent_at: Instant | null
  ended_at: Instant | null
}

/** Somebody to whom it goes. */
export interface CirculationPersonTable {
  circulation: string
  person: string
  /** By which they belong to the audience; null: they were named, and belong to none. */
  organisation: string | null
  /** Whether they got it in a chat, not in private. */
  by_chat: Flag
  /** `unreachable`: no account; `stopped`: it had not gone out yet, or they have left since and are not asked any more. */
  state: 'waiting' | 'sent' | 'answered' | 'unreachable' | 'stopped'
  /** The outbox's id of the first card; null: none in private. */
  message: string | null
  answered_at: Instant | null
}

/** A chat in which it was posted. */
export interface CirculationChatTable {
  circulation: string
  /** As `chatKey` writes it. */
  chat: string
  /** To which the chat is bound; null: none. */
  organisation: string | null
  /** `gone`: the chat is there no more, or the bot was removed from it. */
  state: 'waiting' | 'sent' | 'stopped' | 'gone'
  /** The outbox's id. */
  message: string
}

/** What is sent to many, and who has answered. */
export interface CirculationTables {
  circulation: CirculationTable
  circulation_person: CirculationPersonTable
  circulation_chat: CirculationChatTable
}
