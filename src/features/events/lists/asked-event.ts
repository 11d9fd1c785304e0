import { PlainError } from '../../../messages/plain-error.ts'
import type { Action } from '../../../people/can.ts'
import type { Reads } from '../../../people/people.ts'
import { mayDo } from '../check-in/organiser.ts'
import { type Event, findEvent } from '../records.ts'

/**
 * The event, drafts too, for whoever may do this to it by office. Throws PlainError: for others there is none, so that
 * numbers cannot be tried out.
 */
export async function eventToManage(
  db: Reads,
  idOrNumber: string,
  { person, action, now }: { person: string | null; action: Action; now: Date },
): Promise<Event> {
  const event = await findEvent(db, idOrNumber)
  if (!event || !(await mayDo(db, event, person, action, now)))
    throw new PlainError('announcing:refused.no-event')
  return event
}
