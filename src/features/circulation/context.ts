import type { Card } from '../../chat/card.ts'
import type { Account } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Chat } from '../../people/chats.ts'
import type { Store, Trx } from '../../store/store.ts'

/** Whom a card is for. */
export interface CardReader {
  /** `first`: it is news to them; `reminder`: they have not answered. */
  why: 'first' | 'reminder'
  language: Language
  /** Null: a chat. */
  person: string | null
  chat: Chat | null
  /** Whether they have answered; a card that is renewed shows it. Default: no. */
  hasAnswered?: boolean
}

/** What a feature says of its matter to each reader; pure, since it is asked ten thousand times. */
export type WriteCard = (reader: CardReader) => Card

/** Writes the cards of what one feature sends. */
export interface Writer {
  /**
   * Reads what the cards of a matter need, once for many readers.
   * @param id The origin without the feature's name.
   * @returns Null: there is nothing to send any more.
   */
  prepare(trx: Trx, id: string, now: Date): Promise<WriteCard | null>
}

/** What all parts of this feature work with. */
export interface CirculationContext {
  store: Store
  /** By the feature's name, the first part of an origin. */
  writers: ReadonlyMap<string, Writer>
  publicUrl(): string
  /** A link that opens the console once, for the person of an account; null: they may not. */
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  /** Tells the workers that there may be something for them. */
  wakeWorkers(): void
}
