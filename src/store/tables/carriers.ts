import type { Instant } from '../tables.ts'

/** A service carrier on an organisation: what was agreed with a partner, for how long. Days are `YYYY-MM-DD`. */
export interface CarrierTable {
  id: string
  /** Shown to people, such as `ZT-2026-0007`. */
  number: string
  kind: 'society-station' | 'academician-station' | 'alliance' | 'haizhi-base'
  name: string
  /** On which it stands: its cadres keep it. */
  organisation: string
  /** The society, the academician's team, the base's partner. */
  partner: string
  /** As the enterprise sorts them; empty: none. */
  category: string
  level: 'national' | 'provincial' | 'municipal' | 'county' | 'enterprise' | null
  starts_on: string
  /** The last day of the contract. */
  ends_on: string
  tasks: string
  /** Who looks after it; null: the cadres of the organisation. */
  contact_person: string | null
  /** How the contact is reached, as written. */
  contact: string
  state: 'active' | 'ended' | 'revoked'
  /** Why it ended; empty while it has not. */
  reason: string
  /** The `ends_on` of which somebody said that it is taken care of; null: of none. */
  expiry_handled_for: string | null
  /** When somebody last said that nothing new is no cause for worry; null: never. */
  dormant_handled_on: string | null
  /** Null: by the command line. */
  created_by: string | null
  created_at: Instant
  changed_at: Instant
}

interface CarrierNeedTable {
  carrier: string
  /** From 0. */
  position: number
  text: string
}

interface CarrierExpertTable {
  carrier: string
  /** From 0. */
  position: number
  name: string
  unit: string
  field: string
  academician: 'none' | 'working' | 'retired'
}

interface CarrierOutcomeTable {
  id: string
  carrier: string
  /** When it came about. */
  day: string
  text: string
  by: string | null
  at: Instant
}

interface CarrierGradeTable {
  carrier: string
  year: number
  /** 0 to 100. */
  score: number
  grade: 'excellent' | 'good' | 'passed' | 'failed'
  by: string | null
  at: Instant
}

/** What was done to it, first to last by `at` and `id`. */
interface CarrierHistoryTable {
  id: string
  carrier: string
  what: 'entered' | 'changed' | 'renewed' | 'outcome' | 'graded' | 'handled' | 'ended' | 'revoked'
  /** JSON of what it was about, as texts. */
  data: string
  by: string | null
  at: Instant
}

export interface CarrierTables {
  carrier_entry: CarrierTable
  carrier_need: CarrierNeedTable
  carrier_expert: CarrierExpertTable
  carrier_outcome: CarrierOutcomeTable
  carrier_grade: CarrierGradeTable
  carrier_history: CarrierHistoryTable
}
