import type { Card } from './card.ts'
import type { Acknowledgement } from './form-view.ts'
import type { Account, Conversation, IncomingMessage, Interaction } from './incoming.ts'
import type { OnlineTables } from './online-tables.ts'
import type { Delivered, Once, Operation, OperationName, Pace, Recipient } from './outgoing.ts'
import type { Profile } from './profile.ts'

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
  /** Tables that are edited together there. Default: the platform has none. */
  readonly onlineTables?: OnlineTables | null
  /** Resolves when people can reach the bot; rejects with a plain reason when they cannot. */
  start(intake: Intake): Promise<void>
  /** Makes one operation. Throws DeliveryError; whatever else is thrown counts as `unknown`. */
  deliver(operation: Operation): Promise<Delivered>
  /** What became of an earlier try whose end is unknown; null: it was not made, or nobody can tell. */
  find(operation: Operation): Promise<Delivered | null>
  /** Who somebody is, by the platform's directory, cached; null where it does not say. Never rejects. */
  profileOf(account: Account): Promise<Profile | null>
  /** Everybody who reads what is said in a group, cached for minutes; null where nobody can tell. Never rejects. */
  membersOf(conversation: Conversation): Promise<readonly Account[] | null>
  /** How often the vendor's interface was called, for whatever, since this was asked last; 0 where nobody limits it. */
  callsMade(): number
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
  /** The surface shows by itself that an answer is awaited. Default false: what takes longer than 2 s is told. */
  showsWaiting: boolean
  /** Accounts have calendars that the platform can put entries into. Default false: such operations are left out. */
  keepsCalendar: boolean
  /** A message can be pressed upon its reader (加急). Default false: such operations are left out. */
  urges?: boolean
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
  /**
   * Somebody changed what they had said: if it waits it is worked in its new words. False where that comes too late, or
   * it was never taken.
   */
  amend(message: Pick<IncomingMessage, 'id' | 'account' | 'text'>): Promise<boolean>
  /**
   * Where people spoke to the bot within a day of the last that was taken on the platform, the latest first, 200 at most:
   * for fetching what was said while nothing came through.
   */
  heard(platform: string): Promise<HeardConversation[]>
  /** What the platform itself has to say (a welcome, a file that is too large), by way of the outbox: an id once. */
  tell(words: PlatformWords): Promise<void>
}

export interface HeardConversation {
  conversation: Conversation
  /** Whether others than one person read it. */
  group: boolean
  /** The vendor's name of the chat, as `IncomingMessage.vendorChat` gave it. */
  vendorChat: string
  /** When the latest message that was taken there was said. */
  latest: Date
}

export interface PlatformWords {
  /** The platform's name first, so that no other gives the same. */
  id: string
  to: Recipient
  card: Card
  /** `Incoming.id` of what is answered; null where nothing was said. */
  replyTo: string | null
}
