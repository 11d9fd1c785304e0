import type { Flag, Instant } from '../tables.ts'

/** A question that was put to a person. */
export interface HelpRequestTable {
  /** The draft's id that was sent in: the same submit again is the same request. */
  id: string
  /** Shown to people, such as `WD-2026-0007`. */
  number: string
  /** Who asked, as `accountKey` writes it; the person where the account is somebody's. */
  asker_account: string
  asker: string | null
  /** The person on whose behalf it was asked; null: for the asker. */
  asked_for: string | null
  /** Where it was asked, as `conversationKey` writes it: there the reply goes. */
  conversation: string
  /** Whether others than the asker read there. */
  in_group: Flag
  language: 'zh-CN' | 'en'
  question: string
  background: string
  /** `answer_given.id` of the answer under which help was asked for. */
  answer: string | null
  /** The asker's organisation; null: a guest's question, which is the whole house's. */
  organisation: string | null
  /** Where it lies now: the asker's organisation or one above it. */
  lies_with: string | null
  urgent: Flag
  state: 'open' | 'answered' | 'closed' | 'withdrawn'
  /** Counts how often it was put to receivers: at first 1. Timers and messages of an earlier round are void. */
  round: number
  /** The asker said once that the reply did not settle it. */
  reopened: Flag
  /** SHA-256 of number and receipt code; null where the asker needs none. */
  receipt_hash: string | null
  asked_at: Instant
  /** When it was passed on to those above, for being late. */
  escalated_at: Instant | null
  answered_at: Instant | null
  answered_by: string | null
  reply: string | null
  clause_document: string | null
  clause_key: string | null
  closed_at: Instant | null
  /** Why there is no reply, where somebody closed it without one. */
  close_reason: string | null
}

/** Somebody to whom a request was put. */
interface HelpReceiverTable {
  request: string
  person: string
  /** In which round last. */
  round: number
  /** 1: it is theirs; 0: it was handed over. */
  active: Flag
  /** The outbox's id of their card; null where nobody can be reached: the console shows it. */
  message: string | null
}

/** A reply that came after another one. */
interface HelpSupplementTable {
  /** The draft's id. */
  id: string
  request: string
  person: string
  text: string
  clause_document: string | null
  clause_key: string | null
  written_at: Instant
  /** Null: not passed on, unless its writer says so. */
  sent_at: Instant | null
}

/** A number with a receipt code that was none: counted, so that nobody tries them all. */
interface HelpReceiptMissTable {
  id: string
  /** SHA-256 of the account or the network address. */
  who: string
  at: Instant
}

export interface HelpTables {
  help_request: HelpRequestTable
  help_receiver: HelpReceiverTable
  help_supplement: HelpSupplementTable
  help_receipt_miss: HelpReceiptMissTable
}
