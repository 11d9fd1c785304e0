import type { Reads } from '../../people/people.ts'
import type { Day } from '../../timers/calendar/day.ts'

/** Visits, calls and reports from one day to another, both included: of an organisation, or made by somebody. */
export async function visitsBetween(
  db: Reads,
  whose: { organisation: string } | { by: string },
  { from, until }: { from: Day; until: Day },
): Promise<{ number: string; day: Day; summary: string }[]> {
  const all = db
    .selectFrom('liaison_visit')
    .select(['number', 'day', 'summary'])
    .where('day', '>=', from)
    .where('day', '<=', until)
    .orderBy('day')
    .orderBy('number')
  const theirs =
    'by' in whose ? all.where('by', '=', whose.by) : all.where('organisation', '=', whose.organisation)
  return theirs.execute()
}
