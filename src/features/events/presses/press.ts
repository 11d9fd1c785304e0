import type { Account } from '../../../chat/incoming.ts'
import type { Language } from '../../../chat/language.ts'

/** What somebody does about their (or another's) registration. */
export type Deed =
  | {
      type: 'register'
      guests: number
      /** To the event's own questions, by name; null: none were asked. */
      answers: Record<string, unknown> | null
    }
  | { type: 'cancel' }
  | { type: 'accept-offer' }
  | { type: 'decline-offer' }
  /** Still comes, though time or place changed. */
  | { type: 'confirm-again' }
  | { type: 'ask-to-leave'; reason: string }

/** For whom it is done. */
export type Registrant =
  | { type: 'person'; person: string }
  /** Somebody in chat who is no person of the house. */
  | { type: 'account'; account: Account; name: string }
  /** Of the web form: what they wrote lies sealed in the registration. */
  | { type: 'public'; registration: string; contact: string; receiptHash: string }

/** A deed that was accepted and waits for its turn. */
export interface Press {
  deed: Deed
  who: Registrant
  /** Who pressed; the same person, or a cadre on behalf of another; null: somebody without account. */
  by: { account: Account | null; person: string | null }
  /** Of those registered together. */
  team: string | null
  language: Language
  /** The outbox's id of the card that waits for the result; null: none was said. */
  reply: string | null
}
