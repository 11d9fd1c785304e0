import { html } from 'hono/html'
import { registrationTitle } from '../../features/events/lists/event-texts.ts'
import type { Change } from '../../features/events/seats/seats.ts'
import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { table } from '../frame.ts'
import type { Visit } from '../visit.ts'
import { eventAddress, type OpenedEvent } from './event-frame.ts'
import { eventSay } from './event-say.ts'

const pageSize = 100

/** What happened to the seats of an event, last first, and who did it. */
export async function historyBody(visit: Visit, db: Reads, { event, registers }: OpenedEvent): Promise<Html> {
  const say = eventSay(visit)
  const typed = Number(visit.context.req.query('before') ?? '')
  let query = db
    .selectFrom('event_history')
    .leftJoin('event_registration', 'event_registration.id', 'event_history.registration')
    .leftJoin('person', 'person.id', 'event_registration.person')
    .leftJoin('person as doer', 'doer.id', 'event_history.by')
    .select(['event_history.id', 'event_history.change', 'event_history.data', 'event_history.at'])
    .select(['person.name as name', 'event_registration.name as guest', 'doer.name as doer'])
    .where('event_history.event', '=', registers)
  if (Number.isSafeInteger(typed) && typed > 0) query = query.where('event_history.id', '<', typed)
  const rows = await query
    .orderBy('event_history.id', 'desc')
    .limit(pageSize + 1)
    .execute()
  const shown = rows.slice(0, pageSize)
  const keys = ['at', 'who', 'what', 'by'] as const
  const listed = shown.map(({ change, data, at, name, guest, doer }) => [
    minuteInChina(new Date(at)),
    name ?? (guest || '—'),
    changeText(visit, change, data),
    doer ?? say('history.rules'),
  ])
  const last = rows.length > pageSize ? shown.at(-1)?.id : undefined
  return html`<section class="panel lines"><h2>${say('tab.history')}</h2>
${
  listed.length === 0
    ? html`<p class="empty">${say('history.none')}</p>`
    : table(
        say('tab.history'),
        keys.map((key) => say(`history.${key}`)),
        listed,
      )
}
${last === undefined ? '' : html`<p class="actions"><a class="button" rel="next" href="${eventAddress(event.row, 'history')}?before=${last}">${say('list.next-page')}</a></p>`}</section>`
}

/** Beside what moves seats there is what was said about it. */
function changeText(visit: Visit, what: string, data: string): string {
  const say = eventSay(visit)
  const { language } = visit
  if (what === 'confirmed-again') return say('history.confirmed-again')
  if (what === 'asked-to-leave' || what === 'reason') {
    return say(`history.${what}`, { reason: (JSON.parse(data) as { reason: string }).reason })
  }
  const change = JSON.parse(data) as Change
  switch (change.type) {
    case 'registered':
      return say('history.registered', { state: registrationTitle(change.seat.state, language) })
    case 'moved':
      return say('history.moved', {
        from: registrationTitle(change.from, language),
        to: registrationTitle(change.to, language),
      })
    case 'resized':
      return say('history.resized', { seats: change.seats })
    case 'capacity':
      return change.capacity === null
        ? say('history.unlimited')
        : say('history.capacity', { capacity: change.capacity })
    case 'closed':
      return say('history.closed')
  }
}
