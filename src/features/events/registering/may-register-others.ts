import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import type { Reads } from '../../../people/people.ts'
import type { Event } from '../records.ts'

/**
 * Throws PlainError for whoever can register nobody else: neither an organiser nor acting for people anywhere. Whether
 * they may do it for the very person is decided when it is settled.
 */
export async function mayRegisterOthers(
  db: Reads,
  person: string | null,
  { row }: Event,
  now: Date,
): Promise<void> {
  const actor = person === null ? null : await actorOf(db, person, dayInChina(now))
  const isOrganiser = actor !== null && can(actor, 'event.manage', await placeOf(db, row.organisation))
  const actsForSomebody = actor?.grants.some(({ organisation }) =>
    can(actor, 'people.act-for', { path: [organisation] }),
  )
  if (!isOrganiser && !actsForSomebody) throw new PlainError('registration:others.not-allowed')
}
