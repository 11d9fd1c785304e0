import type { Generated } from 'kysely'
import type { Flag, Instant } from '../tables.ts'

/** A card in a group that shows how many seats are left. */
interface EventCardTable {
  /** The outbox's id. */
  message: string
  event: string
  /** JSON of the conversation. */
  conversation: string
  /** Hash of the card that it shows. */
  shown: string
  sent_at: Instant
  /** 1: one that was sent later took its place. */
  replaced: Flag
}

/** What the organisers wrote to those of an event. */
interface EventMessageTable {
  id: string
  event: string
  /** Whom: `all`, `confirmed`, `waiting`, `absent`, … */
  audience: string
  text: string
  by: string
  /** To how many it was sent, and how many nobody can write to. */
  people: number
  unreached: number
  at: Instant
  /** When the last of them was sent it; null: it is under way. */
  done_at: Instant | null
}

/** For whom an event is, one row for each way in: found by what somebody is, without reading `audience`. */
interface EventAudienceTable {
  event: string
  /** `public`, `in:<organisation>` or `in:<organisation>:<role>`. */
  key: string
}

/** Gives each event a number in the full-text index `event_words`. */
interface EventTextTable {
  seq: Generated<number>
  event: string
}

/** What events are listed and found by, and where and to whom they are shown. */
export interface ShownEventTables {
  event_card: EventCardTable
  event_message: EventMessageTable
  event_audience: EventAudienceTable
  event_text: EventTextTable
}
