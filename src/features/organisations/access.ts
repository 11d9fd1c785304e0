import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import { membershipsInForce } from '../../people/memberships.ts'
import type { Reads } from '../../people/people.ts'
import type { Day } from '../../timers/calendar/day.ts'

/** How much of an organisation's profile somebody sees. */
export type Sight = 'all' | 'public' | 'nothing'

/** Who keeps or oversees it sees all; who belongs to it, what is public. @param today of China. */
export async function sightOf(db: Reads, person: string, organisation: string, today: Day): Promise<Sight> {
  if (can(await actorOf(db, person, today), 'profile.view', await placeOf(db, organisation))) return 'all'
  const held = await membershipsInForce(db, person, today)
  return held.some((one) => one.organisation === organisation) ? 'public' : 'nothing'
}

/** Whether somebody keeps the profile. @param today of China. */
export async function mayEdit(db: Reads, person: string, organisation: string, today: Day): Promise<boolean> {
  return can(await actorOf(db, person, today), 'profile.edit', await placeOf(db, organisation))
}

/** Throws PlainError where somebody does not keep the profile, or is a guest. */
export async function mustEdit(
  db: Reads,
  person: string | null,
  organisation: string,
  today: Day,
): Promise<string> {
  if (person === null) throw new PlainError('organisations:sign-in')
  if (!(await mayEdit(db, person, organisation, today))) throw new PlainError('organisations:not-yours')
  return person
}
