import { type Block, type Card, isLinkable, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { registeredButtons } from '../lists/event-card.ts'
import { eventHeadline, placeText, seatsText, whenOf, whereOf } from '../lists/event-texts.ts'
import type { EventWithSeats } from '../lists/seat-figures.ts'
import type { Event, RegistrationRow } from '../records.ts'

/** Reminds whoever comes: how soon, where, what to bring, and the code by which they are let in. */
export function reminderCard(
  event: Event,
  registration: RegistrationRow,
  language: Language,
  now: Date,
): Card {
  const { row } = event
  const buttons = registeredButtons({ event, own: registration }, language, now)
  const isAsked = registration.arrangement < row.arrangement
  return {
    tone: 'info',
    title: eventHeadline(row),
    blocks: [
      { type: 'text', runs: [{ text: beginsText(event, language, now), strong: true }] },
      ...(isAsked
        ? [{ type: 'text' as const, runs: plain(translate(language, 'events:remind.again')) }]
        : []),
      ...factBlocks(event, language, now),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** The same for a group in which the event was announced: nothing in it is somebody's own. */
export function groupReminderCard(
  { event, registering, seats }: EventWithSeats,
  language: Language,
  now: Date,
): Card {
  const isOpen = registering.closes_at > now.toISOString()
  return {
    tone: 'info',
    title: eventHeadline(event.row),
    blocks: [
      { type: 'text', runs: [{ text: beginsText(event, language, now), strong: true }] },
      ...factBlocks(event, language, now),
      ...(isOpen ? [{ type: 'note' as const, text: seatsText(registering, seats, language) }] : []),
    ],
  }
}

/** Tells the organisers the day before who is expected. */
export function organisersReminderCard(
  { event, registering, seats }: EventWithSeats,
  figures: { registrations: number; people: number; unconfirmed: number; groups: number },
  url: string,
  language: Language,
  now: Date,
): Card {
  const say = (key: string, values: Record<string, number> = {}) =>
    translate(language, `events:remind.${key}`, values)
  const { registrations, people, unconfirmed, groups } = figures
  const items = [
    say('expected', { registrations, people }),
    seatsText(registering, seats, language),
    ...(seats.requested > 0 ? [say('requested', { requested: seats.requested })] : []),
    ...(unconfirmed > 0 ? [say('unconfirmed', { unconfirmed })] : []),
  ]
  return {
    tone: 'info',
    title: eventHeadline(event.row),
    blocks: [
      { type: 'text', runs: [{ text: beginsText(event, language, now), strong: true }] },
      { type: 'list', items: [plain(whenOf(event.row, language, now)), plain(whereOf(event.row, language))] },
      { type: 'list', items: items.map(plain) },
      { type: 'link', label: say('open'), url },
      ...(groups > 0
        ? [
            {
              type: 'buttons' as const,
              buttons: [
                {
                  label: say('groups', { groups }),
                  action: 'events.remind-groups',
                  value: { event: event.row.id },
                },
              ],
            },
          ]
        : []),
    ],
  }
}

function factBlocks({ row }: Event, language: Language, now: Date): Block[] {
  const line = (key: string, value: string) =>
    value === '' ? [] : [plain(translate(language, `events:remind.${key}`, { value }))]
  return [
    {
      type: 'list',
      items: [
        ...line('when', whenOf(row, language, now)),
        ...line('where', placeText(row, language)),
        ...line('materials', row.materials),
        ...line('contacts', row.contacts),
      ],
    },
    ...(isLinkable(row.link)
      ? [{ type: 'link' as const, label: translate(language, 'events:remind.join'), url: row.link }]
      : []),
  ]
}

/** How soon it begins, counted from now: a reminder may be late. */
function beginsText({ row }: Event, language: Language, now: Date): string {
  const minutes = Math.max(1, Math.round((Date.parse(row.starts_at) - now.getTime()) / 60_000))
  const hours = Math.round(minutes / 60)
  if (minutes < 90) return translate(language, 'events:remind.in-minutes', { minutes })
  if (hours < 36 && hours !== 24) return translate(language, 'events:remind.in-hours', { hours })
  return translate(language, 'events:remind.in-days', { days: Math.round(hours / 24) })
}
