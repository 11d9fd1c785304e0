import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import type { Event } from '../records.ts'

/** More than a fortnight of days for one event is a slip. */
const mostHours = 100

/** Credits the event's hours to people who were there, each once however often this is called; those set by hand stay. */
export async function creditHours(
  trx: Trx,
  { row }: Pick<Event, 'row'>,
  people: readonly string[],
  now: Date,
): Promise<void> {
  const { hours } = row
  if (hours === null || people.length === 0) return
  await trx
    .insertInto('event_hours')
    .values(people.map((person) => ({ event: row.id, person, hours, at: now.toISOString() })))
    .onConflict((conflict) => conflict.columns(['event', 'person']).doNothing())
    .execute()
}

/** Takes back what an event credited to somebody who was not there. */
export async function takeBackHours(trx: Trx, event: string, person: string): Promise<void> {
  await trx.deleteFrom('event_hours').where('event', '=', event).where('person', '=', person).execute()
}

/** Sets what an event counts for one person; 0: nothing. Throws PlainError where it is no number of hours. */
export async function correctHours(
  trx: Trx,
  event: string,
  { person, hours, now }: { person: string; hours: number; now: Date },
): Promise<void> {
  if (!Number.isFinite(hours) || hours < 0 || hours > mostHours || Math.round(hours * 4) !== hours * 4) {
    throw new PlainError('check-in:hours.invalid', { most: mostHours })
  }
  const at = now.toISOString()
  await trx
    .insertInto('event_hours')
    .values({ event, person, hours, at })
    .onConflict((conflict) => conflict.columns(['event', 'person']).doUpdateSet({ hours }))
    .execute()
}

/** What counts of one event for a person. */
export interface OwnHours {
  hours: number
  number: string
  title: string
  startsAt: string
  timeZone: string
}

/** A person's hours of learning by the year in which the events were, the latest first. */
export async function hoursByYear(
  db: Reads,
  person: string,
): Promise<{ year: number; hours: number; events: OwnHours[] }[]> {
  const rows = await db
    .selectFrom('event_hours')
    .innerJoin('event_entry as event', 'event.id', 'event_hours.event')
    .select(['event_hours.hours', 'event.number', 'event.title', 'event.starts_at', 'event.time_zone'])
    .where('event_hours.person', '=', person)
    .where('event_hours.hours', '>', 0)
    .orderBy('event.starts_at', 'desc')
    .orderBy('event.number', 'desc')
    .execute()
  const events = rows.map(({ starts_at: startsAt, time_zone: timeZone, ...row }) => ({
    ...row,
    ...{ startsAt, timeZone },
  }))
  const years = Map.groupBy(events, yearOf)
  return [...years].map(([year, own]) => ({
    year,
    // Quarters of an hour add up exactly in binary.
    hours: own.reduce((sum, { hours }) => sum + hours, 0),
    events: own,
  }))
}

/** What events of a year credited to each of these people; who has none is not in it. */
export async function hoursOfYear(
  db: Reads,
  people: readonly string[],
  year: number,
): Promise<Map<string, number>> {
  const sums = new Map<string, number>()
  for (const some of inPieces(people)) {
    const rows = await db
      .selectFrom('event_hours')
      .innerJoin('event_entry as event', 'event.id', 'event_hours.event')
      .select(['event_hours.person', 'event_hours.hours', 'event.starts_at', 'event.time_zone'])
      .where('event_hours.person', 'in', some)
      // A day to either side, for zones; which year it was is looked at below.
      .where('event.starts_at', '>=', `${year - 1}-12-31`)
      .where('event.starts_at', '<', `${year + 1}-01-02`)
      .execute()
    for (const { person, hours, starts_at: startsAt, time_zone: timeZone } of rows) {
      if (yearOf({ startsAt, timeZone }) === year) sums.set(person, (sums.get(person) ?? 0) + hours)
    }
  }
  return sums
}

/** The year where the event took place: a party on New Year's Eve counts for the year it began in. */
function yearOf({ startsAt, timeZone }: Pick<OwnHours, 'startsAt' | 'timeZone'>): number {
  return Number(new Intl.DateTimeFormat('en', { year: 'numeric', timeZone }).format(new Date(startsAt)))
}
