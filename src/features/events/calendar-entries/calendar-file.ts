import type { Card } from '../../../chat/card.ts'
import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { EventsContext } from '../context.ts'
import { type Event, type RegistrationRow, toEvent } from '../records.ts'
import { languageOfRegistrant } from '../registering/registrant.ts'
import { calendarUrl } from './calendar-link.ts'
import { type EntryState, icsEntryOf } from './entry-texts.ts'
import { icsOf } from './ics.ts'

/** What is said about one event of a registration. */
export interface SaidEntry extends EntryState {
  event: Event
}

/** The message that brings somebody a file for their calendar, with what holds now or no more. */
export function calendarFileCard(
  context: EventsContext,
  registering: Event,
  registration: RegistrationRow,
  entries: readonly SaidEntry[],
  now: Date,
): Card {
  const language = languageOfRegistrant(registration)
  return {
    tone: 'info',
    blocks: [
      {
        type: 'file',
        name: `${registering.row.number}.ics`,
        mediaType: 'text/calendar',
        text: icsOf(
          entries.map((one) => icsEntryOf(one.event, one, language)),
          'file',
          now,
        ),
        url: calendarUrl(context, registering, registration),
      },
    ],
  }
}

/** All that registrations have put into calendars, as it is now, by registration; the first first. */
export async function entriesOfRegistrations(
  db: Reads,
  registrations: readonly Pick<RegistrationRow, 'id'>[],
): Promise<Map<string, SaidEntry[]>> {
  const found = new Map<string, SaidEntry[]>()
  for (const piece of inPieces(registrations)) {
    const rows = await db
      .selectFrom('event_calendar_entry as entry')
      .innerJoin('event_entry', 'event_entry.id', 'entry.event')
      .selectAll('event_entry')
      .select([
        'entry.registration',
        'entry.sequence as said_sequence',
        'entry.state as said_state',
        'entry.changed_at as said_at',
      ])
      .where(
        'entry.registration',
        'in',
        piece.map(({ id }) => id),
      )
      .orderBy('event_entry.starts_at')
      .orderBy('event_entry.id')
      .execute()
    for (const { registration, said_sequence, said_state, said_at, ...row } of rows) {
      const entry = {
        event: toEvent(row),
        sequence: said_sequence,
        isOut: said_state === 'out',
        changedAt: new Date(said_at),
      }
      found.set(registration, [...(found.get(registration) ?? []), entry])
    }
  }
  return found
}
