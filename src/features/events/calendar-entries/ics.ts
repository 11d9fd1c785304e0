import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'

/** What of an event and of somebody's coming to it stands in a file for calendars. */
export interface IcsEntry {
  /** The event's id: of the same event there is one entry in a calendar. */
  event: string
  /** Grows with everything that is said of it (RFC 5545, 3.8.7.4). */
  sequence: number
  /** It takes place no more, or not for this person. */
  isOut: boolean
  title: string
  description: string
  /** Empty: none. */
  place: string
  /** http or https; empty: none. */
  url: string
  organisers: string
  startsAt: Date
  endsAt: Date
  changedAt: Date
  /** Minutes before the beginning. */
  alarms: readonly number[]
}

/**
 * `feed`: what a calendar subscribes to and reads again and again; those that are out say so themselves, for a reader that
 * finds an entry gone keeps it, in some calendars.
 */
export type IcsUse = 'file' | 'feed'

/** A calendar takes entries by it, whatever machine they come from: RFC 7986, 5.3 wants no machine's name. */
const uidOf = (event: string) => `${event}@kexie`
/** RFC 5546 wants an organiser where entries are published or called off. Nobody is to answer to this one: RFC 2606. */
const organiserAddress = 'noreply@kexie.invalid'
/** How often a calendar that subscribed is asked to look again, in seconds. */
const refreshEvery = 3600
/** Beyond four weeks calendars do not wait; minutes. */
const longestAlarm = 28 * 24 * 60

/**
 * A file for calendars (RFC 5545), its times in UTC, so that they hold in every zone and over its changes. Entries that
 * are out are called off by a method of their own (RFC 5546, 3.2.5), so a file holds those of one kind.
 */
export function icsOf(entries: readonly IcsEntry[], use: IcsUse, stamp: Date): string {
  const isOut = entries.length > 0 && entries.every((entry) => entry.isOut)
  const calendar = ical({
    prodId: '-//kexie//events//ZH',
    method: use === 'file' && isOut ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    ...(use === 'feed' ? { ttl: refreshEvery } : {}),
  })
  for (const entry of entries) {
    calendar.createEvent({
      id: uidOf(entry.event),
      sequence: entry.sequence,
      stamp,
      lastModified: entry.changedAt,
      start: entry.startsAt,
      end: entry.endsAt,
      summary: harmless(entry.title),
      description: harmless(entry.description),
      location: harmless(entry.place),
      ...(entry.url === '' ? {} : { url: new URL(entry.url).href }),
      organizer: { name: organiserOf(entry), email: organiserAddress },
      status: entry.isOut ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      alarms: entry.isOut ? [] : alarmsOf(entry),
    })
  }
  return calendar.toString()
}

/** It has to have a name. */
function organiserOf({ organisers }: IcsEntry): string {
  return harmless(organisers).replaceAll(/\s+/g, ' ').trim() || 'kexie'
}

function alarmsOf({ alarms, title }: IcsEntry) {
  return alarms
    .filter((minutes) => minutes > 0 && minutes <= longestAlarm)
    .map((minutes) => ({
      type: ICalAlarmType.display,
      trigger: minutes * 60,
      description: harmless(title),
    }))
}

/** Without the characters that RFC 5545 (3.1, CONTROL) does not allow, and halves of pairs, which no UTF-8 can hold. */
function harmless(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
}
