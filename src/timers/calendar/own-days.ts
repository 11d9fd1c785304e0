import { IANAZone } from 'luxon'
import { PlainError } from '../../messages/plain-error.ts'
import { descendantsOf } from '../../people/organisations.ts'
import { checkName, type Reads } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import type { Day } from './day.ts'
import { markStale } from './stale.ts'
import { defaultZone, formatWorkingHours, parseWorkingHours } from './working-hours.ts'

/** A day on which an organisation works, or does not, whatever the calendar says. */
export interface OwnDay {
  day: Day
  working: boolean
  name: string
}

/**
 * Sets when an organisation, and those below it without hours of their own, work; null: as those above it do. Timers
 * that count by them are counted again. Throws PlainError for what are no hours or no time zone.
 * @param given the time zone (IANA name); default: the one it has, else that of China.
 */
export async function setWorkingHours(
  trx: Trx,
  organisation: string,
  hours: string | null,
  given?: string,
): Promise<void> {
  if (hours === null) {
    await trx.deleteFrom('working_hours').where('organisation', '=', organisation).execute()
  } else {
    const zone = given ?? (await ownHoursOf(trx, organisation))?.zone ?? defaultZone
    if (!IANAZone.isValidZone(zone)) throw new PlainError('calendar:hours.zone', { zone })
    const row = { hours: formatWorkingHours(parseWorkingHours(hours)), time_zone: zone }
    await trx
      .insertInto('working_hours')
      .values({ organisation, ...row })
      .onConflict((conflict) => conflict.column('organisation').doUpdateSet(row))
      .execute()
  }
  await markStaleBelow(trx, organisation)
}

/** Sets a day of an organisation and of those below it; the last word counts. Throws PlainError for what is no name. */
export async function setOwnDay(trx: Trx, organisation: string, given: OwnDay): Promise<void> {
  const row = { working: given.working ? (1 as const) : (0 as const), name: checkName(given.name) }
  await trx
    .insertInto('organisation_day')
    .values({ organisation, day: given.day, ...row })
    .onConflict((conflict) => conflict.columns(['organisation', 'day']).doUpdateSet(row))
    .execute()
  await markStaleBelow(trx, organisation)
}

/** The day is again what the calendar, or an organisation above, says. */
export async function removeOwnDay(trx: Trx, organisation: string, day: Day): Promise<void> {
  await trx
    .deleteFrom('organisation_day')
    .where('organisation', '=', organisation)
    .where('day', '=', day)
    .execute()
  await markStaleBelow(trx, organisation)
}

/** The days that an organisation itself has set in a year, in order. */
export async function ownDaysOf(db: Reads, organisation: string, year: number): Promise<OwnDay[]> {
  const rows = await db
    .selectFrom('organisation_day')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('day', '>=', `${year}-01-01`)
    .where('day', '<=', `${year}-12-31`)
    .orderBy('day')
    .execute()
  return rows.map(({ day, working, name }) => ({ day, working: working === 1, name }))
}

/** The hours that an organisation itself has set; null: it works as those above it do. */
export async function ownHoursOf(
  db: Reads,
  organisation: string,
): Promise<{ hours: string; zone: string } | null> {
  const row = await db
    .selectFrom('working_hours')
    .selectAll()
    .where('organisation', '=', organisation)
    .executeTakeFirst()
  return row ? { hours: row.hours, zone: row.time_zone } : null
}

async function markStaleBelow(trx: Trx, organisation: string): Promise<void> {
  const below = await descendantsOf(trx, organisation)
  await markStale(trx, { organisations: [organisation, ...below.map(({ id }) => id)] })
}
