import type { Card } from './card.ts'
import type { Incoming } from './incoming.ts'

/**
 * What a platform does for the rest of the house: it receives, verifies and hands on what people say,
 * and it shows cards. Nothing else of a platform is visible outside `platforms/`.
 */
export interface Platform {
  readonly name: string
  readonly abilities: PlatformAbilities
  /** Resolves when people can reach the bot; rejects with a plain reason when they cannot. */
  start(receive: Receive): Promise<void>
  /** Lets replies under way finish (at most 5 s), then closes. */
  stop(): Promise<void>
}

/** Differences are flags with documented defaults, never optional methods. */
export interface PlatformAbilities {
  /** `Reply.show` may be called more than once, each call replacing what was shown. Default false: only the last call counts. */
  updatesCards: boolean
  /** A card can be shown beside the conversation (modal, drawer). Default false: it follows in the conversation. */
  opensBeside: boolean
}

export type Receive = (incoming: Incoming, reply: Reply) => Promise<void>

/** The way back to where `incoming` came from. */
export interface Reply {
  /**
   * Shows a card as the answer. Called again it replaces the card shown before (streaming: each card
   * extends the last); the platform may leave out steps between, never the last one.
   */
  show(card: Card): Promise<void>
  /** Acknowledges without a new card: “thank you”, “already noted”. */
  toast(text: string): Promise<void>
}
