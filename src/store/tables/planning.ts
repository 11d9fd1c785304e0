import type { Instant } from '../tables.ts'

/** What an organisation wants to do in a year: one plan for each. */
interface PlanTable {
  id: string
  /** Shown to people, such as `JH-2026-0007`. */
  number: string
  organisation: string
  year: number
  title: string
  state: 'draft' | 'submitted' | 'returned' | 'approved' | 'running' | 'closed'
  /** Grows with everything that is done to it: whoever saw an older one is told so instead of undoing it. */
  version: number
  created_by: string | null
  submitted_by: string | null
  submitted_at: Instant | null
  decided_by: string | null
  decided_at: Instant | null
  /** Why it was returned; empty: it was not. */
  reason: string
  /** 年终总结; empty: none yet. */
  summary: string
  /** `YYYY-MM-DD`; null: not yet. */
  running_on: string | null
  created_at: Instant
  changed_at: Instant
}

interface PlanItemTable {
  id: string
  plan: string
  /** From 1, never given again within its plan. */
  position: number
  section: string
  goal: string
  /** Of the guideline; null: none. */
  clause: number | null
  measure: string
  target: string
  /** A person; null: the cadres of the organisation. */
  owner: string | null
  /** In yuan; null: none is named. */
  budget: number | null
  /** `YYYY-MM-DD`. */
  starts_on: string
  ends_on: string
  /** 0 to 100. */
  percent: number
  state: 'open' | 'done' | 'dropped'
  /** Why it was dropped; else empty. */
  reason: string
  /** It was done in last year's plan, of which this one was made. */
  done_before: 0 | 1
  created_at: Instant
  changed_at: Instant
}

interface PlanUpdateTable {
  id: string
  item: string
  percent: number
  note: string
  /** A file as `IncomingFile`, JSON; null: none. */
  evidence: string | null
  by: string | null
  at: Instant
}

interface PlanReviewTable {
  id: string
  plan: string
  /** 1 to 4. */
  quarter: number
  done: string
  problems: string
  next: string
  by: string | null
  at: Instant
}

/** A review or summary as a document, with the figures of the day on which it was filed. */
interface PlanPaperTable {
  plan: string
  /** 1 to 4; 0: the whole year. */
  quarter: number
  /** DOCX. */
  blob: string
  name: string
  by: string | null
  at: Instant
}

/** What was done to a plan, first to last by `version`. */
interface PlanHistoryTable {
  plan: string
  /** The plan's, after it. */
  version: number
  what:
    | ('created' | 'submitted' | 'withdrawn' | 'returned' | 'approved' | 'started' | 'closed')
    | ('item-added' | 'item-changed' | 'item-dropped' | 'item-done' | 'summary' | 'review')
  item: string | null
  /** JSON of what it was about. */
  data: string
  by: string | null
  at: Instant
}

/** Organisations whose cadres are reminded of the plan of each year. */
interface PlanDutyTable {
  organisation: string
  /** Years before it are not asked for. */
  first_year: number
}

/** Annual plans. */
export interface PlanningTables {
  plan: PlanTable
  plan_item: PlanItemTable
  plan_update: PlanUpdateTable
  plan_review: PlanReviewTable
  plan_paper: PlanPaperTable
  plan_history: PlanHistoryTable
  plan_duty: PlanDutyTable
}
