import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'

/** Instants as ISO texts; the second is outside. */
interface Span {
  from: string
  until: string
}

export interface HeldEvent {
  number: string
  title: string
  kind: string
}

/** Events of some organisations that began in a span and are over by `now`, the first first. */
export async function eventsHeld(
  db: Reads,
  organisations: readonly string[],
  { from, until, now }: Span & { now: string },
): Promise<HeldEvent[]> {
  const found: (HeldEvent & { at: string })[] = []
  for (const piece of inPieces(organisations)) {
    found.push(
      ...(await db
        .selectFrom('event_entry')
        .select(['number', 'title', 'kind', 'starts_at as at'])
        .where('organisation', 'in', piece)
        .where('state', 'in', ['published', 'over'])
        .where('starts_at', '>=', from)
        .where('starts_at', '<', until)
        .where('ends_at', '<=', now)
        .orderBy('number')
        .execute()),
    )
  }
  return found.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** Events that began in a span at which somebody was checked in, the first first. */
export async function eventsAttended(db: Reads, person: string, { from, until }: Span): Promise<HeldEvent[]> {
  return db
    .selectFrom('event_check_in')
    .innerJoin('event_registration', 'event_registration.id', 'event_check_in.registration')
    .innerJoin('event_entry', 'event_entry.id', 'event_check_in.event')
    .select(['event_entry.number', 'event_entry.title', 'event_entry.kind'])
    .where('event_registration.person', '=', person)
    .where('event_entry.starts_at', '>=', from)
    .where('event_entry.starts_at', '<', until)
    .orderBy('event_entry.starts_at')
    .orderBy('event_entry.number')
    .execute()
}
