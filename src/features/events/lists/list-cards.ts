import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { EventsContext } from '../context.ts'
import { showButton } from './event-card.ts'
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

/** Events, a few on a page: what, when, where, and how each stands. */
export function eventsCard(
  events: readonly EventWithSeats[],
  { kinds }: Pick<EventsContext, 'kinds'>,
  { list, more, language, now }: ListCardOptions,
): Card {
  const joined = translate(language, 'announcing:list.joined')
  const entries = events.map(({ event, registering, seats }) => {
    const status = statusOf(event.row, registering, seats, now)
    const isOpen = status === 'open' || status === 'waiting-list'
    return {
      event,
      line: [
        kindTitle(kinds, event.row.kind, language),
        whenOf(event.row, language, now),
        whereOf(event.row, language),
        isOpen ? seatsText(registering, seats, language) : statusTitle(status, language),
      ].join(joined),
    }
  })
  return listCard(entries, { list, more, language })
}

/** What somebody is registered for, with how each registration stands. */
export function ownCard(own: readonly OwnRegistration[], options: ListCardOptions): Card {
  const { language, now } = options
  const joined = translate(language, 'announcing:list.joined')
  return listCard(
    own.map(({ event, registration }) => ({
      event,
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
  entries: readonly { event: EventWithSeats['event']; line: string }[],
  { list, more, language }: Pick<ListCardOptions, 'list' | 'more' | 'language'>,
): Card {
  const say = (key: 'title' | 'none') => translate(language, words[list][key])
  if (entries.length === 0) {
    const blocks: Block[] = [{ type: 'text', runs: plain(say('none')) }]
    return { tone: 'info', blocks }
  }
  const blocks = entries.flatMap(({ event, line }): Block[] => [
    { type: 'text', runs: [{ text: eventHeadline(event.row), strong: true }] },
    { type: 'note', text: line },
    { type: 'buttons', buttons: [showButton({ event }, language)] },
  ])
  if (more) blocks.push({ type: 'buttons', buttons: [more] })
  return { tone: 'info', title: say('title'), blocks }
}
