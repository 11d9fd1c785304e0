import { addressOf } from '../../people/address.ts'
import { isInForce, toMembership } from '../../people/memberships.ts'
import { ancestorsOf } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import type { Role } from '../../people/roles.ts'
import type { CarrierRow } from './records.ts'

const keeping: readonly Role[] = ['cadre', 'liaison']
/** More than these are not told by one carrier. */
const mostKeepers = 5

/** Who is told about a carrier: who looks after it, and the cadres of its organisation, else those above it. */
export async function recipientsOf(
  db: Reads,
  { organisation, contact_person }: Pick<CarrierRow, 'organisation' | 'contact_person'>,
  today: string,
): Promise<string[]> {
  const contact = contact_person !== null && (await addressOf(db, contact_person)) ? [contact_person] : []
  return [...new Set([...contact, ...(await keepersOf(db, organisation, today))])]
}

/** Cadres and liaisons of the organisation who can be reached; of the nearest above it where there are none. */
export async function keepersOf(db: Reads, organisation: string, today: string): Promise<string[]> {
  const above = (await ancestorsOf(db, organisation)).map(({ id }) => id)
  for (const place of [organisation, ...above]) {
    const rows = await db
      .selectFrom('membership')
      .selectAll()
      .where('organisation', '=', place)
      .where('role', 'in', keeping)
      .orderBy('person')
      .execute()
    const reached = new Set<string>()
    for (const held of rows.map(toMembership)) {
      if (isInForce(held, today) && (await addressOf(db, held.person))) reached.add(held.person)
    }
    if (reached.size > 0) return [...reached].slice(0, mostKeepers)
  }
  return []
}
