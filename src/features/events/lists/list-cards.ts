import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { EventsContext } from '../context.ts'
import { isActive, type RegistrationRow, registersWith } from '../records.ts'
import { dueButtons } from './due-buttons.ts'
import { registerButton, showButton } from './event-card.ts'
import {
  eventHeadline,
  kindTitle,
  registrationTitle,
  seatsText,
  statusOf,
  statusTitle,
  whenOf,
  whereOf,
} from './event-texts.ts'
import type { OwnRegistration } from './own-registrations.ts'
import type { EventWithSeats } from './seat-figures.ts'

export type ListName = 'coming' | 'found' | 'managed' | 'own'

/** How a list is called, and what is said where it is empty. */
const words: Record<ListName, { title: string; none: string }> = {
  coming: { title: 'announcing:list.coming.title', none: 'announcing:list.coming.none' },
  found: { title: 'announcing:list.found.title', none: 'announcing:list.found.none' },
  managed: { title: 'announcing:list.managed.title', none: 'announcing:list.managed.none' },
  own: { title: 'announcing:list.own.title', none: 'announcing:list.own.none' },
}

export interface ListCardOptions {
  list: ListName
  /** By which the next page is opened; null: there is none. */
  more: Button | null
  language: Language
  now: Date
}

/** Who reads a list of events. */
export interface ListReader {
  /** Their own registrations for what the page shows, by the event that takes them. */
  own: ReadonlyMap<string, RegistrationRow>
  /** Nobody of the house: their name has to be asked for. */
  isGuest: boolean
}

/** Events, a few on a page: what, when, where, how each stands, and what its reader can do at once. */
export function eventsCard(
  events: readonly EventWithSeats[],
  { kinds }: Pick<EventsContext, 'kinds'>,
  { own, isGuest }: ListReader,
  { list, more, language, now }: ListCardOptions,
): Card {
  const joined = translate(language, 'announcing:list.joined')
  const entries = events.map(({ event, registering, seats }) => {
    const status = statusOf(event.row, registering, seats, now)
    const isOpen = status === 'open' || status === 'waiting-list'
    const registration = own.get(registersWith(event))
    const theirs = registration && isActive(registration) ? { event, registration } : null
    // Whoever looks for what they manage does not look for where to go.
    const register =
      list === 'managed' ? null : registerButton({ event, registering, isGuest }, status, language)
    return {
      event,
      buttons: theirs ? dueButtons(theirs, language, now) : register ? [register] : [],
      line: [
        kindTitle(kinds, event.row.kind, language),
        whenOf(event.row, language, now),
        whereOf(event.row, language),
        isOpen ? seatsText(registering, seats, language) : statusTitle(status, language),
        ...(theirs && event.row.state !== 'cancelled'
          ? [translate(language, 'announcing:card.own', { state: ownState(theirs, language) })]
          : []),
      ].join(joined),
    }
  })
  return listCard(entries, { list, more, language })
}

/** What somebody is registered for, with how each registration stands and what is due. */
export function ownCard(own: readonly OwnRegistration[], options: ListCardOptions): Card {
  const { language, now } = options
  const joined = translate(language, 'announcing:list.joined')
  return listCard(
    own.map(({ event, registration }) => ({
      event,
      buttons: dueButtons({ event, registration }, language, now),
      line: [
        ownState({ event, registration }, language),
        whenOf(event.row, language, now),
        whereOf(event.row, language),
      ].join(joined),
    })),
    options,
  )
}

/** How a registration stands for its person; an event that was called off says so. */
export function ownState({ event, registration }: OwnRegistration, language: Language): string {
  if (event.row.state === 'cancelled') return statusTitle('cancelled', language)
  const isAsked = registration.state === 'confirmed' && registration.arrangement < event.row.arrangement
  return isAsked
    ? translate(language, 'announcing:list.confirm-again')
    : registrationTitle(registration.state, language)
}

function listCard(
  entries: readonly { event: EventWithSeats['event']; line: string; buttons: Button[] }[],
  { list, more, language }: Pick<ListCardOptions, 'list' | 'more' | 'language'>,
): Card {
  const say = (key: 'title' | 'none') => translate(language, words[list][key])
  if (entries.length === 0) {
    const blocks: Block[] = [{ type: 'text', runs: plain(say('none')) }]
    return { tone: 'info', blocks }
  }
  const blocks = entries.flatMap(({ event, line, buttons }): Block[] => [
    { type: 'text', runs: [{ text: eventHeadline(event.row), strong: true }] },
    { type: 'note', text: line },
    { type: 'buttons', buttons: [...buttons, showButton({ event }, language)] },
  ])
  if (more) blocks.push({ type: 'buttons', buttons: [more] })
  return { tone: 'info', title: say('title'), blocks }
}
