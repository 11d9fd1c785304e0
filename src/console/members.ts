import { placesOfPerson } from '../people/actor.ts'
import { type Actor, can, type RecordPlace } from '../people/can.ts'
import { isInForce, type Membership, toMembership } from '../people/memberships.ts'
import { listOrganisations, type PlacedOrganisation } from '../people/organisations.ts'
import type { Reads } from '../people/people.ts'
import { wholeHouse } from './visit.ts'

/** An organisation with where it stands, for `can`. */
export interface VisibleOrganisation extends PlacedOrganisation {
  place: RecordPlace
}

/** The organisations that the actor may see, in the order of the tree. */
export async function visibleOrganisations(db: Reads, actor: Actor): Promise<VisibleOrganisation[]> {
  const all = await listOrganisations(db)
  const byId = new Map(all.map((one) => [one.id, one]))
  return all
    .map((organisation) => {
      const path: string[] = []
      for (let one = byId.get(organisation.id); one; one = byId.get(one.parent ?? '')) path.push(one.id)
      return { ...organisation, place: { path } }
    })
    .filter(({ place }) => can(actor, 'organisation.view', place))
}

export interface Member extends Membership {
  name: string
  superiorName: string | null
}

/** Who holds which role in an organisation itself, by name; today and to come, or else in the past. */
export async function membersOf(
  db: Reads,
  organisation: string,
  today: string,
): Promise<{ present: Member[]; past: Member[] }> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person')
    .leftJoin('person as above', 'above.id', 'membership.superior')
    .selectAll('membership')
    .select(['person.name as name', 'above.name as superiorName'])
    .where('organisation', '=', organisation)
    .execute()
  const members = rows
    .map(({ name, superiorName, ...row }): Member => ({ ...toMembership(row), name, superiorName }))
    .sort((one, other) => one.name.localeCompare(other.name, 'zh-CN') || (one.id < other.id ? -1 : 1))
  const [present, past]: [Member[], Member[]] = [[], []]
  for (const member of members) {
    const isToCome = member.from !== null && member.from > today
    if (isInForce(member, today) || isToCome) present.push(member)
    else past.push(member)
  }
  return { present, past }
}

/** How many people a search shows at most. */
const mostFound = 50

/** People whose name holds a text, as far as the actor may see them; those of no organisation too. */
export async function findPeople(
  db: Reads,
  actor: Actor,
  text: string,
  today: string,
): Promise<{ id: string; name: string }[]> {
  const organisations = await visibleOrganisations(db, actor)
  const reached = organisations.filter(({ place }) => can(actor, 'people.view', place)).map(({ id }) => id)
  // Those out of reach go before anything is cut off: many of one name elsewhere must hide nobody here.
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('name', 'like', `%${text.replaceAll(/[\\%_]/g, '_')}%`)
    .where(({ or, not, exists, selectFrom }) => {
      const held = selectFrom('membership')
        .select('membership.id')
        .whereRef('membership.person', '=', 'person.id')
      const lasting = held.where((day) =>
        day.or([day('until_day', 'is', null), day('until_day', '>=', today)]),
      )
      return or([
        ...(reached.length > 0 ? [exists(held.where('organisation', 'in', reached))] : []),
        ...(can(actor, 'people.view', wholeHouse) ? [not(exists(lasting))] : []),
      ])
    })
    .orderBy('name')
    .orderBy('id')
    .execute()
  const found: { id: string; name: string }[] = []
  for (const row of rows) {
    if (found.length === mostFound) break
    if (can(actor, 'people.view', await placesOfPerson(db, row.id, today))) found.push(row)
  }
  return found
}
