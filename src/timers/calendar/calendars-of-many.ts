import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import { addDays, type Day, dayIn } from './day.ts'
import { readWorkCalendar, type WorkCalendar } from './work-calendar.ts'
import { defaultZone } from './working-hours.ts'

/** Calendars of organisations, each read once; where nobody has hours or days of their own, one serves all. */
export async function openCalendars(
  db: Reads,
  now: Date,
): Promise<(organisation: string | null) => Promise<WorkCalendar>> {
  const today = dayIn(defaultZone, now)
  const hours = await db.selectFrom('working_hours').select('organisation').limit(1).execute()
  const days = await db.selectFrom('organisation_day').select('organisation').limit(1).execute()
  const isOneForAll = hours.length + days.length === 0
  const known = new Map<string | null, WorkCalendar>()
  return async (given) => {
    const organisation = isOneForAll ? null : given
    const calendar =
      known.get(organisation) ?? (await readWorkCalendar(db, { organisation, person: null }, today))
    known.set(organisation, calendar)
    return calendar
  }
}

/** The leave of many people as calendars hold it, as far as it has not ended; whoever has none is not among them. */
export async function leaveOfMany(
  db: Reads,
  people: readonly string[],
  now: Date,
): Promise<Map<string, { first: Day; last: Day }[]>> {
  const leave = new Map<string, { first: Day; last: Day }[]>()
  for (const piece of inPieces(people)) {
    const rows = await db
      .selectFrom('person_leave')
      .select(['person', 'first_day', 'last_day'])
      .where('person', 'in', piece)
      .where('last_day', '>=', addDays(dayIn(defaultZone, now), -1))
      .execute()
    for (const [person, theirs] of Map.groupBy(rows, (row) => row.person)) {
      leave.set(
        person,
        theirs.map(({ first_day, last_day }) => ({ first: first_day, last: last_day })),
      )
    }
  }
  return leave
}
