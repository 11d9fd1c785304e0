import { type Block, type Button, type Card, isLinkable, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { isActive, registersWith } from '../records.ts'
import { buttonsFor } from '../registering/tell-card.ts'
import {
  type EventStatus,
  eventHeadline,
  momentText,
  placeText,
  registrationTitle,
  standingText,
  statusOf,
  whenOf,
} from './event-texts.ts'
import type { EventView } from './event-view.ts'

/** Beyond this a description is cut on a card in a group, and on one that a person opened. */
const longestDescription = { group: 200, alone: 1500 }

export interface EventCardOptions {
  /** `group`: many read it, nothing on it is one reader's own. */
  where: 'group' | 'alone'
  language: Language
  now: Date
}

/** An event: what it is, when, where and for whom, how many seats are left, and what its reader can do. */
export function eventCard(view: EventView, { where, language, now }: EventCardOptions): Card {
  const { event, registering, seats } = view
  const { row } = event
  const status = statusOf(row, registering, seats, now)
  const say = (key: string, values: Record<string, string> = {}) =>
    translate(language, `announcing:card.${key}`, values)
  const line = (key: string, value: string) => (value === '' ? [] : [plain(say(key, { value }))])
  const isOpen = status === 'open' || status === 'waiting-list' || status === 'full'
  const text = cut(row.description, longestDescription[where])
  const blocks: Block[] = [
    { type: 'text', runs: [{ text: standingText(status, registering, seats, language), strong: true }] },
    ...ownBlocks(view, language),
    ...(row.state === 'cancelled' && row.reason !== ''
      ? [{ type: 'text' as const, runs: plain(say('reason', { value: row.reason })) }]
      : []),
    {
      type: 'list',
      items: [
        ...line('when', whenOf(row, language, now)),
        ...(view.dates > 1 ? line('dates', String(view.dates)) : []),
        ...line('where', placeText(row, language)),
        ...line('kind', view.kind),
        ...line('organisers', row.organisers),
        ...line('audience', view.audience),
        ...windowLine(view, status, language, now),
        ...(registering.mode === 'approval' && isOpen ? [plain(say('approval'))] : []),
        ...line('cost', row.cost),
        ...line('contacts', row.contacts),
        ...line('materials', row.materials),
      ],
    },
    ...(text === '' ? [] : [{ type: 'text' as const, runs: plain(text) }]),
    ...linkBlocks(view, where, language),
  ]
  const buttons =
    where === 'group' ? groupButtons(view, status, language) : ownButtons(view, status, language, now)
  if (buttons.length > 0) blocks.push({ type: 'buttons', buttons })
  return { tone: 'info', title: eventHeadline(row), blocks }
}

function ownBlocks({ event, own }: EventView, language: Language): Block[] {
  // Nobody is to read of a seat at what does not take place.
  if (own === null || event.row.state === 'cancelled') return []
  const state = registrationTitle(own.state, language)
  return [
    { type: 'text', runs: [{ text: translate(language, 'announcing:card.own', { state }), mark: true }] },
  ]
}

/** When registration opens or ends, as long as that matters. */
function windowLine({ event, registering }: EventView, status: EventStatus, language: Language, now: Date) {
  const at = (instant: string) => momentText(instant, event.row, language, now)
  if (status === 'not-open' && registering.opens_at !== null) {
    const values = { from: at(registering.opens_at), until: at(registering.closes_at) }
    return [plain(translate(language, 'announcing:card.window', values))]
  }
  if (status !== 'open' && status !== 'waiting-list' && status !== 'full') return []
  return [plain(translate(language, 'announcing:card.until', { value: at(registering.closes_at) }))]
}

/** The way into an online event is for those who come, and for those who manage it. */
function linkBlocks({ event, own, may }: EventView, where: 'group' | 'alone', language: Language): Block[] {
  const { link, state } = event.row
  const isTheirs = where === 'alone' && (own?.state === 'confirmed' || may.manage)
  if (!isTheirs || state !== 'published' || !isLinkable(link)) return []
  return [{ type: 'link', label: translate(language, 'announcing:card.link'), url: link }]
}

/** 报名, or what leads to it: with questions of its own or guests a form is opened, else a press is enough. */
export function registerButton(
  view: Pick<EventView, 'event' | 'registering' | 'isGuest'>,
  status: EventStatus,
  language: Language,
): Button | null {
  const { event, registering } = view
  // At the door people register past the deadline, where the organisers let them.
  const atDoor = registering.walk_ins === 1 && (status === 'closed' || status === 'under-way')
  if (status !== 'open' && status !== 'waiting-list' && !atDoor) return null
  const asks = view.isGuest || registering.questions !== '[]' || registering.most_guests > 0
  const label = status === 'waiting-list' ? 'wait' : 'register'
  return {
    label: translate(language, `announcing:button.${label}`),
    action: asks ? 'events.register-form' : 'events.register',
    value: { event: registersWith(event) },
    style: 'primary',
    ...(asks ? { opens: 'beside' as const } : {}),
  }
}

function groupButtons(view: EventView, status: EventStatus, language: Language): Button[] {
  if (status === 'cancelled' || status === 'over' || status === 'draft') return []
  const register = registerButton(view, status, language)
  return [...(register ? [register] : []), showButton(view, language)]
}

/** Opens the card of an event for whoever presses it, alone. */
export function showButton({ event }: Pick<EventView, 'event'>, language: Language): Button {
  return {
    label: translate(language, 'announcing:button.show'),
    action: 'events.show',
    value: { event: event.row.id },
    opens: 'beside',
  }
}

function ownButtons(view: EventView, status: EventStatus, language: Language, now: Date): Button[] {
  const { event, own, may } = view
  const isLive = status !== 'cancelled' && status !== 'over' && status !== 'draft'
  const theirs = own !== null && isActive(own) ? (isLive ? registeredButtons(view, language, now) : []) : null
  const register = registerButton(view, status, language)
  const value = { event: event.row.id }
  const office = (label: 'people' | 'announce' | 'write'): Button => ({
    label: translate(language, `announcing:button.${label}`),
    action: `events.${label}`,
    value,
    opens: 'beside',
  })
  return [
    ...(theirs ?? (register ? [register] : [])),
    ...(may.view && status !== 'draft' ? [office('people')] : []),
    ...(may.manage && isLive ? [office('announce')] : []),
    ...(may.manage && status !== 'draft' ? [office('write')] : []),
    ...(may.manage
      ? [
          {
            label: translate(language, 'making:button.manage'),
            action: 'events.manage',
            value,
            opens: 'beside' as const,
          },
        ]
      : []),
  ]
}

/** What somebody who is registered can do about it; first to say that they come still, where that was asked. */
export function registeredButtons(
  { event, own }: Pick<EventView, 'event' | 'own'>,
  language: Language,
  now: Date,
): Button[] {
  if (own === null) return []
  const again: Button = {
    label: translate(language, 'announcing:button.confirm-again'),
    action: 'events.confirm-again',
    value: { event: own.event },
    style: 'primary',
  }
  const isAsked = own.state === 'confirmed' && own.arrangement < event.row.arrangement
  return [...(isAsked ? [again] : []), ...buttonsFor({ registration: own }, event, language, now)]
}

function cut(text: string, longest: number): string {
  const letters = Array.from(text)
  return letters.length <= longest ? text : `${letters.slice(0, longest).join('')}……`
}
