import { outcomeCard } from '../../src/features/events/presses/outcome-card.ts'
import type { Deed } from '../../src/features/events/presses/press.ts'
import type { Outcome } from '../../src/features/events/seats/outcome.ts'
import type { Walked } from './walked-cards.ts'

const now = new Date('2026-03-02T01:00:00Z')
const deeds: Deed[] = [
  { type: 'register', guests: 0, answers: null },
  ...(['cancel', 'accept-offer', 'decline-offer', 'confirm-again'] as const).map((type) => ({ type })),
  { type: 'ask-to-leave', reason: '' },
]
const states = [
  ...(['requested', 'confirmed', 'waiting', 'offered'] as const),
  ...(['cancelled', 'expired', 'declined'] as const),
]
const reasons = [
  ...(['already', 'full', 'closed', 'not-registered', 'not-offered', 'not-requested'] as const),
  ...(['too-many-seats', 'below-taken', 'no-such-event', 'not-published', 'registration-closed'] as const),
  ...(['over', 'cancelled-event', 'not-invited', 'sign-in-first', 'too-many-guests'] as const),
  ...(['needs-answers', 'past-cancelling', 'not-allowed', 'failed'] as const),
]
const outcomes: Outcome[] = [
  ...states.map((state) => ({ type: 'done' as const, registration: 'r', state, position: null })),
  { type: 'done', registration: 'r', state: 'waiting', position: 1899 },
  ...reasons.map((reason) => ({ type: 'refused' as const, reason, values: {} })),
  ...(['requested', 'confirmed', 'waiting', 'offered'] as const).map((state) => ({
    ...{ type: 'refused' as const, reason: 'already' as const, values: { registration: 'r', state } },
  })),
  { type: 'refused', reason: 'already', values: { registration: 'r', state: 'waiting', position: '1899' } },
  {
    ...{ type: 'refused', reason: 'not-open-yet' },
    values: { at: '2027-03-02T01:00:00.000Z', zone: 'Asia/Kathmandu' },
  },
]

/** What presses led to, in a line. */
export const walkedPresses: Walked[] = [
  {
    makers: ['src/features/events/presses/outcome-card.ts#outcomeCard'],
    cards: (language) =>
      outcomes.flatMap((outcome) => deeds.map((deed) => outcomeCard(outcome, { deed, language }, now))),
  },
]
