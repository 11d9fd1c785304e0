import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import {
  descendantsOf,
  findOrganisation,
  listOrganisations,
  type PlacedOrganisation,
} from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { reachOfPerson } from '../../people/reach.ts'
import type { Place } from './measures.ts'

/** Whose summary it is. */
export interface Chosen extends Place {
  name: string
  path: string
}

/** An organisation by id, with all below it. Throws PlainError where somebody makes no summary of it. */
export async function placeById(db: Reads, id: string, person: string, now: Date): Promise<Chosen> {
  const found = (await listOrganisations(db)).find((one) => one.id === id)
  const may = found && can(await actorOf(db, person, dayInChina(now)), 'summary.make', await placeOf(db, id))
  if (!found || !may) throw new PlainError('summaries:not-yours')
  return {
    organisation: id,
    name: found.name,
    path: found.path,
    places: [found, ...(await descendantsOf(db, id))],
  }
}

/**
 * The organisation that was typed, or else the highest of which somebody makes summaries. Throws PlainError where there is
 * none of that name, or they make none of it.
 */
export async function placeAsked(db: Reads, typed: string, person: string, now: Date): Promise<Chosen> {
  if (typed !== '') return placeById(db, (await findOrganisation(db, typed)).id, person, now)
  const [first] = await highestOf(db, person, now)
  if (!first) throw new PlainError('summaries:not-for-you')
  return placeById(db, first.id, person, now)
}

/** Organisations of which somebody makes summaries, without those below others of them. */
export async function highestOf(db: Reads, person: string, now: Date): Promise<PlacedOrganisation[]> {
  const { organisations } = await reachOfPerson(db, person, ['summary.make'], dayInChina(now))
  const reached = new Set(organisations)
  return (await listOrganisations(db)).filter(
    ({ id, parent }) => reached.has(id) && (parent === null || !reached.has(parent)),
  )
}
