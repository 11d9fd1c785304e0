import type { Generated } from 'kysely'
import type { Flag, Instant } from '../tables.ts'

/** A message as it was taken, until its conversation has come to it; then what remains to know it again. */
interface InboxTable {
  /** Grows: the order in which messages were taken. */
  position: Generated<number>
  /** `incomingKey` of the message: the same one delivered twice is one row. */
  key: string
  platform: string
  chat: string
  /** As `conversationKey` writes it: one after another within it. */
  conversation: string
  /** JSON of the message; its ids only once it is done. */
  payload: string
  state: 'waiting' | 'done' | 'failed'
  /** How often handling it has thrown, and how often it was begun at all: a message may end the process. */
  attempts: number
  claims: number
  due_at: Instant
  /** Who works it, and until when nobody else may. */
  lease_owner: string | null
  lease_until: Instant | null
  received_at: Instant
  done_at: Instant | null
  /** When the person was told that the answer takes longer; null: they were not. */
  noticed_at: Instant | null
}

/** A conversation in which a message was taken lately. */
interface HeardChatTable {
  /** As `conversationKey` writes it. */
  conversation: string
  platform: string
  /** The chat as the vendor names it. */
  vendor_chat: string
  /** Whether others than one person read it. */
  shared: Flag
  /** When the latest message that was taken there was said, by the vendor's clock. */
  said_at: Instant
}

/** What an interaction was answered, so that its repeat is answered the same. */
interface InteractionTable {
  /** `incomingKey` of the interaction. */
  key: string
  /** JSON of the acknowledgement; empty only within the transaction that makes it. */
  answer: string
  at: Instant
}

/** An event on its way to one subscriber. */
interface EventTable {
  position: Generated<number>
  name: string
  /** The feature that handles it. */
  subscriber: string
  /** JSON. */
  payload: string
  state: 'waiting' | 'done' | 'failed'
  attempts: number
  due_at: Instant
  published_at: Instant
}

/** The inbox, the first answers of interactions, and domain events on their way. */
export interface IntakeTables {
  inbox: InboxTable
  heard_chat: HeardChatTable
  interaction: InteractionTable
  event: EventTable
}
