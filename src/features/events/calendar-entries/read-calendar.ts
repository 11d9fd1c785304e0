import type { Language } from '../../../chat/language.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import { languageOfRegistrant } from '../registering/registrant.ts'
import { personOfFeed } from './calendar-feed.ts'
import { entriesOfRegistrations, type SaidEntry } from './calendar-file.ts'
import { registrationOfLink } from './calendar-link.ts'
import { icsEntryOf } from './entry-texts.ts'
import { icsOf } from './ics.ts'

/** How long a feed still holds what is past: a calendar would else lose it. Milliseconds. */
const pastFor = 90 * 24 * 3600_000

/** A file for calendars behind a link. */
export interface CalendarFile {
  name: string
  text: string
}

/**
 * What a link gives, as it is now: the file of a registration, or all that somebody is registered for. Null: the link is
 * none, was altered, or was ended.
 * @param token What stands in the address between `/calendar/` and `.ics`.
 */
export async function readCalendar(db: Reads, token: string, now: Date): Promise<CalendarFile | null> {
  const linked = await registrationOfLink(db, token)
  if (linked) {
    const { event, registration } = linked
    const entries = (await entriesOfRegistrations(db, [registration])).get(registration.id) ?? []
    if (entries.length === 0) return null
    return fileOf(`${event.row.number}.ics`, entries, languageOfRegistrant(registration), now)
  }
  const person = await personOfFeed(db, token)
  if (person === null) return null
  const registrations = await db
    .selectFrom('event_registration')
    .select('id')
    .where('person', '=', person)
    .where('changed_at', '>=', new Date(now.getTime() - 2 * 366 * 24 * 3600_000).toISOString())
    .execute()
  const all = [...(await entriesOfRegistrations(db, registrations)).values()].flat()
  const recent = all.filter(({ event }) => Date.parse(event.row.ends_at) > now.getTime() - pastFor)
  return fileOf('kexie.ics', recent, (await readPerson(db, person))?.language ?? 'zh-CN', now)
}

/** Read again and again, so it says itself what is off. */
function fileOf(name: string, entries: readonly SaidEntry[], language: Language, now: Date): CalendarFile {
  const lines = entries
    .toSorted((one, other) => one.event.row.starts_at.localeCompare(other.event.row.starts_at))
    .map((one) => icsEntryOf(one.event, one, language))
  return { name, text: icsOf(lines, 'feed', now) }
}
