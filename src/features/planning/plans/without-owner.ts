import { addressOf } from '../../../people/address.ts'
import { ancestorsOf } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import type { Day } from '../../../timers/calendar/day.ts'
import type { Target } from '../../reminders/port.ts'
import { reachable } from './access.ts'
import type { PlanRow } from './records.ts'

/**
 * Who is asked where nobody has an item, or a plan as a whole: the cadres of the organisation, else its liaisons, else
 * whoever submitted the plan, else the cadres of the nearest organisation above. The first of these who can be reached, so
 * that what is late is not told to nobody; the cadres where none can.
 */
export async function askedWithoutOwner(
  db: Reads,
  { organisation, submitted_by }: Pick<PlanRow, 'organisation' | 'submitted_by'>,
  today: Day,
): Promise<Target[]> {
  const holders = (role: 'cadre' | 'liaison', place: string): Target[] => [
    { kind: 'role', role, organisation: place, below: false },
  ]
  for (const role of ['cadre', 'liaison'] as const) {
    if ((await reachable(db, organisation, [role], today, null)).length > 0)
      return holders(role, organisation)
  }
  if (submitted_by !== null && (await addressOf(db, submitted_by))) {
    return [{ kind: 'person', person: submitted_by }]
  }
  for (const { id } of await ancestorsOf(db, organisation)) {
    if ((await reachable(db, id, ['cadre'], today, null)).length > 0) return holders('cadre', id)
  }
  return holders('cadre', organisation)
}
