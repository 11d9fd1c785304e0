import type { Reads } from '../../people/people.ts'
import { dayIn } from '../../timers/calendar/day.ts'
import { findEvent } from './records.ts'

/** An event of which other features speak, with how many came. */
export interface ComparedEvent {
  id: string
  number: string
  title: string
  /** By its own clock. */
  startsOn: string
  attended: number
  /** Whether it is still ahead, so that people can look at it and register. */
  isAhead: boolean
}

/** Those of the ids that were published and not called off, by their beginning. */
export async function comparedEvents(db: Reads, ids: readonly string[]): Promise<ComparedEvent[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('event_entry')
    .select(['id', 'number', 'title', 'state', 'starts_at', 'time_zone'])
    .where('id', 'in', ids)
    .where('state', 'not in', ['draft', 'cancelled'])
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
  const came = await db
    .selectFrom('event_check_in')
    .select(({ fn }) => ['event', fn.countAll<number | string>().as('count')])
    .where('event', 'in', ids)
    .groupBy('event')
    .execute()
  const counts = new Map(came.map(({ event, count }) => [event, Number(count)]))
  return rows.map(({ id, number, title, state, starts_at: at, time_zone: zone }) => ({
    ...{ id, number, title, startsOn: dayIn(zone, new Date(at)), attended: counts.get(id) ?? 0 },
    isAhead: state !== 'over',
  }))
}

/** The event of a number; null: there is none. */
export async function findComparedEvent(
  db: Reads,
  number: string,
): Promise<{ id: string; organisation: string; isPublished: boolean } | null> {
  const event = await findEvent(db, number)
  if (!event) return null
  const { id, organisation, state } = event.row
  return { id, organisation, isPublished: state === 'published' || state === 'over' }
}
