import type { Reads } from '../../../people/people.ts'
import { type Event, type EventRow, toEvent } from '../records.ts'

/** All events of the series of an event, the first first; itself alone where it is of none. */
export async function seriesOf(db: Reads, event: Event): Promise<Event[]> {
  if (event.row.series === null) return [event]
  const rows: EventRow[] = await db
    .selectFrom('event_entry')
    .selectAll()
    .where('series', '=', event.row.series)
    .orderBy('starts_at')
    .orderBy('number')
    .execute()
  return rows.map(toEvent)
}

/** An event and those of its series that come after it and may still be changed. */
export async function fromHereOn(db: Reads, event: Event): Promise<Event[]> {
  const all = await seriesOf(db, event)
  const isLater = ({ row }: Event) => row.starts_at > event.row.starts_at && isOpenToChange(row)
  return [event, ...all.filter(isLater)]
}

/** Whether its organisers may still change it. */
export function isOpenToChange({ state }: Pick<EventRow, 'state'>): boolean {
  return state === 'draft' || state === 'published'
}

/** Whether others of its series take their registrations with it and are not called off or over. */
export async function leadsOthers(db: Reads, event: string): Promise<boolean> {
  const other = await db
    .selectFrom('event_entry')
    .select('id')
    .where('registers_with', '=', event)
    .where('state', 'in', ['draft', 'published'])
    .executeTakeFirst()
  return other !== undefined
}
