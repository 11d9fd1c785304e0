import type { RegistrationState, SeatRefusal } from './seats.ts'

/** Why a press leads to nothing, as its person reads it; see messages `registration:refused.*`. */
export type Refusal =
  | SeatRefusal
  | 'no-such-event'
  | 'not-published'
  | 'not-open-yet'
  | 'registration-closed'
  | 'over'
  | 'cancelled-event'
  | 'not-invited'
  | 'sign-in-first'
  | 'too-many-guests'
  | 'needs-answers'
  | 'past-cancelling'
  | 'not-allowed'
  /** By a defect, which the log has: others went on. */
  | 'failed'

/** What became of a press; kept, so that the same press again gets the same answer. */
export type Outcome =
  | {
      type: 'done'
      registration: string
      state: RegistrationState
      /** On the waiting list, from 1; null: not on it. */
      position: number | null
    }
  | { type: 'refused'; reason: Refusal; values: Record<string, string> }
