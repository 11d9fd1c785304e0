import { html } from 'hono/html'
import { statusOf, statusTitle } from '../../features/events/lists/event-texts.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import type { Visit } from '../visit.ts'
import type { ListedEvent } from './event-list.ts'
import { eventSay } from './event-say.ts'

/** 报名中, 已报满, … as a tag. */
export function statusTag({ language, now }: Visit, { row, registering, seats }: ListedEvent): Html {
  const status = statusOf(row, registering, seats, now)
  const isOpen = status === 'open' || status === 'waiting-list'
  return html`<span class="tag${isOpen ? ' state-open' : status === 'cancelled' ? ' waiting' : ''}">${statusTitle(status, language)}</span>`
}

/** Held of all, and how many wait for a seat or for an approval. */
export function seatsCell(visit: Visit, { registering, seats }: ListedEvent): Html {
  const say = eventSay(visit)
  const { taken, waiting, requested } = seats
  const beside = [
    ...(waiting > 0 ? [say('list.waiting', { count: waiting })] : []),
    ...(requested > 0 ? [say('list.requested', { count: requested })] : []),
  ].join(say('joined'))
  const held = registering.capacity === null ? String(taken) : `${taken} / ${registering.capacity}`
  return html`${held}${beside === '' ? '' : html`<br><span class="small-inline">${beside}</span>`}`
}
