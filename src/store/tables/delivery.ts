import type { Generated } from 'kysely'
import type { Flag, Instant } from '../tables.ts'

/** The outbox, how fast each chat may be spoken to, and how often a platform was called. */
export interface DeliveryTables {
  outbox: OutboxTable
  outbox_pace: OutboxPaceTable
  outbox_calls: OutboxCallsTable
}

/** An operation that is to be made on a platform, until some days after it was. */
export interface OutboxTable {
  /** The order in which operations were asked for. */
  seq: Generated<number>
  id: string
  platform: string
  installation: string
  /** A chat or an account, as `addressKey` writes it: what order and pace are kept by. */
  address: string
  /** `Recipient` as JSON. */
  recipient: string
  operation: 'send' | 'edit'
  /** Of an edit: the outbox id of the message that is edited. */
  of: string | null
  /** `Card` as JSON; null once it was sent or another took its place. */
  card: string | null
  /** 0 replies, 1 confirmations, 2 reminders, 3 broadcasts. */
  lane: number
  reply_to: string | null
  open: Flag
  /** Who is told where it cannot be delivered, as `accountKey` writes it; null: nobody. */
  sender: string | null
  /** `superseded`: an edit in whose place a later one went out, or a dead letter that was dropped. */
  state: 'waiting' | 'sent' | 'dead' | 'uncertain' | 'superseded'
  /** Tries begun. */
  attempts: number
  due_at: Instant
  /** The worker that has it in hand. */
  lease_owner: string | null
  lease_until: Instant | null
  /** When the first try began. */
  first_tried_at: Instant | null
  /** When the first try began of which nobody knows how it ended; null: all ends are known. */
  in_doubt_since: Instant | null
  sent_at: Instant | null
  /** The platform's own id of the message. */
  message: string | null
  /** Why the last try failed, in a word. */
  problem: string | null
  created_at: Instant
}

/** When the next operation may be made, by chat (`address`) or by app (`app:PLATFORM INSTALLATION`). */
interface OutboxPaceTable {
  name: string
  next_at: Instant
}

/** How often a platform was called in a month. */
interface OutboxCallsTable {
  platform: string
  /** `YYYY-MM` in UTC. */
  month: string
  calls: number
}
