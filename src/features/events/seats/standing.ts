import { dayInChina } from '../../../knowledge/library/day.ts'
import { isInForce, toMembership } from '../../../people/memberships.ts'
import type { Reads } from '../../../people/people.ts'
import type { Role } from '../../../people/roles.ts'
import { inPieces } from '../../../store/in-pieces.ts'

/** A role that somebody holds today. */
export interface Post {
  role: Role
  /** The organisation, then all above it. */
  path: readonly string[]
}

/** What somebody is in the house. */
export interface Standing {
  person: string
  name: string
  posts: readonly Post[]
}

/**
 * What each of these people is today, in as few statements for hundreds as for one. Whoever is not in the house is
 * missing. Posts come in an order of their own, so that the same person always counts for the same organisation.
 */
export async function standingsOf(
  db: Reads,
  people: Iterable<string>,
  now: Date,
): Promise<Map<string, Standing>> {
  const wanted = [...new Set(people)]
  const found = new Map<string, Standing>()
  if (wanted.length === 0) return found
  const today = dayInChina(now)
  const above = await parentsOf(db)
  for (const ids of inPieces(wanted)) {
    const named = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute()
    const held = await db
      .selectFrom('membership')
      .selectAll()
      .where('person', 'in', ids)
      .orderBy('id')
      .execute()
    const posts = Map.groupBy(
      held.map(toMembership).filter((one) => isInForce(one, today)),
      ({ person }) => person,
    )
    for (const { id, name } of named) {
      const own = (posts.get(id) ?? []).map(({ role, organisation }) => ({
        role,
        path: pathOf(above, organisation),
      }))
      found.set(id, { person: id, name, posts: own })
    }
  }
  return found
}

/** The organisation above each; null: it is a root. */
async function parentsOf(db: Reads): Promise<Map<string, string | null>> {
  const rows = await db.selectFrom('organisation').select(['id', 'parent']).execute()
  return new Map(rows.map(({ id, parent }) => [id, parent]))
}

function pathOf(parents: ReadonlyMap<string, string | null>, organisation: string): string[] {
  const path: string[] = []
  for (let at: string | null = organisation; at !== null; at = parents.get(at) ?? null) path.push(at)
  return path
}
