import type { Card } from './card.ts'
import type { Acknowledgement } from './form-view.ts'
import type { Account, IncomingMessage, Interaction } from './incoming.ts'
import type { Delivered, Once, Operation, OperationName, Pace, Recipient } from './outgoing.ts'

/**
 * What a platform does for the rest of the house: it receives, verifies and hands on what people say,
 * and it makes outgoing operations. Nothing else of a platform is visible outside `platforms/`.
 */
export interface Platform {
  readonly name: string
  readonly abilities: PlatformAbilities
  /** How each operation is made once here. */
  readonly once: Record<OperationName, Once>
  /** How fast it may be spoken to; null: without limit. */
  readonly pace: { perChat: Pace | null; perApp: Pace | null }
  /** Resolves when people can reach the bot; rejects with a plain reason when they cannot. */
  start(intake: Intake): Promise<void>
  /** Makes one operation. Throws DeliveryError; whatever else is thrown counts as `unknown`. */
  deliver(operation: Operation): Promise<Delivered>
  /** What became of an earlier try whose end is unknown; null: it was not made, or nobody can tell. */
  find(operation: Operation): Promise<Delivered | null>
  /** Takes nothing new, lets what is under way finish (at most 5 s), then closes. */
  stop(): Promise<void>
}

/** Differences are flags with documented defaults, never optional methods. */
export interface PlatformAbilities {
  /** A message that was sent can be edited. Default false: an edit follows as a new message, and only the last. */
  updatesCards: boolean
  /** An acknowledgement can carry a card or form beside the conversation. Default false: it follows in the conversation. */
  opensBeside: boolean
  /** An acknowledgement can replace the card whose button was pressed. Default false: that goes out as an edit. */
  replacesCards: boolean
  /** Forms are shown as a page of fields. Default false: they are asked step by step in the conversation. */
  showsForms: boolean
}

/** Where a platform hands on what it received. */
export interface Intake {
  /**
   * Resolves when the message is stored: acknowledge it then. The same id again is nothing new. Rejects where it
   * could not be stored: do not acknowledge, so that it is sent again.
   */
  take(message: IncomingMessage): Promise<void>
  /**
   * Carries an interaction out within a second, or rejects (PlainError with what the person may read) without any
   * effect. The same id again resolves to the first answer.
   */
  answer(interaction: Interaction): Promise<Acknowledgement>
  /** Whether a file of the account would be taken now, to be asked before one is kept where anybody may send them. */
  wantsFiles(account: Account): Promise<boolean>
  /**
   * Somebody took back what they had said: if it waits it is not answered, and an answer that waits is not sent. What is
   * just being worked runs to its end.
   */
  withdraw(message: Pick<IncomingMessage, 'id' | 'account'>): Promise<void>
  /** What the platform itself has to say (a welcome, a file that is too large), by way of the outbox: an id once. */
  tell(words: PlatformWords): Promise<void>
}

export interface PlatformWords {
  /** The platform's name first, so that no other gives the same. */
  id: string
  to: Recipient
  card: Card
  /** `Incoming.id` of what is answered; null where nothing was said. */
  replyTo: string | null
}
