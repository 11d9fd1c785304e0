import { addressOf } from '../../../people/address.ts'
import { isInForce, toMembership } from '../../../people/memberships.ts'
import type { Reads } from '../../../people/people.ts'
import type { Role } from '../../../people/roles.ts'
import { lineOf } from '../../../people/route.ts'

/** Who keeps the directory of experts; the nearest that can be reached are asked. */
const keeping: readonly Role[] = ['cadre', 'admin']
const mostAsked = 3

/** Those who keep the directory for an organisation: its own cadres, else those above it. */
export async function keepersOf(db: Reads, organisation: string | null, today: string): Promise<string[]> {
  const line = await lineOf(db, organisation)
  for (const role of keeping) {
    for (const place of line) {
      const rows = await db
        .selectFrom('membership')
        .selectAll()
        .where('organisation', '=', place)
        .where('role', '=', role)
        .orderBy('person')
        .execute()
      const reached: string[] = []
      for (const held of rows.map(toMembership)) {
        if (isInForce(held, today) && (await addressOf(db, held.person))) reached.push(held.person)
      }
      if (reached.length > 0) return [...new Set(reached)].slice(0, mostAsked)
    }
  }
  return []
}
