import { dayInChina } from '../knowledge/library/day.ts'
import { inPieces } from '../store/in-pieces.ts'
import type { Chat } from './chats.ts'
import { isInForce, toMembership } from './memberships.ts'
import { listOrganisations } from './organisations.ts'
import type { Reads } from './people.ts'
import type { Role } from './roles.ts'

/** Whom something is for. */
export interface Audience {
  /** Groups, in which it is posted. */
  chats: readonly Chat[]
  /** Ids of those who were named. */
  people: readonly string[]
  members: readonly MembersOf[]
  /** Ids of members who are left out, such as whoever sends it; not of those who were named. Default: nobody. */
  except?: readonly string[]
}

/** Whoever holds a role in an organisation on the day. */
export interface MembersOf {
  organisation: string
  /** Null: any. */
  role: Role | null
  /** Also in those below it. */
  below: boolean
}

/**
 * Everybody of an audience but its chats today, each with the organisation by which they belong to it: the first of those
 * asked for; of whoever was named the first of their own, null where they have none. In few statements.
 */
export async function peopleOfAudience(
  db: Reads,
  { people, members, except = [] }: Pick<Audience, 'people' | 'members' | 'except'>,
  now: Date,
): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>()
  const today = dayInChina(now)
  const below = await organisationsBelow(db, members)
  /** By organisation: the roles that are asked for there; null: any. */
  const wanted = new Map<string, Set<Role> | null>()
  for (const { organisation, role, below: isBelow } of members) {
    for (const id of isBelow ? below(organisation) : [organisation]) {
      if (role === null) wanted.set(id, null)
      else if (wanted.get(id) !== null) wanted.set(id, new Set([...(wanted.get(id) ?? []), role]))
    }
  }
  for (const piece of inPieces([...wanted.keys()])) {
    const rows = await db
      .selectFrom('membership')
      .selectAll()
      .where('organisation', 'in', piece)
      .orderBy('id')
      .execute()
    for (const one of rows.map(toMembership)) {
      const roles = wanted.get(one.organisation)
      const fits = roles === null || roles?.has(one.role) === true
      if (fits && isInForce(one, today) && !found.has(one.person)) found.set(one.person, one.organisation)
    }
  }
  for (const person of except) if (!people.includes(person)) found.delete(person)
  for (const piece of inPieces(people.filter((person) => !found.has(person)))) {
    const rows = await db
      .selectFrom('membership')
      .selectAll()
      .where('person', 'in', piece)
      .orderBy('id')
      .execute()
    const held = Map.groupBy(rows.map(toMembership), ({ person }) => person)
    for (const person of piece) {
      const first = held.get(person)?.find((one) => isInForce(one, today))
      found.set(person, first?.organisation ?? null)
    }
  }
  return found
}

async function organisationsBelow(
  db: Reads,
  members: readonly MembersOf[],
): Promise<(id: string) => string[]> {
  if (!members.some(({ below }) => below)) return (id) => [id]
  const children = Map.groupBy(await listOrganisations(db), ({ parent }) => parent)
  const withBelow = (id: string): string[] => [
    id,
    ...(children.get(id) ?? []).flatMap((child) => withBelow(child.id)),
  ]
  return withBelow
}
