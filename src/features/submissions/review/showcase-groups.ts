import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import { type Chat, chatKey, chatsOf } from '../../../people/chats.ts'
import { findOrganisation, listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import { reachOf } from '../../../people/reach.ts'
import { createCirculationPort } from '../../circulation/port.ts'
import type { Submission } from '../records.ts'

/** More would not be read in a form. */
const mostProposed = 8

/** By which it goes out: each group once, stoppable, with those looked after that are gone. */
export const circulation = createCirculationPort()

/** How the origins of all posts of a record begin. */
export const originsOf = (submission: string) => `submissions:showcase ${submission} `

/** An organisation that was named to be posted to. */
export interface ChosenGroups {
  organisation: string
  name: string
  /** Its groups that have not got it. */
  chats: Chat[]
  /** How many of its groups have it, or will. */
  had: number
}

/**
 * The organisations that were named, each within the right of whoever does it (`circulation.send`), with their groups.
 * Throws PlainError where one does not lie within it, has no group, or none is left that has not got it.
 * @param text Names, parted by commas.
 */
export async function chosenGroups(
  db: Reads,
  submission: string,
  text: string,
  { by, now }: { by: string; now: Date },
): Promise<ChosenGroups[]> {
  const actor = await actorOf(db, by, dayInChina(now))
  const posted = await circulation.chats(db, originsOf(submission))
  // What was stopped, or whose group was not there, may be sent again.
  const has = new Set(
    posted.flatMap(({ chat, state }) => (state === 'waiting' || state === 'sent' ? chatKey(chat) : [])),
  )
  const chosen = new Map<string, ChosenGroups>()
  for (const given of namesIn(text)) {
    const { id, name } = await findOrganisation(db, given)
    if (!can(actor, 'circulation.send', await placeOf(db, id))) {
      throw new PlainError('submissions:refused.showcase-right', { name })
    }
    const all = await chatsOf(db, [id])
    // Of each a word: whoever names a unit without chats believes that it was shown there.
    if (all.length === 0) throw new PlainError('submissions:refused.showcase-chat', { name })
    const chats = all.filter((chat) => !has.has(chatKey(chat)))
    chosen.set(id, { organisation: id, name, chats, had: all.length - chats.length })
  }
  const found = [...chosen.values()]
  if (found.every(({ chats }) => chats.length === 0)) {
    const names = found.map(({ name }) => name).join('、')
    throw new PlainError('submissions:refused.showcase-had', { names })
  }
  return found
}

/** The organisations within somebody's right that have chats, to be chosen from: those nearest the record first. */
export async function groupsWithin(
  db: Reads,
  { row }: Pick<Submission, 'row'>,
  person: string | null,
  today: string,
): Promise<string[]> {
  if (person === null) return []
  const organisations = await listOrganisations(db)
  const actor = await actorOf(db, person, today)
  const allowed = new Set(reachOf(organisations, actor, ['circulation.send']).organisations)
  const names: string[] = []
  const near = (id: string) => (id === row.lies_with || id === row.organisation ? 0 : 1)
  for (const { id, name } of organisations.toSorted((one, other) => near(one.id) - near(other.id))) {
    if (names.length === mostProposed) break
    if (allowed.has(id) && (await chatsOf(db, [id])).length > 0) names.push(name)
  }
  return names
}

function namesIn(text: string): string[] {
  return [...new Set(text.split(/[、，,;；\n]+/).map((name) => name.trim()))].filter((name) => name !== '')
}
