import { placeOf } from '../../people/actor.ts'
import { type Actor, can } from '../../people/can.ts'
import type { Reads } from '../../people/people.ts'
import type { ReminderRow } from './records.ts'

/**
 * Whether somebody holds a reminder: their own, for themselves, or in draft; one of an organisation as long as they may make
 * reminders there. Having made it is not enough: roles end, and the group is written to on.
 * @param actor with the roles of the day.
 */
export async function holdsReminder(
  db: Reads,
  actor: Actor,
  { owner, organisation, state }: Pick<ReminderRow, 'owner' | 'organisation' | 'state'>,
): Promise<boolean> {
  const isOwn = owner !== null && owner === actor.person
  if (organisation === null) return isOwn
  // Nobody is reminded by a draft yet: whoever wrote it may also throw it away.
  if (state === 'draft' && isOwn) return true
  return can(actor, 'reminder.make', await placeOf(db, organisation))
}
