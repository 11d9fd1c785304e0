import type { Card } from './card.ts'
import type { Account, Conversation } from './incoming.ts'

/**
 * Where a message goes: into a conversation, to an account directly, or into the calendar of an account, where its card
 * is an `entry` and an edit moves or removes that. `urgent` is no message: it presses one that the account was sent (the
 * outbox's id), at most once. A platform without calendars, or without such pressing, is handed none of these.
 */
export type Recipient =
  | { type: 'conversation'; conversation: Conversation }
  | { type: 'account'; account: Account }
  | { type: 'calendar'; account: Account }
  | { type: 'urgent'; account: Account; of: string }

/** The card of what is `urgent`: it says nothing itself, and nobody is shown it. */
export const wordless: Card = { tone: 'info', blocks: [] }

/** `send` posts a new message; `edit` puts another card in place of one that was sent. */
export type OperationName = 'send' | 'edit'

/** One operation as the outbox hands it to a platform. */
export interface Operation {
  /** The outbox's id: the same at every try, so a platform can make its own key of it. */
  id: string
  name: OperationName
  to: Recipient
  card: Card
  /** `Incoming.id` of what this answers; null where the bot speaks of its own accord. */
  replyTo: string | null
  /** More edits of this message are about to come: it is still being written. */
  open: boolean
  /** An earlier try may have been made. Default false. */
  again?: boolean
  /** For an edit, and for what presses: the platform's id of the message, as `Delivered` gave it. */
  message: string | null
}

export interface Delivered {
  /** The platform's own id of the message, by which it is edited or found. */
  message: string
}

/**
 * How an operation is made once, though a try may have been cut off without telling how it ended:
 * `keyed` – the platform takes the same key only once, within `window` milliseconds (null: for ever);
 * `looked-up` – `Platform.find` is asked before a second try;
 * `overwritten` – a second time does no harm;
 * `at-most-once` – it is not tried again, and the sender is told.
 */
export type Once =
  | { how: 'keyed'; window: number | null }
  | { how: 'looked-up' }
  | { how: 'overwritten' }
  | { how: 'at-most-once' }

/** Operations within a time: `most` in any `per` milliseconds. */
export interface Pace {
  most: number
  per: number
}

/** Why an operation failed, as a platform maps its vendor's errors; anything else thrown counts as `unknown`. */
export class DeliveryError extends Error {
  readonly kind: 'later' | 'gone' | 'not-allowed' | 'bad-input' | 'unknown'
  /** For `later`: milliseconds to wait; undefined where the platform does not say. */
  readonly wait: number | undefined

  /**
   * @param kind `later`: not made, try again; `gone`: the chat or message no longer exists; `not-allowed`: the bot
   * may not; `bad-input`: the platform refuses the card; `unknown`: it may have been made.
   */
  constructor(kind: DeliveryError['kind'], options: { wait?: number; cause?: unknown } = {}) {
    super(`delivery: ${kind}`, { cause: options.cause })
    this.kind = kind
    this.wait = options.wait
  }
}
