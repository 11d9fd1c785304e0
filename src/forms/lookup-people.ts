import type { Account } from '../chat/incoming.ts'
import { PlainError } from '../messages/plain-error.ts'
import { actorOf, placeOf, placesOfPerson } from '../people/actor.ts'
import { type Actor, can, type RecordPlace } from '../people/can.ts'
import { findOrganisation, listOrganisations, pathSeparator } from '../people/organisations.ts'
import { bareName, type Reads } from '../people/people.ts'
import type { Day } from '../timers/calendar/day.ts'
import type { Lookup } from './fields/lookup.ts'
import type { Problem } from './fields/refuse.ts'

/**
 * Finds people and organisations for whoever fills in a form. What they may not see is told as if it were not there,
 * so that nobody finds out who works where by trying names.
 * @param who a person's id; a guest's account.
 */
export function createLookup(db: Reads, who: string | Account, today: Day): Lookup {
  let actor: Actor | undefined
  const asker = async () => {
    actor ??= await actorOf(db, who, today)
    return actor
  }

  async function person(typed: string, colleagues = false) {
    const wanted = bareName(typed)
    if ((await asker()).person === null) return { key: 'forms:problem.sign-in-for-person', values: {} }
    const cut = wanted.lastIndexOf(pathSeparator)
    const name = wanted.slice(cut + 1).trim()
    const candidates = await db
      .selectFrom('person')
      .select(['id', 'name'])
      .where((where) => where.or([where('id', '=', wanted), where('name', '=', name)]))
      .orderBy('id')
      .execute()
    const seen: { id: string; name: string }[] = []
    for (const one of candidates) {
      const places = await placesOfPerson(db, one.id, today)
      const isMet = can(await asker(), 'people.view', places) || (colleagues && (await isColleague(places)))
      if (isMet) seen.push(one)
    }
    const exact = seen.find(({ id }) => id === wanted)
    const met = exact ? [exact] : cut < 0 ? seen : await within(wanted.slice(0, cut), seen, colleagues)
    if (met.length === 1) return met[0]!
    const key = met.length === 0 ? 'forms:problem.person-unknown' : 'forms:problem.person-ambiguous'
    return { key, values: { name: wanted } }
  }

  /** Whether somebody who stands there belongs to the asker's house: to an organisation under the same root. */
  async function isColleague(places: readonly RecordPlace[]): Promise<boolean> {
    const roots = new Set<string | undefined>()
    for (const { organisation: own } of (await asker()).grants) {
      roots.add((await placeOf(db, own)).path.at(-1))
    }
    return places.some(({ path }) => path.length > 0 && roots.has(path.at(-1)))
  }

  /** Those who stand in the organisation or below it. */
  async function within<Found extends { id: string }>(
    path: string,
    people: Found[],
    colleagues: boolean,
  ): Promise<Found[]> {
    const found = await organisation(path.trim(), colleagues)
    if (!('id' in found)) return []
    const inside: Found[] = []
    for (const one of people) {
      const places = await placesOfPerson(db, one.id, today)
      if (places.some((place) => place.path.includes(found.id))) inside.push(one)
    }
    return inside
  }

  async function organisation(
    typed: string,
    anywhere = false,
  ): Promise<{ id: string; path: string } | Problem> {
    const wanted = bareName(typed)
    if ((await asker()).person === null) return { key: 'forms:problem.sign-in-for-organisation', values: {} }
    const unknown = { key: 'forms:problem.organisation-unknown', values: { name: wanted } }
    const visible = async (id: string) =>
      anywhere || can(await asker(), 'organisation.view', await placeOf(db, id))
    try {
      const found = await findOrganisation(db, wanted)
      return (await visible(found.id)) ? { id: found.id, path: found.path } : unknown
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
    }
    // Several of the name, or none: those that the asker may see decide.
    const seen: { id: string; path: string }[] = []
    for (const one of await listOrganisations(db)) {
      if (one.name === wanted && (await visible(one.id))) seen.push({ id: one.id, path: one.path })
    }
    if (seen.length === 1) return seen[0]!
    if (seen.length === 0) return unknown
    const paths = seen.map(({ path }) => path).join('、')
    return { key: 'forms:problem.organisation-ambiguous', values: { name: wanted, paths } }
  }

  return { today, person, organisation: (typed) => organisation(typed) }
}
