import { membershipsInForce } from '../../people/memberships.ts'
import type { Reads } from '../../people/people.ts'
import type { Day } from './day.ts'
import type { CalendarScope } from './work-calendar.ts'

/**
 * By whose days a person works: those of the organisation where they are staff, else of another in which they hold a
 * role that day, and their own leave.
 */
export async function scopeOfPerson(db: Reads, person: string, today: Day): Promise<CalendarScope> {
  const memberships = await membershipsInForce(db, person, today)
  const working = memberships.find(({ role }) => role === 'staff') ?? memberships[0]
  return { organisation: working?.organisation ?? null, person }
}
