import type { Conversation } from '../../../chat/incoming.ts'
import { conversationKey } from '../../../chat/keys.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf, placesOfPerson } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import { organisationOfChat } from '../../../people/chats.ts'
import type { Reads } from '../../../people/people.ts'
import { holdsReminder } from '../rights.ts'
import { superiorsOf } from './superiors.ts'
import { type ItemOf, readItems } from './views.ts'

/** Who wants to answer an item, and where they pressed, typed, or opened the form. */
interface Asker {
  person: string
  conversation: Conversation
  now: Date
}

/**
 * The item, for somebody who may answer it (`rightTo`). Throws PlainError where there is none or they may not: what a group
 * was asked names nothing of it to others.
 */
export async function itemFor(db: Reads, id: string, asker: Asker): Promise<ItemOf> {
  const [item] = await readItems(db, [id])
  if (!item) throw new PlainError('reminding:gone')
  if ((await rightTo(db, item, asker)) === null) {
    throw new PlainError(item.row.person === null ? 'reminding:not-asked' : 'reminding:not-yours')
  }
  return item
}

/**
 * By what right somebody answers an item: `own` it is theirs; `member` it is anybody's of a group that is bound to an
 * organisation to which they belong; `here` it is anybody's of the group in which they speak; `others` they answer for
 * others. Null: they may not. Numbers can be counted through and cards forwarded, so neither is a right.
 */
export async function rightTo(
  db: Reads,
  item: ItemOf,
  { person, conversation, now }: Asker,
): Promise<'own' | 'member' | 'here' | 'others' | null> {
  const { row } = item
  if (row.person === person) return 'own'
  if (row.person === null && row.chat !== null) {
    const chat = JSON.parse(row.chat) as Conversation
    if (await isMemberOf(db, person, chat, now)) return 'member'
    // A thread belongs to its group.
    const whole = (one: Conversation) => conversationKey({ ...one, thread: '' })
    if (whole(chat) === whole(conversation)) return 'here'
  }
  return (await mayAnswerForOthers(db, item, person, now)) ? 'others' : null
}

/** Whether somebody belongs to the organisation to which a chat is bound, or to one below it, today. */
async function isMemberOf(db: Reads, person: string, chat: Conversation, now: Date): Promise<boolean> {
  const bound = await organisationOfChat(db, chat)
  if (bound === null) return false
  const { grants } = await actorOf(db, person, dayInChina(now))
  for (const { organisation } of grants) {
    if ((await placeOf(db, organisation)).path.includes(bound)) return true
  }
  return false
}

/**
 * Whether somebody may mark, nudge and hand over what others have: whoever holds the reminder today, and whoever was told
 * of the item as a superior and still has to do with it.
 */
export async function mayAnswerForOthers(
  db: Reads,
  item: ItemOf,
  person: string,
  now: Date,
): Promise<boolean> {
  const { row, reminder } = item
  const actor = await actorOf(db, person, dayInChina(now))
  if (await holdsReminder(db, actor, reminder)) return true
  const told = await db
    .selectFrom('reminder_card')
    .innerJoin('reminder_card_item', 'reminder_card_item.message', 'reminder_card.message')
    .select('reminder_card.message')
    .where('reminder_card_item.item', '=', row.id)
    .where('reminder_card.kind', '=', 'above')
    .where('reminder_card.person', '=', person)
    .executeTakeFirst()
  return told !== undefined && (await isStillAbove(db, item, person, now))
}

/**
 * Throws PlainError where an item cannot be closed by words alone: one's own for which a form is to be filled in, and
 * marking for others by who may not. Nobody marks their own: what is asked of them is asked.
 * @param whole Whether it is marked for others.
 */
export async function mustClose(
  db: Reads,
  of: ItemOf,
  { person, whole, now }: { person: string; whole: boolean; now: Date },
): Promise<void> {
  if (!whole) {
    if (of.reminder.means !== 'done') throw new PlainError('reminding:needs-more')
  } else if (of.row.person === person) {
    throw new PlainError('reminding:not-own')
  } else if (!(await mayAnswerForOthers(db, of, person, now))) {
    throw new PlainError('reminding:not-yours')
  }
}

/** Old cards keep their buttons: whoever has left or moved on is a superior no more. */
async function isStillAbove(db: Reads, item: ItemOf, person: string, now: Date): Promise<boolean> {
  const { row, reminder } = item
  if ((await superiorsOf(db, item, now)).includes(person)) return true
  const today = dayInChina(now)
  const actor = await actorOf(db, person, today)
  const places = [
    ...(reminder.organisation === null ? [] : [await placeOf(db, reminder.organisation)]),
    ...(row.person === null ? [] : await placesOfPerson(db, row.person, today)),
  ]
  return places.some((place) => can(actor, 'organisation.view', place))
}
