import type { Block, Button, Card } from '../../../chat/card.ts'
import { isLinkable, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { checkInButton, ownCodeButton } from '../check-in/check-in-cards.ts'
import { eventHeadline, momentText, placeText, whenOf } from '../lists/event-texts.ts'
import type { Event, EventRow, RegistrationRow } from '../records.ts'
import { languageOfRegistrant } from './registrant.ts'
import type { Told } from './tell.ts'

/** Dates of a series that one card names. */
const mostDates = 6

/** What a card about a registration is made of, beside what changed. */
export interface TellFacts {
  event: Event
  /** All dates to which it brings somebody, the first first; one where it is no series. */
  dates: readonly Pick<EventRow, 'starts_at' | 'ends_at' | 'time_zone'>[]
  /** Name of whoever registered them; null: they did. */
  registeredBy: string | null
  /** They have just asked to be let go after the deadline. */
  isLeaving: boolean
  language: Language
  now: Date
}

/** What became of a registration, as its person reads it: what holds now, where and when, and what can be done. */
export function toldCard(told: Told, facts: TellFacts): Card {
  const { event, registeredBy, isLeaving, language, now } = facts
  const { registration } = told
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `registration:told.${key}`, values)
  const blocks: Block[] = []
  const isNew = told.from === null && registeredBy !== null
  if (isNew) blocks.push({ type: 'text', runs: plain(say('on-behalf', { name: registeredBy })) })
  blocks.push({ type: 'text', runs: [{ text: headlineOf(told, facts), strong: true }] })
  if (told.reason && !isLeaving)
    blocks.push({ type: 'text', runs: plain(say('reason', { reason: told.reason })) })
  if (isComing(told)) blocks.push(...sharedFacts(told, facts))
  const buttons = isLeaving ? [] : buttonsFor(told, event, language, now)
  if (mayComeAgain(told, event, now))
    buttons.push({ ...button(language, 'again', 'events.show', { event: event.row.id }), opens: 'beside' })
  if (isNew) buttons.push(button(language, 'not-mine', 'events.not-mine', { registration: registration.id }))
  if (buttons.length > 0) blocks.push({ type: 'buttons', buttons })
  return { tone: toneOf(told), title: eventHeadline(event.row), blocks }
}

/** That the seat which is held for somebody is about to go on. */
export function offerAgainCard(event: Event, registration: RegistrationRow, now: Date): Card {
  const language = languageOfRegistrant(registration)
  const until =
    registration.offer_until === null ? '' : momentText(registration.offer_until, event.row, language, now)
  const told: Told = { registration, from: 'offered', position: null, reply: null, by: null }
  return {
    tone: 'answer',
    title: eventHeadline(event.row),
    blocks: [
      {
        type: 'text',
        runs: [{ text: translate(language, 'registration:told.offered-soon', { until }), strong: true }],
      },
      ...factsBlocks(told, { event, dates: [event.row], language, now }),
      { type: 'buttons', buttons: buttonsFor(told, event, language, now) },
    ],
  }
}

function isComing({ registration: { state } }: Told): boolean {
  return state === 'confirmed' || state === 'waiting' || state === 'offered' || state === 'requested'
}

/** Who left by a slip, or answered too late, finds the way back beside it. */
function mayComeAgain({ registration, from, by }: Told, { row }: Event, now: Date): boolean {
  const { state, person, account } = registration
  if (person === null && account === null) return false
  const isOwn = by === null || by === person
  const left = (state === 'cancelled' && isOwn) || (state === 'expired' && from === 'offered')
  return left && row.state === 'published' && row.closes_at > now.toISOString()
}

function toneOf({ registration: { state } }: Told): Card['tone'] {
  return state === 'confirmed' || state === 'offered' ? 'answer' : 'info'
}

