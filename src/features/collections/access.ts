import type { Account, Conversation } from '../../chat/incoming.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placeOf, placesOfPerson } from '../../people/actor.ts'
import { peopleOfAudience } from '../../people/audience.ts'
import { type Action, can } from '../../people/can.ts'
import { chatKey, organisationsOfChats } from '../../people/chats.ts'
import { membershipsInForce } from '../../people/memberships.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import type { CirculationPort } from '../circulation/port.ts'
import { type Collection, originOf, readCollection } from './records.ts'

/** The person of an account. Throws PlainError for a guest. */
export async function personOf(db: Reads, account: Account): Promise<string> {
  const person = await findPersonByAccount(db, account)
  if (!person) throw new PlainError('collections:sign-in')
  return person.id
}

async function mayAt(db: Reads, person: string, action: Action, organisation: string, now: Date) {
  const actor = await actorOf(db, person, dayInChina(now))
  return can(actor, action, await placeOf(db, organisation))
}

/** Whether somebody makes the collections of an organisation. */
export const mayMake = (db: Reads, person: string, organisation: string, now: Date): Promise<boolean> =>
  mayAt(db, person, 'collection.make', organisation, now)

/**
 * Whoever made it while they may make those of its organisation, its handlers while they belong to some organisation, and who
 * makes those of its organisation; of one that is for handlers alone, no others.
 */
export async function mayHandle(
  db: Reads,
  person: string,
  { row, handlers }: Collection,
  now: Date,
): Promise<boolean> {
  if (handlers.includes(person) && (await membershipsInForce(db, person, dayInChina(now))).length > 0)
    return true
  if (row.anonymity === 'handlers-only' && row.made_by !== person) return false
  return mayMake(db, person, row.organisation, now)
}

/** A collection that somebody handles. Throws PlainError where they do not, or there is none. */
export async function collectionToHandle(
  db: Reads,
  id: string,
  person: string,
  now: Date,
): Promise<Collection> {
  const collection = await readCollection(db, id)
  if (!(await mayHandle(db, person, collection, now))) throw new PlainError('collections:gone')
  return collection
}

/** A collection whose figures somebody may see: names are for its handlers. Throws PlainError where they may not. */
export async function collectionToView(
  db: Reads,
  id: string,
  person: string,
  now: Date,
): Promise<{ collection: Collection; handles: boolean }> {
  const collection = await readCollection(db, id)
  const handles = await mayHandle(db, person, collection, now)
  const { organisation, state } = collection.row
  const views = state !== 'draft' && (await mayAt(db, person, 'collection.view', organisation, now))
  if (!handles && !views) throw new PlainError('collections:gone')
  return { collection, handles }
}

/** Whoever asks to answer, and where they ask. */
export interface Asker {
  person: string
  conversation: Conversation
  now: Date
}

/**
 * Throws PlainError where a collection is not for somebody: whom it was sent to may answer it, who belongs to its audience
 * since, and who reads a group in which it stands.
 */
export async function mustBeAsked(
  db: Reads,
  circulation: CirculationPort,
  { row, handlers }: Collection,
  { person, conversation, now }: Asker,
): Promise<void> {
  const origin = originOf(row.id)
  const sent = await circulation.find(db, origin)
  // Where some roles answer for their unit, nobody else does, though they read it in the unit's group.
  if (row.per === 'unit' && sent?.audience.members.some(({ role }) => role !== null)) {
    const isTheirs = handlers.includes(person) || (await peopleOfAudience(db, sent.audience, now)).has(person)
    if (isTheirs) return
    throw new PlainError('collections:refused.by-role')
  }
  if (await circulation.isAsked(db, origin, person)) return
  if (sent) {
    if (sent.audience.chats.some((chat) => chatKey(chat) === chatKey(conversation))) return
    if ((await peopleOfAudience(db, sent.audience, now)).has(person)) return
    const bound = new Set((await organisationsOfChats(db, sent.audience.chats)).values())
    const places = await placesOfPerson(db, person, dayInChina(now))
    if (places.some(({ path }) => path.some((organisation) => bound.has(organisation)))) return
  }
  throw new PlainError('collections:refused.not-asked')
}
