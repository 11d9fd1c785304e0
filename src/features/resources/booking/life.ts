import type { BookingRow } from '../records.ts'

export type BookingState = BookingRow['state']

/** What is done to a booking. */
export type Move = 'confirm' | 'decline' | 'propose' | 'accept' | 'give-up' | 'call-off' | 'expire' | 'end'

interface Rule {
  from: readonly BookingState[]
  to: BookingState
  /** Who may: those who answer for the resource, whoever booked, the clock. */
  by: 'keeper' | 'booker' | 'clock'
}

const rules: Record<Move, Rule> = {
  confirm: { from: ['requested'], to: 'confirmed', by: 'keeper' },
  decline: { from: ['requested'], to: 'declined', by: 'keeper' },
  // Also what was agreed: the hall is needed for something else, and another time is offered.
  propose: { from: ['requested', 'proposed', 'confirmed'], to: 'proposed', by: 'keeper' },
  accept: { from: ['proposed'], to: 'confirmed', by: 'booker' },
  'give-up': { from: ['requested', 'proposed', 'confirmed'], to: 'withdrawn', by: 'booker' },
  'call-off': { from: ['confirmed', 'proposed'], to: 'cancelled', by: 'keeper' },
  expire: { from: ['requested', 'proposed'], to: 'expired', by: 'clock' },
  end: { from: ['confirmed'], to: 'over', by: 'clock' },
}

/** Where a move leads from a state; null: it is none that can be made. Pure. */
export function moved(state: BookingState, move: Move): BookingState | null {
  const { from, to } = rules[move]
  return from.includes(state) ? to : null
}

/** What can be done to a booking by somebody, in the order in which it is offered. */
export function movesOf(state: BookingState, by: Rule['by']): Move[] {
  return (Object.keys(rules) as Move[]).filter((move) => rules[move].by === by && moved(state, move) !== null)
}
