import type { Audience } from '../../people/audience.ts'
import { type Chat, chatKey, organisationsOfChats } from '../../people/chats.ts'
import type { Reads } from '../../people/people.ts'
import type { CirculationChatTable, CirculationPersonTable } from '../../store/tables/circulation.ts'
import { chatOfKey, partsOfOrigin } from './records.ts'

type State = CirculationPersonTable['state']

/** People, by how it stands with them; of one organisation or of all. */
export type Counts = Readonly<Record<State, number>>

export interface Figures {
  all: Counts
  /** By organisation; null: those who belong to none. */
  byOrganisation: ReadonlyMap<string | null, Counts>
  /** In how many chats it stands: not in those that were not there any more. */
  chats: number
}

/** A page of names. */
export interface MissingPage {
  /** How many are left out before it. Default 0. */
  offset?: number
  most: number
}

const none = (): Record<State, number> => ({ waiting: 0, sent: 0, answered: 0, unreachable: 0, stopped: 0 })

/** How far a matter has come; all zeros where nothing was sent. */
export async function countCirculation(db: Reads, origin: string): Promise<Figures> {
  const rows = await db
    .selectFrom('circulation_person')
    .innerJoin('circulation', 'circulation.id', 'circulation_person.circulation')
    .select(['circulation_person.organisation', 'circulation_person.state'])
    .select(({ fn }) => fn.countAll().as('count'))
    .where('circulation.origin', '=', origin)
    .groupBy(['circulation_person.organisation', 'circulation_person.state'])
    .execute()
  const all = none()
  const byOrganisation = new Map<string | null, Record<State, number>>()
  for (const { organisation, state, count } of rows) {
    const theirs = byOrganisation.get(organisation) ?? none()
    byOrganisation.set(organisation, theirs)
    theirs[state] += Number(count)
    all[state] += Number(count)
  }
  const chats = await db
    .selectFrom('circulation_chat')
    .innerJoin('circulation', 'circulation.id', 'circulation_chat.circulation')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('circulation.origin', '=', origin)
    .where('circulation_chat.state', '=', 'sent')
    .executeTakeFirstOrThrow()
  return { all, byOrganisation, chats: Number(chats.count) }
}

/** Names of the organisations whose groups were not there when they were last written to. @param origin How origins begin. */
export async function goneChats(db: Reads, origin: string): Promise<string[]> {
  const rows = await db
    .selectFrom('circulation_chat')
    .innerJoin('circulation', 'circulation.id', 'circulation_chat.circulation')
    .leftJoin('organisation', 'organisation.id', 'circulation_chat.organisation')
    .select(['circulation_chat.chat', 'circulation_chat.state', 'organisation.name'])
    .where('circulation.origin', '>=', origin)
    .where('circulation.origin', '<', `${origin}\uffff`)
    .where('circulation_chat.state', 'in', ['sent', 'gone'])
    .orderBy('circulation.made_at')
    .execute()
  const last = new Map(rows.map((row) => [row.chat, row]))
  return [...last.values()].flatMap(({ state, name }) => (state === 'gone' ? (name ?? '') : []))
}

/** Who was asked, or could not be, and has not answered: by organisation and name. */
export async function listMissing(
  db: Reads,
  origin: string,
  { offset = 0, most }: MissingPage,
): Promise<{ person: string; organisation: string | null }[]> {
  return db
    .selectFrom('circulation_person')
    .innerJoin('circulation', 'circulation.id', 'circulation_person.circulation')
    .innerJoin('person', 'person.id', 'circulation_person.person')
    .select(['circulation_person.person', 'circulation_person.organisation'])
    .where('circulation.origin', '=', origin)
    .where('circulation_person.state', 'in', ['sent', 'unreachable'])
    .orderBy('circulation_person.organisation')
    .orderBy('person.name')
    .orderBy('person.id')
    .offset(offset)
    .limit(most)
    .execute()
}

