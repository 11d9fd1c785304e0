import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event, RegistrationRow } from '../records.ts'
import type { RegistrationState } from '../seats/seats.ts'

/** A registration that changed, and how. */
export interface Told {
  /** As it is now. */
  registration: RegistrationRow
  /** What it was before; null: it is new. */
  from: RegistrationState | null
  /** On the waiting list, from 1; null: not on it. */
  position: number | null
  /** The outbox's id of the card that waits for this result; null: a new message says it. */
  reply: string | null
  /** Who did it; null: the rules, or the registrant without account. */
  by: string | null
}

/** Says to everybody concerned what became of their registration: one message each, alone. */
export async function tellRegistrants(
  _trx: Trx,
  _context: EventsContext,
  _event: Event,
  _told: readonly Told[],
  _now: Date,
): Promise<void> {}
