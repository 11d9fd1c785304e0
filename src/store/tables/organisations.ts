import type { Flag, Instant } from '../tables.ts'

/** What is known of an organisation: its association and its people. Days are `YYYY-MM-DD`. */
export interface OrganisationProfileTable {
  /** No row: nothing is known, and there is no association. */
  organisation: string
  /** Empty: not known. */
  region: string
  industry: string
  /** Null: not known. */
  employees: number | null
  /** 科技工作者人数. */
  st_workers: number | null
  st_counted_on: string | null
  association: 'none' | 'preparing' | 'founded'
  /** 单独组建, 区域联建, 行业统建, 依托组建; null: not decided. */
  mode: 'standalone' | 'regional' | 'industry' | 'hosted' | null
  founded_on: string | null
  /** The last day of the term of office. */
  term_ends_on: string | null
  /** Names, as written; empty: nobody. */
  chair: string
  secretary: string
  /** The persons of those names, where exactly one in the house has it. */
  chair_person: string | null
  secretary_person: string | null
  /** 会员人数. */
  members: number | null
  /** 五有: organisation, premises, staff, funds, activities. */
  has_organisation: Flag
  has_premises: Flag
  has_staff: Flag
  has_funds: Flag
  has_activities: Flag
  note: string
  /** Null: by the command line or the house. */
  changed_by: string | null
  changed_at: Instant
}

interface OrganisationProfileHistoryTable {
  id: string
  organisation: string
  how: 'form' | 'import' | 'founding'
  /** JSON object: column → `[old, new]`, of what changed. */
  changes: string
  by: string | null
  at: Instant
}

/** An association on its way from the preparatory group to its filing. */
export interface FoundingCaseTable {
  id: string
  /** Shown to people, such as `ZJ-2026-0003`. */
  number: string
  organisation: string
  mode: 'standalone' | 'regional' | 'industry' | 'hosted'
  state: 'running' | 'founded' | 'stopped'
  /** Why it was stopped; empty: it was not. */
  reason: string
  /** Who leads it: steps without an owner of their own are theirs. */
  owner: string
  begun_on: string
  created_by: string | null
  created_at: Instant
  changed_at: Instant
}

interface FoundingStepTable {
  founding: string
  /** From 0. */
  position: number
  /** Of knowledge/founding/steps.yaml. */
  step: string
  /** Null: the case's. */
  owner: string | null
  due_on: string
  done_on: string | null
  done_by: string | null
  /** What was said with it; empty while it is not done. */
  note: string
}

interface FoundingHistoryTable {
  id: string
  founding: string
  what: 'begun' | 'done' | 'owner' | 'founded' | 'stopped'
  /** JSON of what it was about, as texts. */
  data: string
  by: string | null
  at: Instant
}

/** What is known of an organisation: its association, its science and technology workers, its founding. */
export interface ProfileTables {
  organisation_profile: OrganisationProfileTable
  organisation_profile_history: OrganisationProfileHistoryTable
  founding_case: FoundingCaseTable
  founding_step: FoundingStepTable
  founding_history: FoundingHistoryTable
}
