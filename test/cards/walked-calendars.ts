import type { Card } from '../../src/chat/card.ts'
import type { Language } from '../../src/chat/language.ts'
import { calendarFileCard } from '../../src/features/events/calendar-entries/calendar-file.ts'
import { entryCard } from '../../src/features/events/calendar-entries/entry-texts.ts'
import { feedCard } from '../../src/features/events/calendar-entries/feed-commands.ts'
import {
  groupReminderCard,
  organisersReminderCard,
  reminderCard,
} from '../../src/features/events/calendar-entries/reminder-cards.ts'
import type { EventsContext } from '../../src/features/events/context.ts'
import type { Event, RegistrationRow } from '../../src/features/events/records.ts'
import type { Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const folder = 'src/features/events/calendar-entries'
const now = new Date('2026-03-12T06:00:00Z')

/** An event with texts as long as its form takes. */
export function eventOf({ title, background, remark, name }: Sizes): Event {
  const at = now.toISOString()
  return {
    row: {
      ...{ id: 'e'.repeat(36), number: 'HD-2026-0001', kind: 'lecture', title, organisation: 'o' },
      ...{ organisers: name, description: background, place: remark, link: 'https://meet.example/1' },
      ...{ starts_at: '2026-03-13T06:00:00.000Z', ends_at: '2026-03-14T08:00:00.000Z' },
      ...{ time_zone: 'Asia/Urumqi', audience: '{}', capacity: 100, opens_at: null },
      ...{ closes_at: '2026-03-13T05:00:00.000Z', cancel_until: '2026-03-13T05:00:00.000Z' },
      ...{ mode: 'first-come', most_guests: 2, has_waiting_list: 1, offer_hours: 4, priority: '[]' },
      ...{ questions: '[]', cost: remark, contacts: remark, materials: remark, reminders: '[1440]' },
      ...{
        online: 0,
        walk_ins: 0,
        hours: null,
        series: null,
        registers_with: null,
        copied_from: null,
      },
      ...{ state: 'published', reason: '', sequence: 1, arrangement: 1, secret: 's', created_by: 'p' },
      ...{ created_at: at, changed_at: at },
    },
    audience: { organisations: [], roles: [], public: true },
    priority: [],
    questions: [],
    reminders: [1440, 60],
  }
}

function registrationOf(language: Language, { name }: Sizes, arrangement: number): RegistrationRow {
  const at = now.toISOString()
  return {
    ...{ id: 'r'.repeat(36), event: 'e'.repeat(36), seq: 1, person: 'p', account: null, organisation: null },
    ...{ name, contact: null, state: 'confirmed', pool: '', guests: 1, answers: '{}', priority: 0 },
    ...{ team: null, registered_by: null, offer_until: null, arrangement, asked_to_leave_at: null },
    ...{ receipt_hash: null, language, created_at: at, changed_at: at },
  }
}

/** Files, entries and links for calendars, and reminders. */
export const walkedCalendars: Walked[] = [
  {
    makers: [
      'calendar-file.ts#calendarFileCard',
      'entry-texts.ts#entryCard',
      'feed-commands.ts#feedCard',
    ].map((maker) => `${folder}/${maker}`),
    cards: (language: Language, sizes: Sizes): Card[] => {
      const context = { publicUrl: () => 'https://bot.example' } as EventsContext
      const event = eventOf(sizes)
      const states = [true, false].map((isOut) => ({ sequence: 1, isOut, changedAt: now }))
      const registration = registrationOf(language, sizes, 1)
      return [
        ...states.map((state) => calendarFileCard(context, event, registration, [{ event, ...state }], now)),
        ...states.map((state) => entryCard(event, state, language)),
        ...(['open', 'closed', 'none', 'no-person'] as const).map((what) =>
          feedCard(
            what,
            language,
            what === 'open' ? `https://bot.example/calendar/${'t'.repeat(43)}.ics` : '',
          ),
        ),
      ]
    },
  },
  {
    makers: ['reminderCard', 'groupReminderCard', 'organisersReminderCard'].map(
      (maker) => `${folder}/reminder-cards.ts#${maker}`,
    ),
    cards: (language: Language, sizes: Sizes): Card[] => {
      const event = eventOf(sizes)
      const figures = { taken: 99, waiting: sizes.many, requested: sizes.many, revision: 1, reservedLeft: 1 }
      const view = { event, registering: event.row, seats: figures }
      const expected = { registrations: 90, people: 99, unconfirmed: sizes.many, groups: sizes.many }
      return [
        ...[0, 1].map((arrangement) =>
          reminderCard(event, registrationOf(language, sizes, arrangement), language, now),
        ),
        groupReminderCard(view, language, now),
        organisersReminderCard(view, expected, 'https://bot.example/console/events/1', language, now),
      ]
    },
  },
]
