import type { Reads } from '../../../people/people.ts'
import { type Event, isActive, type RegistrationRow } from '../records.ts'
import type { PublicDeed } from './public-registration.ts'

/** What whoever has the code of a registration can do about it as it stands. */
export function deedsOf(registration: RegistrationRow, { row }: Event): (PublicDeed | 'erase')[] {
  const deeds: (PublicDeed | 'erase')[] = []
  const { state } = registration
  if (state === 'confirmed' && registration.arrangement < row.arrangement) deeds.push('confirm-again')
  if (state === 'offered') deeds.push('accept-offer', 'decline-offer')
  else if (isActive(registration)) deeds.push('cancel')
  if (registration.receipt_hash !== null) deeds.push('erase')
  return deeds
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
