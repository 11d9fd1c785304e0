import type { Flag, Instant } from '../tables.ts'

/** Questions that a cadre defines and others answer by a form. */
export interface CollectionTable {
  id: string
  /** Shown to people, such as `SJ-2026-0007`. */
  number: string
  title: string
  /** Whose it is. */
  organisation: string
  /** `handlers-only`: others who see it read no names; `anonymous`: nobody can tell whose an answer is. */
  anonymity: 'named' | 'handlers-only' | 'anonymous'
  /** One answer of each person, or of each organisation. */
  per: 'person' | 'unit'
  /** The definition by which new answers begin. */
  version: number
  /** JSON: what was filled in about its audience; null: not yet. */
  audience: string | null
  /** Until when it is answered; null: not said yet, of a draft. */
  deadline: Instant | null
  /** JSON of numbers: so many working days before the deadline whoever has not answered is reminded. */
  remind: string
  /** Whether those who answered are told the result when it ends. */
  shares: Flag
  state: 'draft' | 'open' | 'closed' | 'dropped'
  /** How often it was changed: buttons of an earlier revision are old. */
  revision: number
  made_by: string
  made_at: Instant
  opened_at: Instant | null
  ended_at: Instant | null
}

interface CollectionVersionTable {
  collection: string
  /** From 1. */
  version: number
  /** JSON of `CollectionDefinition`. */
  definition: string
  made_at: Instant
}

/** Who handles it, beside whoever made it. */
interface CollectionHandlerTable {
  collection: string
  person: string
}

/** What was done, first to last by `at` and `id`; never who answered. */
export interface CollectionHistoryTable {
  id: string
  collection: string
  what:
    | 'made'
    | 'changed'
    | 'opened'
    | 'dropped'
    | 'revised'
    | 'reminded'
    | 'replaced'
    | 'extended'
    | 'closed'
    | 'ended'
  /** JSON of what it was about, as texts. */
  data: string
  by: string | null
  at: Instant
}

/** An answer that is somebody's. */
export interface CollectionAnswerTable {
  id: string
  collection: string
  /** Id of the person, or of the organisation where each organisation answers once. */
  answers_for: string
  /** Who gave it last. */
  person: string
  /** By which they were asked. */
  organisation: string | null
  /** Of the definition with which it began. */
  version: number
  /** JSON of `FormValues`. */
  content: string
  given_at: Instant
  changed_at: Instant | null
}

/** An answer that is nobody's: no person, no unit, no time, no version of the questions, in an order that says nothing. */
interface CollectionBallotTable {
  id: string
  collection: string
  content: string
}

export interface CollectionTables {
  collection: CollectionTable
  collection_version: CollectionVersionTable
  collection_handler: CollectionHandlerTable
  collection_history: CollectionHistoryTable
  collection_answer: CollectionAnswerTable
  collection_ballot: CollectionBallotTable
}
