import type { Flag, Instant } from '../tables.ts'

/** A duty of the guideline as it holds for an organisation. Where there is no row it holds as its template says. */
interface OrganisationDutyTable {
  organisation: string
  /** `id` of a template of knowledge/planning/duties.yaml. */
  duty: string
  /** 0: the organisation was let off. */
  on: Flag
  /** Hash of the template that the reminder was made of; empty: there is none. */
  made: string
  /** Who switched it last; null: nobody has. */
  changed_by: string | null
  changed_at: Instant
}

/** A leader hears how the association's work goes (clause 16). */
export interface ReportMeetingTable {
  id: string
  /** Shown to people, such as `HB-2026-0001`. */
  number: string
  organisation: string
  /** Who hears the report: a person. */
  leader: string
  planned_on: string
  /** When that day was set: what is reminded of is counted from then. */
  dated_at: Instant
  /** Null: not yet. */
  held_on: string | null
  place: string
  /** One item a line; empty: not prepared yet. */
  agenda: string
  state: 'planned' | 'held' | 'cancelled'
  minutes: string
  /** JSON list of `IncomingFile`. */
  files: string
  created_by: string | null
  created_at: Instant
  changed_at: Instant
}

/** What was decided there, and what became of it. */
export interface ReportDecisionTable {
  id: string
  meeting: string
  /** From 0. */
  position: number
  text: string
  /** A person; null: nobody of that name was found, the cadres see to it. */
  owner: string | null
  /** As written in the minutes. */
  owner_name: string
  due_on: string
  /** When that day was set. */
  dated_at: Instant
  state: 'open' | 'done' | 'dropped'
  /** What was said last about how it goes. */
  note: string
  changed_by: string | null
  changed_at: Instant
}

/** Rules and institutions as they were found in a year (clause 17). */
export interface RulesReviewTable {
  id: string
  /** `ZD-2026-0001`. */
  number: string
  organisation: string
  year: number
  /** JSON list of which of 五有 are there. */
  institutions: string
  note: string
  by: string | null
  at: Instant
}

interface RulesReviewLineTable {
  review: string
  position: number
  title: string
  /** A document of the knowledge library; null: it is not in there. */
  document: string | null
  finding: 'in-force' | 'to-change' | 'missing'
  note: string
}

/** What a cadre wants to learn in a year. */
export interface LearningPlanTable {
  id: string
  organisation: string
  year: number
  person: string
  hours: number
  /** One a line. */
  topics: string
  /** What the quarterly reminder says now: renewed only where it would say something else. */
  told: string
  created_at: Instant
  changed_at: Instant
}

/** Learning entered by the person; what events credit is kept with the events. */
export interface LearningRecordTable {
  id: string
  person: string
  day: string
  topic: string
  hours: number
  at: Instant
}

export interface DutyTables {
  organisation_duty: OrganisationDutyTable
  report_meeting: ReportMeetingTable
  report_decision: ReportDecisionTable
  rules_review: RulesReviewTable
  rules_review_line: RulesReviewLineTable
  learning_plan: LearningPlanTable
  learning_record: LearningRecordTable
}
