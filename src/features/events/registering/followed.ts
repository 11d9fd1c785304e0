import type { Reads } from '../../../people/people.ts'
import { type Event, isActive, type RegistrationRow } from '../records.ts'
import type { PublicDeed } from './public-registration.ts'

export type FollowedDeed = PublicDeed | 'ask-to-leave' | 'erase'

/**
 * What whoever has the code of a registration can do about it as it stands. Once the cancellation deadline is past
 * the organisers are asked; once all is over nothing but the erasure is left.
 * @param isOver whether no date is to come any more.
 */
export function deedsOf(
  registration: RegistrationRow,
  { row }: Event,
  { isOver, now }: { isOver: boolean; now: Date },
): FollowedDeed[] {
  const last: FollowedDeed[] = registration.receipt_hash === null ? [] : ['erase']
  if (isOver) return last
  const deeds: FollowedDeed[] = []
  const { state } = registration
  if (state === 'confirmed' && registration.arrangement < row.arrangement) deeds.push('confirm-again')
  if (state === 'offered') deeds.push('accept-offer', 'decline-offer')
  else if (state !== 'confirmed' || row.cancel_until > now.toISOString()) {
    if (isActive(registration)) deeds.push('cancel')
  } else if (registration.asked_to_leave_at === null) deeds.push('ask-to-leave')
  return [...deeds, ...last]
}

/** On the waiting list, from 1; null: not on it. */
export async function positionOf(
  db: Reads,
  { event, state, priority, seq }: RegistrationRow,
): Promise<number | null> {
  if (state !== 'waiting') return null
  const { ahead } = await db
    .selectFrom('event_registration')
    .select(({ fn }) => fn.countAll<number | string>().as('ahead'))
    .where('event', '=', event)
    .where('state', '=', 'waiting')
    .where(({ eb, or, and }) =>
      or([eb('priority', '>', priority), and([eb('priority', '=', priority), eb('seq', '<', seq)])]),
    )
    .executeTakeFirstOrThrow()
  return Number(ahead) + 1
}
