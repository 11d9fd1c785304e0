import type { Account, Conversation } from '../chat/incoming.ts'
import { guest, type Reader } from '../knowledge/clause.ts'
import { organisationOfChat } from './chats.ts'
import { membershipsInForce } from './memberships.ts'
import { listOrganisations, type PlacedOrganisation } from './organisations.ts'
import { findPersonByAccount, type Reads } from './people.ts'

/**
 * What somebody may read: their organisations and all above them, and the roles they hold there today.
 * @param who an account, or a person's id; an account of nobody is a guest's.
 * @param today `YYYY-MM-DD` of China.
 */
export async function readerOf(db: Reads, who: Account | string, today: string): Promise<Reader> {
  const person = typeof who === 'string' ? who : (await findPersonByAccount(db, who))?.id
  if (person === undefined) return guest
  const memberships = await membershipsInForce(db, person, today)
  if (memberships.length === 0) return guest
  const all = await listOrganisations(db)
  const names = memberships.flatMap(({ organisation }) => readableAs(all, organisation))
  return {
    organisations: [...new Set(names)],
    roles: [...new Set(memberships.map(({ role }) => role))],
  }
}

/**
 * Everybody who sees what is said there: whoever asks, and in a chat that is bound to an organisation its
 * members. In a group whose members nobody knows a guest reads along.
 * @param group whether others than the asker see the chat.
 */
export async function readersOfConversation(
  db: Reads,
  { account, conversation, group }: { account: Account; conversation: Conversation; group: boolean },
  today: string,
): Promise<Reader[]> {
  const asker = await readerOf(db, account, today)
  const bound = await organisationOfChat(db, conversation)
  if (bound === null) return group ? [asker, guest] : [asker]
  return [asker, { organisations: readableAs(await listOrganisations(db), bound), roles: [] }]
}

/**
 * How a document's visibility may name an organisation or one above it: by id, by path, or by a name that no
 * other has. A name that two have lets nobody in, rather than the wrong ones; the path of a root is but a name.
 */
function readableAs(all: readonly PlacedOrganisation[], organisation: string): string[] {
  const byId = new Map(all.map((one) => [one.id, one]))
  const names: string[] = []
  for (let one = byId.get(organisation); one; one = byId.get(one.parent ?? '')) {
    const { id, path, name } = one
    const unique = all.every((other) => other.name !== name || other.id === id)
    names.push(id, ...(path === name ? [] : [path]), ...(unique ? [name] : []))
  }
  return names
}
