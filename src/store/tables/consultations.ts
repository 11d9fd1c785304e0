import type { Instant } from '../tables.ts'

/** Something on which people are asked for their opinion before it is decided. */
export interface ConsultationTable {
  id: string
  /** Shown to people, such as `ZX-2026-0007`. */
  number: string
  kind: 'decision' | 'project' | 'renovation' | 'title'
  title: string
  /** What it is about. */
  text: string
  /** JSON of `Question[]`. */
  questions: string
  /** Whose it is. */
  organisation: string
  /** JSON: what was filled in about its audience, so that it can be filled in again. */
  audience: string
  /** `unsigned`: nobody learns who said what. */
  naming: 'signed' | 'unsigned'
  until: Instant
  /** JSON of numbers: so many working days before the end whoever has not answered is reminded. */
  remind: string
  /** Who decides, and gets the summary. */
  decider: string
  state: 'draft' | 'open' | 'closed' | 'decided' | 'withdrawn' | 'dropped'
  /** How often it was changed: buttons of an earlier revision are old. */
  revision: number
  /** Why it was withdrawn. */
  reason: string
  /** What was decided, and what became of the opinions; empty until then. */
  decision: string
  adoption: string
  /** JSON of ids of the remarks that were adopted. */
  adopted: string
  made_by: string
  made_at: Instant
  sent_at: Instant | null
  closed_at: Instant | null
  decided_at: Instant | null
}

/** What is to be read before an answer. */
interface ConsultationPaperTable {
  consultation: string
  /** From 0. */
  position: number
  name: string
  type: string
  size: number
  blob: string
  /** Of the library, with the version; null: a file of its own. */
  document: string | null
  version: number | null
}

/** What somebody said under their name. */
export interface ConsultationAnswerTable {
  id: string
  consultation: string
  person: string
  /** By which they were asked; null: none. */
  organisation: string | null
  /** JSON of `Said`. */
  said: string
  at: Instant
}

/**
 * What many have said without their names, sealed as one text: no row, and no order of rows, is anybody's. Who has
 * answered stands elsewhere (`circulation_person`), and nothing leads from there to here.
 */
export interface ConsultationBoxTable {
  id: string
  consultation: string
  sealed: string
}

/** What was done, first to last by `at` and `id`. */
export interface ConsultationHistoryTable {
  id: string
  consultation: string
  what: 'made' | 'changed' | 'sent' | 'reminded' | 'extended' | 'closed' | 'decided' | 'withdrawn' | 'dropped'
  by: string | null
  at: Instant
}

export interface ConsultationTables {
  consultation: ConsultationTable
  consultation_paper: ConsultationPaperTable
  consultation_answer: ConsultationAnswerTable
  consultation_box: ConsultationBoxTable
  consultation_history: ConsultationHistoryTable
}
