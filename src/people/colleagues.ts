import { inPieces } from '../store/in-pieces.ts'
import { isInForce, toMembership } from './memberships.ts'
import type { Reads } from './people.ts'

/**
 * People of these names who hold a role today or later: ids by name, without names that nobody has. A namesake who has
 * left is nobody to choose from.
 * @param organisations Where the role is held; null: anywhere.
 * @param today `YYYY-MM-DD` of China.
 */
export async function colleaguesNamed(
  db: Reads,
  {
    names,
    organisations,
    today,
  }: { names: readonly string[]; organisations: readonly string[] | null; today: string },
): Promise<Map<string, string[]>> {
  const places = organisations && new Set(organisations)
  const found = new Map<string, Set<string>>()
  for (const piece of inPieces([...new Set(names)])) {
    const rows = await db
      .selectFrom('membership')
      .innerJoin('person', 'person.id', 'membership.person')
      .selectAll('membership')
      .select('person.name')
      .where('person.name', 'in', piece)
      .orderBy('person.id')
      .execute()
    for (const row of rows) {
      const { until } = toMembership(row)
      const lasts = isInForce({ from: null, until }, today)
      if (!lasts || (places && !places.has(row.organisation))) continue
      found.set(row.name, (found.get(row.name) ?? new Set()).add(row.person))
    }
  }
  return new Map([...found].map(([name, ids]) => [name, [...ids]]))
}
