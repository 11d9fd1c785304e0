import type { Conversation } from '../../../chat/incoming.ts'
import { type Chat, chatsOf } from '../../../people/chats.ts'
import { descendantsOf } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event } from '../records.ts'
import { cardForGroup, sendInto, watchMoments } from './refresh-cards.ts'

/** A group to which an event can be announced. */
export interface GroupChat {
  chat: Chat
  /** Whose it is. */
  organisation: string
  /** Whether the card of the event stands there already. */
  announced: boolean
}

/** The groups that are bound to the event's organisation or to one below it, in the order of the tree. */
export async function groupChats(db: Reads, { row }: Pick<Event, 'row'>): Promise<GroupChat[]> {
  const below = await descendantsOf(db, row.organisation)
  const own = await db
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('id', '=', row.organisation)
    .execute()
  const stands = await db
    .selectFrom('event_card')
    .select('conversation')
    .where('event', '=', row.id)
    .where('replaced', '=', 0)
    .execute()
  const announced = new Set(stands.map(({ conversation }) => keyOf(JSON.parse(conversation) as Chat)))
  const chats: GroupChat[] = []
  for (const { id, name } of [...own, ...below]) {
    for (const chat of await chatsOf(db, [id])) {
      chats.push({ chat, organisation: name, announced: announced.has(keyOf(chat)) })
    }
  }
  return chats
}

/** One text for each chat, for the values of buttons. */
export function keyOf({ platform, installation, chat }: Chat): string {
  return JSON.stringify([platform, installation, chat])
}

/** Sends the card of a published event into chats in which it does not stand yet. Returns how many these were. */
export async function announceTo(
  trx: Trx,
  context: EventsContext,
  event: Event,
  chats: readonly GroupChat[],
  now: Date,
): Promise<number> {
  const missing = chats.filter(({ announced }) => !announced)
  if (missing.length === 0) return 0
  const card = await cardForGroup(trx, context, event, now)
  for (const { chat } of missing) {
    const { platform, installation } = chat
    const conversation: Conversation = { platform, installation, chat: chat.chat, thread: '' }
    await sendInto(trx, event, conversation, card, now)
  }
  await watchMoments(trx, event, now)
  return missing.length
}
