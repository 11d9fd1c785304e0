import type { Instant } from '../tables.ts'

/** 考核: units or persons measured by a sheet for a period. */
export interface AssessmentTable {
  id: string
  /** Shown to people, such as `KH-2026-0007`. */
  number: string
  title: string
  /** Which holds it. */
  organisation: string
  subjects: 'unit' | 'person'
  /** Whose organising it assesses: entries of this campaign count alone; null: of none. */
  campaign: string | null
  /** JSON of `Sheet`, as it was when it was made. */
  sheet: string
  /** `YYYY-MM-DD`, both included: what was done on these days counts. */
  starts_on: string
  ends_on: string
  /** Last days for filling in and for checking. */
  fill_until: string
  check_until: string
  /** Whole days in which objections to the result are taken. */
  notice_days: number
  state: 'draft' | 'open' | 'published' | 'closed' | 'cancelled'
  /** How often it was changed: buttons of an earlier revision are old. */
  revision: number
  made_by: string
  made_at: Instant
  opened_at: Instant | null
  published_at: Instant | null
  notice_until: Instant | null
  ended_at: Instant | null
}

interface AssessmentCheckerTable {
  assessment: string
  person: string
}

/** A unit or a person under assessment. */
export interface AssessmentSubjectTable {
  id: string
  assessment: string
  /** The unit; of a person theirs. */
  organisation: string
  /** Null: a unit. */
  person: string | null
  state: 'asked' | 'filled' | 'checked'
  /** Why it was sent back last; empty: it was not. */
  returned: string
  filled_by: string | null
  filled_at: Instant | null
  checked_by: string | null
  checked_at: Instant | null
  /** Thousandths of a point; null until filled in, checked. */
  self_total: number | null
  total: number | null
  /** Name of the sheet's grade, and the place from 1; null until published. */
  grade: string | null
  place: number | null
}

/** One measure of a subject. */
export interface AssessmentScoreTable {
  subject: string
  measure: string
  /** JSON of `Figure[]`: what the records said when it was filled in or checked last. */
  figures: string
  /** Thousandths of a point; null: not given. */
  self: number | null
  note: string
  checked: number | null
  /** Why it was checked otherwise than filled in; empty: as filled in. */
  reason: string
}

/** What proves a group of measures. */
export interface AssessmentFileTable {
  subject: string
  measure_group: string
  /** From 0. */
  position: number
  name: string
  type: string
  size: number
  blob: string
}

/** What somebody holds against their result. */
export interface AssessmentObjectionTable {
  id: string
  assessment: string
  subject: string
  person: string
  text: string
  state: 'open' | 'upheld' | 'rejected'
  made_at: Instant
  /** Why it was settled so; empty while it is open. */
  reason: string
  settled_by: string | null
  settled_at: Instant | null
}

/** What was done, first to last by `at` and `id`. */
export interface AssessmentHistoryTable {
  id: string
  assessment: string
  what:
    | ('made' | 'opened' | 'filled' | 'returned' | 'checked' | 'published' | 'objected' | 'settled')
    | ('closed' | 'cancelled' | 'changed')
  /** Name of the subject that it was about; empty: all. */
  about: string
  by: string | null
  at: Instant
}

export interface AssessmentTables {
  assessment: AssessmentTable
  assessment_checker: AssessmentCheckerTable
  assessment_subject: AssessmentSubjectTable
  assessment_score: AssessmentScoreTable
  assessment_file: AssessmentFileTable
  assessment_objection: AssessmentObjectionTable
  assessment_history: AssessmentHistoryTable
}
