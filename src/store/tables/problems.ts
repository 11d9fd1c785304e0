import type { Flag, Instant } from '../tables.ts'

/** An offer to solve a problem, by somebody of the house or entered for somebody from outside. */
export interface OfferTable {
  id: string
  submission: string
  /** From 1 within the problem: how people name it. */
  number: number
  /** Null: somebody from outside. */
  person: string | null
  /** Of whoever offers, as it was when they did. */
  name: string
  organisation: string
  /** JSON of what was filled in, by the field names of the action. */
  content: string
  /** `ended`: it had been taken, and the agreement was ended before the problem was solved. */
  state: 'open' | 'withdrawn' | 'chosen' | 'declined' | 'ended'
  entered_by: string
  at: Instant
  changed_at: Instant
}

/** A part of the work that was agreed, with its day. */
export interface MilestoneTable {
  id: string
  submission: string
  /** From 1 within the problem, also over several agreements. */
  number: number
  title: string
  /** `YYYY-MM-DD`. */
  due_day: string
  owner: string
  /** `dropped`: the agreement was ended. */
  state: 'open' | 'reported' | 'accepted' | 'dropped'
  /** What was last reported, or said to it when it was returned; empty where nothing was. */
  result: string
  remark: string
  accepted_by: string | null
  at: Instant
  changed_at: Instant
}

/** Somebody who knows a field, of the house or from outside. */
export interface ExpertTable {
  id: string
  /** Shown to people, such as `ZJ-0007`. */
  number: string
  /** Root of the organisations whose directory it is. */
  root: string
  person: string | null
  name: string
  organisation: string
  /** Fields of work, parted by 、. */
  fields: string
  description: string
  /** How to reach somebody from outside; empty where the bot does. */
  contact: string
  source: 'self' | 'cadre' | 'import'
  /** Whether they agreed to be in the directory. */
  consent: Flag
  state: 'registered' | 'approved' | 'retired'
  entered_by: string | null
  settled_by: string | null
  at: Instant
  changed_at: Instant
}

/** An expert who was asked to offer. */
interface InvitationTable {
  submission: string
  expert: string
  state: 'asked' | 'declined'
  reason: string
  invited_by: string | null
  at: Instant
  answered_at: Instant | null
}

export interface ProblemTables {
  submission_offer: OfferTable
  submission_milestone: MilestoneTable
  submission_expert: ExpertTable
  submission_invitation: InvitationTable
}
