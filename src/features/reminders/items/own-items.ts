import type { Conversation } from '../../../chat/incoming.ts'
import { conversationKey } from '../../../chat/keys.ts'
import type { Reads } from '../../../people/people.ts'
import { type ItemOf, readItems } from './views.ts'

/** What somebody has to acknowledge, the most pressing first: how many steps were taken, then how long it waits. */
export async function openItemsOf(db: Reads, person: string): Promise<ItemOf[]> {
  const rows = await db
    .selectFrom('reminder_item')
    .select('id')
    .where('person', '=', person)
    .where('state', '=', 'open')
    .execute()
  return pressing(
    await readItems(
      db,
      rows.map(({ id }) => id),
    ),
  )
}

/** What anybody of a group may acknowledge in it, but for what somebody has acknowledged for themselves. */
export async function openItemsIn(db: Reads, conversation: Conversation, person: string): Promise<ItemOf[]> {
  const rows = await db
    .selectFrom('reminder_item')
    .select(['id', 'chat'])
    .where('person', 'is', null)
    .where('state', '=', 'open')
    .where('chat', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('reminder_item as own')
            .select('own.id')
            .whereRef('own.run', '=', 'reminder_item.run')
            .whereRef('own.position', '=', 'reminder_item.position')
            .where('own.person', '=', person),
        ),
      ),
    )
    .execute()
  // A thread belongs to its group.
  const here = (chat: string) => conversationKey({ ...(JSON.parse(chat) as Conversation), thread: '' })
  const wanted = conversationKey({ ...conversation, thread: '' })
  return pressing(
    await readItems(
      db,
      rows.flatMap(({ id, chat }) => (here(chat!) === wanted ? [id] : [])),
    ),
  )
}

/** What is put off comes last. */
function pressing(items: readonly ItemOf[]): ItemOf[] {
  const weight = ({ row }: ItemOf) => (row.snoozed_until === null ? row.step : -1)
  return items.toSorted(
    (one, other) => weight(other) - weight(one) || one.dueAt.getTime() - other.dueAt.getTime(),
  )
}
