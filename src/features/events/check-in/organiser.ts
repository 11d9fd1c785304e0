import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { type Action, can } from '../../../people/can.ts'
import type { Reads } from '../../../people/people.ts'
import { type Event, findEvent } from '../records.ts'

/** Whether somebody may do this to an event by their office. */
export async function mayDo(
  db: Reads,
  { row }: Pick<Event, 'row'>,
  person: string | null,
  action: Action,
  now: Date,
): Promise<boolean> {
  if (person === null) return false
  return can(await actorOf(db, person, dayInChina(now)), action, await placeOf(db, row.organisation))
}

/** The event, for whoever may do this to it; for others there is none. Throws PlainError. */
export async function eventFor(
  db: Reads,
  idOrNumber: string,
  person: string | null,
  action: Action,
  now: Date,
): Promise<Event> {
  const event = await findEvent(db, idOrNumber)
  if (!event || event.row.state === 'draft' || !(await mayDo(db, event, person, action, now))) {
    throw new PlainError('check-in:refused.no-event')
  }
  return event
}