/** Names of those who have answered, the last first. */
export async function listAnswered(db: Reads, origin: string, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('circulation_person')
    .innerJoin('circulation', 'circulation.id', 'circulation_person.circulation')
    .innerJoin('person', 'person.id', 'circulation_person.person')
    .select('person.name')
    .where('circulation.origin', '=', origin)
    .where('circulation_person.state', '=', 'answered')
    .orderBy('circulation_person.answered_at', 'desc')
    .orderBy('person.id')
    .limit(most)
    .execute()
  return rows.map(({ name }) => name)
}

/** Ids of all who have answered, in their own order. */
export async function listAnswering(db: Reads, origin: string): Promise<string[]> {
  const rows = await db
    .selectFrom('circulation_person')
    .innerJoin('circulation', 'circulation.id', 'circulation_person.circulation')
    .select('circulation_person.person')
    .where('circulation.origin', '=', origin)
    .where('circulation_person.state', '=', 'answered')
    .orderBy('circulation_person.person')
    .execute()
  return rows.map(({ person }) => person)
}

/** Something that somebody was asked. */
export interface AskedOf {
  /** The origin without the feature's name. */
  id: string
  hasAnswered: boolean
}

/** What of a feature somebody was asked, the last first. */
export async function listAsked(
  db: Reads,
  feature: string,
  person: string,
  most: number,
): Promise<AskedOf[]> {
  const rows = await db
    .selectFrom('circulation_person')
    .innerJoin('circulation', 'circulation.id', 'circulation_person.circulation')
    .select(['circulation.origin', 'circulation_person.state'])
    .where('circulation_person.person', '=', person)
    .where('circulation_person.state', 'in', ['sent', 'answered'])
    .where('circulation.origin', 'like', `${feature}:%`)
    .orderBy('circulation.made_at', 'desc')
    .orderBy('circulation.id')
    .limit(most)
    .execute()
  return rows.map(({ origin, state }) => ({
    id: partsOfOrigin(origin).id,
    hasAnswered: state === 'answered',
  }))
}

/** A chat in which something is, or was to be, posted. */
export interface PostedChat {
  chat: Chat
  /** Its organisation's name; null: it is bound to none any more. */
  organisation: string | null
  state: CirculationChatTable['state']
  /** Of the matter, and when it was begun. */
  origin: string
  at: Date
}

/**
 * The chats of all matters with such origins, each as it stands in the last of them; those of what has not begun to go out
 * are waiting. @param origin How the origins begin.
 */
export async function listChats(db: Reads, origin: string): Promise<PostedChat[]> {
  const matters = await db
    .selectFrom('circulation')
    .select(['id', 'origin', 'audience', 'state', 'made_at'])
    .where('origin', '>=', origin)
    .where('origin', '<', `${origin}\uffff`)
    .orderBy('made_at')
    .orderBy('id')
    .execute()
  const rows = await db
    .selectFrom('circulation_chat')
    .select(['circulation', 'chat', 'state'])
    .where('circulation', 'in', [...matters.map(({ id }) => id), ''])
    .orderBy('chat')
    .execute()
  const found = new Map<string, Omit<PostedChat, 'organisation'>>()
  for (const { id, origin: one, audience, state, made_at } of matters) {
    const matter = { origin: one, at: new Date(made_at) }
    if (state === 'gathering') {
      for (const chat of (JSON.parse(audience) as Audience).chats) {
        found.set(chatKey(chat), { ...matter, chat, state: 'waiting' })
      }
    }
    for (const row of rows) {
      if (row.circulation !== id) continue
      found.set(row.chat, { ...matter, chat: chatOfKey(row.chat), state: row.state })
    }
  }
  const posted = [...found.values()]
  const bound = await organisationsOfChats(
    db,
    posted.map(({ chat }) => chat),
  )
  const names = await namesOf(db, [...new Set(bound.values())])
  return posted.map((one) => ({
    ...one,
    organisation: names.get(bound.get(chatKey(one.chat)) ?? '') ?? null,
  }))
}

async function namesOf(db: Reads, organisations: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('id', 'in', [...organisations, ''])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
