import { isInForce, toMembership } from './memberships.ts'
import {
  descendantsOf,
  findOrganisation,
  listOrganisations,
  type PlacedOrganisation,
} from './organisations.ts'
import type { Reads } from './people.ts'
import type { OrganisationKind, Role } from './roles.ts'

/** A person in an organisation, with the roles held there. */
export interface RosterMember {
  person: string
  name: string
  roles: Role[]
  /** The platforms on which the person has an account. */
  platforms: string[]
}

export interface RosterOrganisation {
  path: string
  kind: OrganisationKind
  members: RosterMember[]
}

export interface Roster {
  organisations: RosterOrganisation[]
  /** Who holds no role anywhere; only where the whole house is listed. */
  others: RosterMember[]
}

/**
 * Organisations in the order of their tree, with those who hold a role there on `today`.
 * @param top id, path or name: only this organisation and what is below it. Throws PlainError.
 */
export async function readRoster(db: Reads, today: string, top?: string): Promise<Roster> {
  const all = await listOrganisations(db)
  const organisations = top === undefined ? all : await withBelow(db, all, top)
  const people = await db.selectFrom('person').select(['id', 'name']).execute()
  const accounts = await db.selectFrom('account').select(['person', 'platform']).execute()
  const rows = await db.selectFrom('membership').selectAll().execute()
  const memberships = rows.map(toMembership).filter((membership) => isInForce(membership, today))
  const accountsOf = Map.groupBy(accounts, ({ person }) => person)
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const member = (person: string, roles: Role[]): RosterMember => ({
    person,
    name: names.get(person)!,
    roles: [...new Set(roles)],
    platforms: [...new Set((accountsOf.get(person) ?? []).map(({ platform }) => platform))].sort(),
  })
  const byName = (a: RosterMember, b: RosterMember) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  const within = Map.groupBy(memberships, ({ organisation }) => organisation)
  const somewhere = new Set(memberships.map(({ person }) => person))
  const lost = top === undefined ? people.filter(({ id }) => !somewhere.has(id)) : []
  return {
    organisations: organisations.map(({ id, path, kind }) => {
      const held = Map.groupBy(within.get(id) ?? [], ({ person }) => person)
      const members = [...held].map(([person, roles]) =>
        member(
          person,
          roles.map(({ role }) => role),
        ),
      )
      return { path, kind, members: members.sort(byName) }
    }),
    others: lost.map(({ id }) => member(id, [])).sort(byName),
  }
}

async function withBelow(
  db: Reads,
  all: readonly PlacedOrganisation[],
  top: string,
): Promise<PlacedOrganisation[]> {
  const { id } = await findOrganisation(db, top)
  const wanted = new Set([id, ...(await descendantsOf(db, id)).map((one) => one.id)])
  return all.filter((one) => wanted.has(one.id))
}
