import type { Account } from '../chat/incoming.ts'
import type { Trx } from '../store/store.ts'

/**
 * What happened in one feature and matters to others, by name. Written in the transaction in which it happened;
 * each subscriber handles it once, in a transaction of its own.
 */
export interface DomainEvents {
  /** A person has answered a question that the documents did not. */
  'question.answered': {
    /** `answer_given.id` of the answer under which help was asked for; null: it was asked from elsewhere. */
    answer: string | null
    question: string
    /** The clause that the answering person named as the one that settles it. */
    clause: { document: string; key: string } | null
    /** The person who answered. */
    by: string
  }
  /** A guest turned out to be a person: what was begun and sent in under the account is theirs from now on. */
  'guest.known': { account: Account; person: string }
  /** Something was sent in with its author's name. */
  'submission.sent': {
    submission: string
    kind: string
    /** Of the author; null: nobody's. */
    organisation: string | null
    /** Null: a guest. */
    person: string | null
    /** Day of China on which it was sent in. */
    day: string
  }
  /** It was withdrawn, merged or erased. */
  'submission.ended': { submission: string }
}

export type EventName = keyof DomainEvents

/** By event: what a feature does about it. Runs once per event, all or nothing. */
export type Subscriptions = {
  [Name in EventName]?: (trx: Trx, event: DomainEvents[Name], now: Date) => Promise<void>
}
