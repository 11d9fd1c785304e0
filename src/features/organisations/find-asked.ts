import { PlainError } from '../../messages/plain-error.ts'
import { membershipsInForce } from '../../people/memberships.ts'
import { findOrganisation, listOrganisations, type PlacedOrganisation } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import type { Day } from '../../timers/calendar/day.ts'

/** The organisation of a name, path or id; null: there is none of it, or several. */
export async function organisationNamed(db: Reads, name: string): Promise<PlacedOrganisation | null> {
  try {
    return await findOrganisation(db, name)
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return null
  }
}

/** Where somebody holds a role today, in the order of the tree. */
export async function organisationsOf(db: Reads, person: string, today: Day): Promise<PlacedOrganisation[]> {
  const held = new Set((await membershipsInForce(db, person, today)).map(({ organisation }) => organisation))
  return (await listOrganisations(db)).filter(({ id }) => held.has(id))
}
