import type { Reads } from '../../../people/people.ts'
import { type Event, registersWith } from '../records.ts'

/** How many dates of its series take place for which one registration counts; 1: it stands alone. */
export async function sharedDates(db: Reads, event: Event): Promise<number> {
  if (event.row.series === null) return 1
  const lead = registersWith(event)
  const { count } = await db
    .selectFrom('event_entry')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where((where) => where.or([where('id', '=', lead), where('registers_with', '=', lead)]))
    .where('state', '=', 'published')
    .executeTakeFirstOrThrow()
  return Number(count)
}
