import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import type { Reads } from '../../../people/people.ts'
import { type ItemOf, readItems } from './views.ts'

/**
 * The item, for somebody who may answer it: it is theirs or anybody's of a group, they were told of it as a superior, or
 * they keep reminders where it is kept. Throws PlainError where there is none or they may not.
 */
export async function itemFor(db: Reads, id: string, person: string, now: Date): Promise<ItemOf> {
  const [item] = await readItems(db, [id])
  if (!item) throw new PlainError('reminding:gone')
  const isOwn = item.row.person === null || item.row.person === person
  if (!isOwn && !(await mayAnswerForOthers(db, item, person, now)))
    throw new PlainError('reminding:not-yours')
  return item
}

/** Whether somebody may mark, nudge and hand over what others have. */
export async function mayAnswerForOthers(
  db: Reads,
  { row, reminder }: ItemOf,
  person: string,
  now: Date,
): Promise<boolean> {
  if (reminder.owner === person) return true
  const told = await db
    .selectFrom('reminder_card')
    .innerJoin('reminder_card_item', 'reminder_card_item.message', 'reminder_card.message')
    .select('reminder_card.message')
    .where('reminder_card_item.item', '=', row.id)
    .where('reminder_card.kind', '=', 'above')
    .where('reminder_card.person', '=', person)
    .executeTakeFirst()
  if (told) return true
  if (reminder.organisation === null) return false
  const actor = await actorOf(db, person, dayInChina(now))
  return can(actor, 'reminder.make', await placeOf(db, reminder.organisation))
}