/** The one sentence that says what holds now. */
function headlineOf(
  { registration, from, position, by, reason }: Told,
  { event, isLeaving, language, now }: TellFacts,
): string {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `registration:told.${key}`, values)
  if (isLeaving) return say('leaving')
  switch (registration.state) {
    case 'confirmed':
      return say(from === 'requested' ? 'approved' : 'confirmed')
    case 'waiting':
      // A party that does not fit waits though single seats may be left.
      if (registration.guests > 0 && position !== null)
        return say('waiting-party-at', { people: registration.guests + 1, position })
      return position === null ? say('waiting') : say('waiting-at', { position })
    case 'offered':
      return say('offered', {
        until:
          registration.offer_until === null
            ? ''
            : momentText(registration.offer_until, event.row, language, now),
      })
    case 'requested':
      return say('requested')
    case 'expired':
      return say(from === 'offered' ? 'expired' : 'waiting-ended')
    case 'declined':
      return say('declined')
    case 'cancelled':
      if (by !== null && by !== registration.person) {
        const isAgreed = registration.asked_to_leave_at !== null && !reason
        return say(isAgreed ? 'leave-agreed' : 'cancelled-by-organiser')
      }
      return say(from === 'offered' ? 'offer-declined' : 'cancelled')
  }
}

/** By the dates, which are read once for all whom a transaction tells. */
const made = new WeakMap<TellFacts['dates'], Map<string, Block[]>>()

/** Hundreds are told the same at once: writing out times and places is more than half of a card's work. */
function sharedFacts(told: Told, facts: TellFacts): Block[] {
  const { dates, language } = facts
  const { state, guests } = told.registration
  const known = made.get(dates) ?? new Map<string, Block[]>()
  made.set(dates, known)
  const key = `${language} ${state} ${guests}`
  const blocks = known.get(key) ?? factsBlocks(told, facts)
  known.set(key, blocks)
  return blocks
}

function factsBlocks(
  { registration }: Told,
  { event, dates, language, now }: Pick<TellFacts, 'event' | 'dates' | 'language' | 'now'>,
): Block[] {
  const { row } = event
  const line = (key: string, value: string) =>
    value === '' ? [] : [plain(translate(language, `registration:told.${key}`, { value }))]
  const shown = dates.slice(0, mostDates).map((date) => whenOf(date, language, now))
  if (dates.length > mostDates)
    shown.push(translate(language, 'registration:told.more-dates', { more: dates.length - mostDates }))
  const items = [
    ...shown.flatMap((when) => line('when', when)),
    ...line('where', placeText(row, language)),
    ...(registration.guests > 0 ? line('guests', String(registration.guests)) : []),
    ...line('cost', row.cost),
    ...line('contacts', row.contacts),
  ]
  const isConfirmed = registration.state === 'confirmed'
  return [
    { type: 'list', items },
    ...(isConfirmed && isLinkable(row.link)
      ? [
          {
            type: 'link' as const,
            label: translate(language, 'registration:told.join'),
            url: row.link,
          },
        ]
      : []),
    ...(isConfirmed && row.cancel_until > now.toISOString()
      ? [
          {
            type: 'note' as const,
            text: translate(language, 'registration:told.cancel-until', {
              until: momentText(row.cancel_until, row, language, now),
            }),
          },
        ]
      : []),
  ]
}

/** What its person can do about a registration as it is. */
export function buttonsFor(
  { registration }: Pick<Told, 'registration'>,
  { row }: Event,
  language: Language,
  now: Date,
): Button[] {
  const { event, state, person, account } = registration
  // The public acts by its code: a button knows nobody by whom it was pressed.
  if (person === null && account === null) return []
  switch (state) {
    case 'confirmed':
      return [
        // Of the very date: a series that shares registrations has a code for each.
        ...(row.online === 1 ? [checkInButton(row.id, language)] : []),
        ownCodeButton(row.id, language),
        row.cancel_until > now.toISOString()
          ? button(language, 'cancel', 'events.cancel', { event })
          : { ...button(language, 'ask-to-leave', 'events.ask-to-leave', { event }), opens: 'beside' },
      ]
    case 'waiting':
      return [button(language, 'leave-list', 'events.cancel', { event })]
    case 'requested':
      return [button(language, 'withdraw', 'events.cancel', { event })]
    case 'offered':
      return [
        { ...button(language, 'accept', 'events.accept-offer', { event }), style: 'primary' },
        button(language, 'decline', 'events.decline-offer', { event }),
      ]
    default:
      return []
  }
}

function button(language: Language, label: string, action: string, value: Record<string, string>): Button {
  return { label: translate(language, `registration:button.${label}`), action, value }
}
