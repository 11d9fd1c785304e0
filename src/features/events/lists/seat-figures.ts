import type { Reads } from '../../../people/people.ts'
import { type Event, type EventRow, registersWith } from '../records.ts'
import type { SeatFigures } from './event-texts.ts'

/** An event with the one that takes its registrations, and how the seats of that one stand. */
export interface EventWithSeats {
  event: Event
  /** The event itself, or the lead of a series that shares registrations. */
  registering: EventRow
  seats: SeatFigures
}

const none: SeatFigures = { taken: 0, waiting: 0, requested: 0, revision: 0, reservedLeft: 0 }

/** The seats of some events, in the order given, with four statements at the most. */
export async function withSeats(db: Reads, events: readonly Event[]): Promise<EventWithSeats[]> {
  const ids = [...new Set(events.map(registersWith))]
  if (ids.length === 0) return []
  const seats = await db.selectFrom('event_seats').selectAll().where('event', 'in', ids).execute()
  const reserved = await reservedLeft(db, ids)
  const figures = new Map(
    seats.map(({ event, ...row }) => [event, { ...row, reservedLeft: reserved.get(event) ?? 0 }]),
  )
  const known = new Map(events.map(({ row }) => [row.id, row]))
  const missing = ids.filter((id) => !known.has(id))
  if (missing.length > 0) {
    const leads = await db.selectFrom('event_entry').selectAll().where('id', 'in', missing).execute()
    for (const lead of leads) known.set(lead.id, lead)
  }
  return events.map((event) => ({
    event,
    registering: known.get(registersWith(event)) ?? event.row,
    seats: figures.get(registersWith(event)) ?? none,
  }))
}

/** Seats that are kept for organisations and not taken yet, by event. */
async function reservedLeft(db: Reads, ids: readonly string[]): Promise<Map<string, number>> {
  const kept = await db.selectFrom('event_reserve').selectAll().where('event', 'in', ids).execute()
  if (kept.length === 0) return new Map()
  const taken = await db
    .selectFrom('event_registration')
    .select(({ fn, eb }) => ['event', 'pool', fn.sum<number | string>(eb('guests', '+', 1)).as('seats')])
    .where('event', 'in', [...new Set(kept.map(({ event }) => event))])
    .where('state', 'in', ['confirmed', 'offered'])
    .where('pool', '!=', '')
    .groupBy(['event', 'pool'])
    .execute()
  const held = new Map(taken.map(({ event, pool, seats }) => [`${event} ${pool}`, Number(seats)]))
  const left = new Map<string, number>()
  for (const { event, organisation, seats } of kept) {
    const free = Math.max(0, seats - (held.get(`${event} ${organisation}`) ?? 0))
    left.set(event, (left.get(event) ?? 0) + free)
  }
  return left
}
