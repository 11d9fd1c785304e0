import type { Reads } from '../../../people/people.ts'
import { ratingOf } from '../after/feedback.ts'
import { linksTo, type MaterialLink, sentMaterials } from '../after/materials.ts'
import { checkInOf } from '../check-in/attend.ts'
import { codeLink } from '../check-in/own-code.ts'
import type { EventsContext } from '../context.ts'
import { type Event, type EventRow, type RegistrationRow, toEvent } from '../records.ts'

/** One date for which a registration counts, as whoever has its code sees it. */
export interface FollowedDate {
  event: Event
  isOver: boolean
  /** The page of the check-in code; empty: there is none now. */
  codeUrl: string
  /** Whether they were let in. */
  wasThere: boolean
  /** What was handed to those who were there. */
  materials: MaterialLink[]
  /** Whether they can say how it was, or did. */
  rating: 'open' | 'given' | 'none'
}

/**
 * All dates for which a registration counts, the first first: of a series that shares registrations each with its code
 * and what follows it. Drafts are nobody's yet.
 */
export async function followedDates(
  db: Reads,
  context: EventsContext,
  registration: RegistrationRow,
  now: Date,
): Promise<FollowedDate[]> {
  const rows: EventRow[] = await db
    .selectFrom('event_entry')
    .selectAll()
    .where((where) =>
      where.or([where('id', '=', registration.event), where('registers_with', '=', registration.event)]),
    )
    .where('state', '!=', 'draft')
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
  const dates: FollowedDate[] = []
  for (const row of rows) dates.push(await dateOf(db, context, toEvent(row), registration, now))
  return dates
}

async function dateOf(
  db: Reads,
  context: EventsContext,
  event: Event,
  registration: RegistrationRow,
  now: Date,
): Promise<FollowedDate> {
  const { row } = event
  const isOver = row.state !== 'published' || row.ends_at <= now.toISOString()
  const hasCode = registration.state === 'confirmed' && !isOver
  const codeUrl = hasCode ? codeLink(context, event, registration.id) : ''
  const wasThere = (await checkInOf(db, row.id, registration.id)) !== null
  // What follows from an event follows once it is over, by the timer of its end.
  if (!wasThere || row.state !== 'over')
    return { event, isOver, codeUrl, wasThere, materials: [], rating: 'none' }
  const materials = linksTo(context, event, registration.id, await sentMaterials(db, row.id), now)
  const rating = await ratingOf(db, event, registration, now)
  const isAsked = rating === 'open' || rating === 'given'
  return { event, isOver, codeUrl, wasThere, materials, rating: isAsked ? rating : 'none' }
}
