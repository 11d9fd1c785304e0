import type { Account } from '../../../chat/incoming.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import type { Reads } from '../../../people/people.ts'
import { routeFrom } from '../../../people/route.ts'
import type { Event } from '../records.ts'

/** Who decides about registrations: whoever made the event while they hold the office, else whoever is next to ask. */
export async function organisersOf(db: Reads, { row }: Event, now: Date): Promise<string[]> {
  const today = dayInChina(now)
  const maker = await actorOf(db, row.created_by, today)
  if (can(maker, 'event.manage', await placeOf(db, row.organisation))) return [row.created_by]
  return (await routeFrom({ db, today }, row.organisation, new Set())).receivers
}

/** The person of an account that may manage the event. Throws PlainError for everybody else. */
export async function needsOrganiser(
  db: Reads,
  account: Account | string,
  { row }: Event,
  now: Date,
): Promise<string> {
  const actor = await actorOf(db, account, dayInChina(now))
  const may = can(actor, 'event.manage', await placeOf(db, row.organisation))
  if (actor.person === null || !may) throw new PlainError('making:refused.not-organiser')
  return actor.person
}
