import { type CalendarEntry, type Card, isLinkable, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { eventHeadline, placeText, whenOf } from '../lists/event-texts.ts'
import type { Event } from '../records.ts'
import type { IcsEntry } from './ics.ts'

/** How an entry stands. */
export interface EntryState {
  /** SEQUENCE to be said. */
  sequence: number
  isOut: boolean
  changedAt: Date
}

/** An event as a line of a file for calendars. */
export function icsEntryOf(event: Event, state: EntryState, language: Language): IcsEntry {
  const { row } = event
  return {
    ...state,
    event: row.id,
    title: row.title,
    description: descriptionOf(event, language, state.changedAt),
    place: row.place,
    url: isLinkable(row.link) ? row.link : '',
    organisers: row.organisers,
    startsAt: new Date(row.starts_at),
    endsAt: new Date(row.ends_at),
    alarms: event.reminders,
  }
}

/** An event as an entry of the calendar that a platform keeps, on the card by which it goes there. */
export function entryCard(event: Event, { isOut, changedAt }: EntryState, language: Language): Card {
  const { row } = event
  const entry: CalendarEntry = {
    title: row.title,
    description: descriptionOf(event, language, changedAt),
    place: row.place,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    timeZone: row.time_zone,
    reminders: event.reminders,
    cancelled: isOut,
  }
  const key = isOut ? 'events:calendar.entry-out' : 'events:calendar.entry-in'
  return {
    tone: 'info',
    title: eventHeadline(row),
    blocks: [
      { type: 'text', runs: plain(translate(language, key, { when: whenOf(row, language, changedAt) })) },
    ],
    entry,
  }
}

/** What stands below the title in a calendar: the time in the event's own zone too, for calendars show it in theirs. */
function descriptionOf({ row }: Event, language: Language, now: Date): string {
  const line = (key: string, value: string) =>
    value === '' ? [] : [translate(language, `events:calendar.${key}`, { value })]
  return [
    ...(row.description === '' ? [] : [row.description, '']),
    ...line('when', whenOf(row, language, now)),
    ...line('where', placeText(row, language)),
    ...line('link', row.link),
    ...line('cost', row.cost),
    ...line('contacts', row.contacts),
    ...line('number', row.number),
  ].join('\n')
}
