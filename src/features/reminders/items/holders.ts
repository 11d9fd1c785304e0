import type { Language } from '../../../chat/language.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { type Address, addressesOf } from '../../../people/address.ts'
import { isInForce, toMembership } from '../../../people/memberships.ts'
import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import { addDays, dayIn } from '../../../timers/calendar/day.ts'
import { readWorkCalendar, type WorkCalendar } from '../../../timers/calendar/work-calendar.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'

/** Whoever has items: how they are written to, and when they work. */
export interface Holder {
  id: string
  name: string
  language: Language
  /** IANA name. */
  zone: string
  /** Null: they cannot be written to. */
  to: Address | null
  /** By whose days they work; null: the default ones. */
  organisation: string | null
  /** With their leave. */
  calendar: WorkCalendar
}

/** People by id with all of it, in few statements however many they are. */
export async function readHolders(
  db: Reads,
  ids: readonly string[],
  now: Date,
): Promise<Map<string, Holder>> {
  const wanted = [...new Set(ids)]
  const addresses = await addressesOf(db, wanted)
  const calendars = await openCalendars(db, now)
  const holders = new Map<string, Holder>()
  for (const piece of inPieces(wanted)) {
    const people = await db.selectFrom('person').selectAll().where('id', 'in', piece).execute()
    const working = await readPlaces(db, piece, now)
    const leave = await readLeave(db, piece, now)
    for (const { id, name, language, time_zone } of people) {
      const organisation = working.get(id) ?? null
      const calendar = { ...(await calendars(organisation)), leave: leave.get(id) ?? [] }
      holders.set(id, {
        ...{ id, name, language: language === 'en' ? 'en' : 'zh-CN', zone: time_zone },
        ...{ to: addresses.get(id) ?? null, organisation, calendar },
      })
    }
  }
  return holders
}

/** As `scopeOfPerson` has it: where they are staff, else where they hold another role. */
async function readPlaces(db: Reads, people: readonly string[], now: Date): Promise<Map<string, string>> {
  const today = dayInChina(now)
  const rows = await db
    .selectFrom('membership')
    .selectAll()
    .where('person', 'in', people)
    .orderBy('id')
    .execute()
  const held = rows.map(toMembership).filter((one) => isInForce(one, today))
  return new Map(
    [...Map.groupBy(held, ({ person }) => person)].map(([person, theirs]) => [
      person,
      (theirs.find(({ role }) => role === 'staff') ?? theirs[0]!).organisation,
    ]),
  )
}

async function readLeave(
  db: Reads,
  people: readonly string[],
  now: Date,
): Promise<Map<string, { first: string; last: string }[]>> {
  const rows = await db
    .selectFrom('person_leave')
    .select(['person', 'first_day', 'last_day'])
    .where('person', 'in', people)
    .where('last_day', '>=', addDays(dayIn(defaultZone, now), -1))
    .execute()
  const byPerson = Map.groupBy(rows, ({ person }) => person)
  return new Map(
    [...byPerson].map(([person, theirs]) => [
      person,
      theirs.map(({ first_day, last_day }) => ({ first: first_day, last: last_day })),
    ]),
  )
}

/** Each organisation's calendar is read once; where nobody has days of their own, one serves all. */
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
