import type { Instant } from '../tables.ts'

/** A form that somebody began. */
export interface FormDraftTable {
  id: string
  form: string
  /** The definition's version with which it began. */
  version: number
  /** A person's id, or a guest's account as `accountKey` writes it, which nobody's id can look like. */
  owner: string
  /** The account that opened it, as `accountKey` writes it. */
  account: string
  /** Where it was opened, as `conversationKey` writes it. */
  conversation: string
  language: string
  state: 'open' | 'submitted' | 'cancelled'
  /** The page at which it goes on; `summary` for the last look. */
  page: string
  /** JSON by field name: as typed; of files what was kept. */
  draft_values: string
  /** JSON: what the form is about. */
  context: string
  /** Where and whom it is asked step by step, as keys; null: it is not. */
  asking_conversation: string | null
  asking_account: string | null
  /** JSON of the question that waits for its answer; null as above. */
  asking: string | null
  /** Grows with every change. */
  revision: number
  opened_at: Instant
  updated_at: Instant
  /** JSON `{number, card}` once it is submitted. */
  receipt: string | null
}

/** The last number given out, by prefix and year. */
interface FormNumberTable {
  prefix: string
  year: number
  last: number
}

/** Drafts of forms, and the numbers of receipts. */
export interface FormTables {
  form_draft: FormDraftTable
  form_number: FormNumberTable
}
