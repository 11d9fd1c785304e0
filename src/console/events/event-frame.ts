import { html } from 'hono/html'
import { kindTitle, whenOf, whereOf } from '../../features/events/lists/event-texts.ts'
import { type Event, registersWith, toEvent } from '../../features/events/records.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { placeOf } from '../../people/actor.ts'
import { type Action, can } from '../../people/can.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { consolePage } from '../frame.ts'
import type { ConsoleOptions } from '../routes.ts'
import { idIn, type Visit } from '../visit.ts'
import { findListedEvent, type ListedEvent } from './event-list.ts'
import { eventSay } from './event-say.ts'
import { statusTag } from './event-status.ts'

export const eventSection = '/console/events'

const tabs = ['overview', 'registrations', 'waiting', 'attendance', 'messages', 'history'] as const

export type EventTab = (typeof tabs)[number]

/** An event that the visitor may see, and what they may do about it. */
export interface OpenedEvent {
  event: Event
  listed: ListedEvent
  /** The event that takes its registrations. */
  registers: string
  may(action: Extract<Action, `event.${string}`>): boolean
}

/** The event in the path. Throws PlainError, a 404 page, where there is none or it is not for the visitor. */
export async function openEvent(
  visit: Visit,
  { store }: Pick<ConsoleOptions, 'store'>,
  action: Extract<Action, `event.${string}`> = 'event.view',
): Promise<OpenedEvent> {
  const listed = await findListedEvent(store.db, idIn(visit, 'id'))
  if (!listed) throw new PlainError('console:no-such-record')
  const place = await placeOf(store.db, listed.row.organisation)
  const may: OpenedEvent['may'] = (wanted) => can(visit.actor, wanted, place)
  if (!may('event.view')) throw new PlainError('console:no-such-record')
  if (!may(action)) throw new PlainError('console:not-allowed')
  const event = toEvent(listed.row)
  return { event, listed, registers: registersWith(event), may }
}

/** Where a page of an event stands. */
export function eventAddress({ id }: { id: string }, tab: EventTab | 'check-in' = 'overview'): string {
  return tab === 'overview' ? `${eventSection}/${id}` : `${eventSection}/${id}/${tab}`
}

interface EventPageParts {
  tab: EventTab
  body: Html
  /** What was just done. Default: nothing. */
  done?: string
  /** Why nothing was done. Default: all is well. */
  problem?: string
}

/** A page of an event: what it is, its tabs, and one of them. */
export function eventPage(
  visit: Visit,
  { kinds }: ConsoleOptions['events'],
  opened: OpenedEvent,
  { tab, body, done = '', problem = '' }: EventPageParts,
) {
  const say = eventSay(visit)
  const { listed, may } = opened
  const { row } = listed
  const { language, now } = visit
  const entry = (name: EventTab | 'check-in') =>
    html`<li><a href="${eventAddress(row, name)}"${name === tab ? html` aria-current="page"` : ''}>${say(`tab.${name}`)}</a></li>`
  const whole = html`<p class="crumbs"><a href="${eventSection}">${say('title')}</a></p>
<h1>${row.title}</h1>
<p class="event-line"><span>${row.number}</span><span>${kindTitle(kinds, row.kind, language)}</span>${statusTag(visit, listed)}<span>${whenOf(row, language, now)}</span><span>${whereOf(row, language)}</span></p>
${row.state === 'cancelled' ? html`<p class="done problem-box">${say('cancelled', { reason: row.reason })}</p>` : ''}
${done === '' ? '' : html`<p class="done" role="status">${done}</p>`}
${problem === '' ? '' : html`<p class="done problem-box" role="alert">${problem}</p>`}
<nav class="tabs" aria-label="${say('tab.label')}"><ul>${tabs.map(entry)}${may('event.check-in') ? entry('check-in') : ''}</ul></nav>
${body}`
  const status = problem === '' ? 200 : 422
  return consolePage(visit, { title: row.title, body: whole, section: eventSection, status })
}
