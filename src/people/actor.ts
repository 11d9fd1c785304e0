import type { Account } from '../chat/incoming.ts'
import type { Actor, Grant, RecordPlace } from './can.ts'
import { membershipsInForce, membershipsOf } from './memberships.ts'
import { ancestorsOf } from './organisations.ts'
import { findPersonByAccount, type Reads } from './people.ts'

/** Who acts, with the roles held today. An account of nobody is a guest's. `today` is a day of China. */
export async function actorOf(db: Reads, who: Account | string, today: string): Promise<Actor> {
  const person = typeof who === 'string' ? who : ((await findPersonByAccount(db, who))?.id ?? null)
  if (person === null) return { person, grants: [] }
  const memberships = await membershipsInForce(db, person, today)
  const grants: Grant[] = []
  // One after another: within a transaction there is one connection.
  for (const { role, organisation } of memberships) {
    grants.push({ role, organisation, root: (await ancestorsOf(db, organisation)).length === 0 })
  }
  return { person, grants }
}

/** The place of a record of this organisation, as `can` takes it. */
export async function placeOf(db: Reads, organisation: string): Promise<RecordPlace> {
  return { path: [organisation, ...(await ancestorsOf(db, organisation)).map(({ id }) => id)] }
}

/**
 * Where a person stands: a place for each organisation in which they hold a role today or later, or the whole house's
 * where there is none. Later ones count too: whoever could invite them now would speak as them then.
 */
export async function placesOfPerson(db: Reads, person: string, today: string): Promise<RecordPlace[]> {
  const memberships = await membershipsOf(db, person)
  const lasting = memberships.filter(({ until }) => until === null || until >= today)
  const organisations = [...new Set(lasting.map(({ organisation }) => organisation))]
  if (organisations.length === 0) return [{ path: [], person }]
  const places: RecordPlace[] = []
  for (const id of organisations) places.push({ ...(await placeOf(db, id)), person })
  return places
}
