import type { Account, Conversation } from '../chat/incoming.ts'
import { guest, type Reader } from '../knowledge/clause.ts'
import { organisationOfChat } from './chats.ts'
import { isInForce, membershipsInForce, toMembership } from './memberships.ts'
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

/** Where something is said. */
export interface Occasion {
  account: Account
  conversation: Conversation
  /** Whether others than the asker see the chat. */
  group: boolean
  /** Asked in an unbound group: who is in it; null where nobody can tell. Default: nobody can. */
  membersOf?: (conversation: Conversation) => Promise<readonly Account[] | null>
}

/**
 * Everybody who sees what is said there, each kind of reader once: whoever asks, and in a chat that is bound to an
 * organisation its members, in another group those who are in it. In a group whose members nobody knows a guest reads
 * along.
 */
export async function readersOfConversation(
  db: Reads,
  { account, conversation, group, membersOf = async () => null }: Occasion,
  today: string,
): Promise<Reader[]> {
  const asker = await readerOf(db, account, today)
  const bound = await organisationOfChat(db, conversation)
  if (bound !== null) {
    return [asker, { organisations: readableAs(await listOrganisations(db), bound), roles: [] }]
  }
  if (!group) return [asker]
  const members = await membersOf(conversation)
  return members === null ? [asker, guest] : distinct([asker, ...(await readersOf(db, members, today))])
}

/** Accounts in one query: databases take some ten thousand values at most. */
const mostAtOnce = 400

/** What these may read, each kind of reader once; accounts that belong to nobody are a guest's. A few queries for all. */
async function readersOf(db: Reads, accounts: readonly Account[], today: string): Promise<Reader[]> {
  const people = new Set<string>()
  let strangers = 0
  const places = Map.groupBy(accounts, ({ platform, installation }) =>
    JSON.stringify([platform, installation]),
  )
  for (const there of places.values()) {
    const { platform, installation } = there[0]!
    for (const users of inPieces([...new Set(there.map(({ user }) => user))])) {
      const rows = await db
        .selectFrom('account')
        .select('person')
        .where('platform', '=', platform)
        .where('installation', '=', installation)
        .where('user_id', 'in', users)
        .execute()
      strangers += users.length - rows.length
      for (const { person } of rows) people.add(person)
    }
  }
  const held = new Map<string, { organisations: Set<string>; roles: Set<string> }>()
  for (const some of inPieces([...people])) {
    const rows = await db.selectFrom('membership').selectAll().where('person', 'in', some).execute()
    for (const { person, organisation, role } of rows
      .map(toMembership)
      .filter((one) => isInForce(one, today))) {
      const theirs = held.get(person) ?? { organisations: new Set(), roles: new Set() }
      theirs.organisations.add(organisation)
      theirs.roles.add(role)
      held.set(person, theirs)
    }
  }
  const all = held.size > 0 ? await listOrganisations(db) : []
  const names = new Map<string, string[]>()
  const namesOf = (organisation: string) => {
    const known = names.get(organisation) ?? readableAs(all, organisation)
    names.set(organisation, known)
    return known
  }
  const readers = [...held.values()].map(({ organisations, roles }) => ({
    organisations: [...new Set([...organisations].flatMap(namesOf))],
    roles: [...roles],
  }))
  const isGuestThere = strangers > 0 || held.size < people.size
  return distinct(isGuestThere ? [guest, ...readers] : readers)
}

function inPieces<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / mostAtOnce) }, (_, i) =>
    all.slice(i * mostAtOnce, (i + 1) * mostAtOnce),
  )
}

function distinct(readers: readonly Reader[]): Reader[] {
  const known = new Map(
    readers.map((reader) => [
      JSON.stringify([reader.organisations.toSorted(), reader.roles.toSorted()]),
      reader,
    ]),
  )
  return [...known.values()]
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
