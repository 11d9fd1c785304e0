import { isInForce, toMembership } from '../../people/memberships.ts'
import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { type Reach, reachOfPerson } from '../../people/reach.ts'
import type { Role } from '../../people/roles.ts'

/** For whose records somebody is asked first. */
export type Responsibility = Pick<Reach, 'organisations' | 'house'>

/**
 * The organisations whose records come to somebody by an office: their own, and those below in which nobody holds it,
 * as `people/route.ts` finds receivers. Leave does not change it: what is passed on then is found by its card.
 * @param fallback A role that is asked at a root where none of the others is held; null: none.
 * @param today `YYYY-MM-DD` of China.
 */
export async function responsibleFor(
  db: Reads,
  person: string,
  roles: readonly Role[],
  fallback: Role | null,
  today: string,
): Promise<Responsibility> {
  const asked = fallback === null ? [...roles] : [...roles, fallback]
  const none = { organisations: [], house: false }
  const own = await holders(db, asked, today, person)
  if (own.length === 0) return none
  const held = Map.groupBy(await holders(db, asked, today), ({ organisation }) => organisation)
  const isOwn = new Map<string, boolean>()
  let house = false
  // A parent comes before what is below it.
  for (const { id, parent } of await listOrganisations(db)) {
    const all = held.get(id) ?? []
    const named = all.filter(({ role }) => roles.includes(role))
    const here = named.length > 0 || parent !== null ? named : all
    const mine =
      here.length > 0 ? here.some((one) => one.person === person) : isOwn.get(parent ?? '') === true
    isOwn.set(id, mine)
    house ||= parent === null && mine
  }
  return { organisations: [...isOwn].flatMap(([id, mine]) => (mine ? [id] : [])), house }
}

/** The organisations below those in which somebody is an administrator. */
export async function administeredBy(db: Reads, person: string, today: string): Promise<Responsibility> {
  const own = await holders(db, ['admin'], today, person)
  return own.length === 0
    ? { organisations: [], house: false }
    : reachOfPerson(db, person, ['submission.handle'], today)
}

async function holders(db: Reads, roles: readonly Role[], today: string, person?: string) {
  let query = db.selectFrom('membership').selectAll().where('role', 'in', roles)
  if (person !== undefined) query = query.where('person', '=', person)
  return (await query.execute()).map(toMembership).filter((held) => isInForce(held, today))
}
