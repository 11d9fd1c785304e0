import type { Kysely } from 'kysely'
import { dayInChina } from '../../../knowledge/library/day.ts'
import type { Tables } from '../../../store/tables.ts'
import type { EventsContext } from '../context.ts'
import { eventNumberIn } from '../event-number.ts'
import { type EventFilters, type EventList, type EventPage, listEvents } from './list-events.ts'
import { withSeats } from './seat-figures.ts'
import { type Asker, findVisible } from './visible.ts'

const past = 'past.'

/**
 * Events that hold all the words, or the one with this number: those to come, the next first, then those that were, the
 * last first. Throws PlainError where `after` is none.
 */
export async function searchEvents(
  db: Kysely<Tables>,
  context: Pick<EventsContext, 'store'>,
  asker: Asker,
  text: string,
  { after, size }: EventPage,
  filters: Omit<EventFilters, 'when' | 'text'> = {},
): Promise<EventList> {
  const number = eventNumberIn(text)
  if (number !== null) {
    const event = await findVisible(db, asker, number, dayInChina(await context.store.now(db)))
    return { events: await withSeats(db, event ? [event] : []), next: null }
  }
  const list = (when: 'upcoming' | 'past', from: string | undefined, most: number) =>
    listEvents(
      db,
      context,
      asker,
      { ...filters, text, when },
      { size: most, ...(from === undefined ? {} : { after: from }) },
    )
  if (after?.startsWith(past)) {
    const from = after.slice(past.length)
    const { events, next } = await list('past', from === '' ? undefined : from, size)
    return { events, next: next === null ? null : `${past}${next}` }
  }
  const coming = await list('upcoming', after, size)
  if (coming.next !== null) return coming
  if (coming.events.length >= size) {
    const more = await list('past', undefined, 1)
    return { events: coming.events, next: more.events.length > 0 ? past : null }
  }
  const been = await list('past', undefined, size - coming.events.length)
  return {
    events: [...coming.events, ...been.events],
    next: been.next === null ? null : `${past}${been.next}`,
  }
}
