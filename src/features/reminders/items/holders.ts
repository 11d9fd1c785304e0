import type { Language } from '../../../chat/language.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { type Address, addressesOf } from '../../../people/address.ts'
import { isInForce, toMembership } from '../../../people/memberships.ts'
import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import { leaveOfMany, openCalendars } from '../../../timers/calendar/calendars-of-many.ts'
import type { WorkCalendar } from '../../../timers/calendar/work-calendar.ts'

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
    const leave = await leaveOfMany(db, piece, now)
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
