import type { Reads } from '../../../people/people.ts'
import { dayIn } from '../../../timers/calendar/day.ts'
import { readWorkCalendar, type WorkCalendar } from '../../../timers/calendar/work-calendar.ts'
import { type BookingRow, openStates, type Resource } from '../records.ts'
import { fits, overlapping } from './slots.ts'
import { type Asking, checkWish, refused, type Wanted, type Wish } from './when.ts'

/** The working calendar of a resource's organisation. */
export function calendarOf(db: Reads, { row }: Pick<Resource, 'row'>, now: Date): Promise<WorkCalendar> {
  return readWorkCalendar(db, { organisation: row.organisation, person: null }, dayIn(row.time_zone, now))
}

/**
 * Whether a resource is to be had at a time: by its rules, and beside what was booked. What it says holds until the
 * transaction ends where the resource was locked before. Throws PlainError `resources:refused.*`.
 * @param except The booking that is moved, which is not in its own way.
 */
export async function checkFree(
  db: Reads,
  resource: Resource,
  wish: Wish,
  { now, atShortNotice = false, except = '' }: Pick<Asking, 'now' | 'atShortNotice'> & { except?: string },
): Promise<Wanted> {
  const calendar = await calendarOf(db, resource, now)
  const wanted = checkWish(resource, wish, { now, calendar, atShortNotice })
  await checkTaken(db, resource, wanted, except)
  return wanted
}

/** The same of a time that was checked by the rules before. */
export async function checkTaken(
  db: Reads,
  { row }: Pick<Resource, 'row'>,
  wanted: Wanted,
  except: string,
): Promise<void> {
  const held = await heldOn(db, row.id, wanted)
  const others = held.filter(({ id }) => id !== except)
  if (row.most_a_day !== null) {
    const ofDay = others.filter(({ day }) => day === wanted.day).length
    if (ofDay >= row.most_a_day) throw refused('full-day', { day: wanted.day, most: row.most_a_day })
  }
  if (fits(wanted, others, row.together)) return
  const taken = overlapping(wanted, others).map((slot) => showSlot(slot, row.time_zone))
  throw refused('taken', { times: [...new Set(taken)].slice(0, 5).join('、') })
}

/** Bookings that keep others out, of a day, or reaching into a time of it. */
function heldOn(
  db: Reads,
  resource: string,
  { day, starts_at, ends_at }: Pick<Wanted, 'day' | 'starts_at' | 'ends_at'>,
): Promise<Pick<BookingRow, 'id' | 'day' | 'starts_at' | 'ends_at' | 'people'>[]> {
  return db
    .selectFrom('resource_booking')
    .select(['id', 'day', 'starts_at', 'ends_at', 'people'])
    .where('resource', '=', resource)
    .where('holds', '=', 1)
    .where('state', 'in', openStates)
    .where((where) =>
      where.or([
        where('day', '=', day),
        where.and([where('starts_at', '<', ends_at), where('ends_at', '>', starts_at)]),
      ]),
    )
    .orderBy('starts_at')
    .execute()
}

function showSlot({ starts_at, ends_at }: Pick<BookingRow, 'starts_at' | 'ends_at'>, zone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone })
  return `${clock.format(new Date(starts_at))}–${clock.format(new Date(ends_at))}`
}
