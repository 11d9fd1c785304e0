import { html } from 'hono/html'
import type { Html } from '../platforms/web/plain-page.ts'
import { minuteInChina } from '../timers/calendar/day.ts'
import type { ConsoleRoutes } from './console.ts'
import { attendanceBody } from './event-attendance.ts'
import { eventAddress, eventPage, type OpenedEvent, openEvent } from './event-frame.ts'
import { historyBody } from './event-history.ts'
import { overviewBody } from './event-overview.ts'
import { registrationsBody, waitingBody } from './event-people.ts'
import { eventSay } from './event-say.ts'
import { table } from './frame.ts'
import { pressButton } from './press-panel.ts'
import type { Visit } from './visit.ts'

/** A page of an event for each of its tabs. */
export function addEventPageRoutes({ options, get }: ConsoleRoutes): void {
  const { store, events } = options
  const { db } = store

  get('/events/:id', async (visit) => {
    const opened = await openEvent(visit, options)
    const say = eventSay(visit)
    const done = visit.context.req.query('done') === 'acted' ? say('acted') : ''
    const body = await overviewBody(visit, db, opened, actionPanel(visit, opened))
    return eventPage(visit, events, opened, { tab: 'overview', body, done })
  })

  get('/events/:id/registrations', async (visit) => {
    const opened = await openEvent(visit, options)
    const body = await registrationsBody(visit, db, opened)
    return eventPage(visit, events, opened, { tab: 'registrations', body })
  })

  get('/events/:id/waiting', async (visit) => {
    const opened = await openEvent(visit, options)
    return eventPage(visit, events, opened, { tab: 'waiting', body: await waitingBody(visit, db, opened) })
  })

  get('/events/:id/attendance', async (visit) => {
    const opened = await openEvent(visit, options)
    const body = await attendanceBody(visit, db, opened)
    return eventPage(visit, events, opened, { tab: 'attendance', body })
  })

  get('/events/:id/history', async (visit) => {
    const opened = await openEvent(visit, options)
    return eventPage(visit, events, opened, { tab: 'history', body: await historyBody(visit, db, opened) })
  })

  get('/events/:id/messages', async (visit) => {
    const opened = await openEvent(visit, options)
    const say = eventSay(visit)
    const { row } = opened.event
    const sent = await db
      .selectFrom('event_message')
      .innerJoin('person', 'person.id', 'event_message.by')
      .select([
        'event_message.at',
        'event_message.text',
        'event_message.people',
        'event_message.audience',
        'person.name',
      ])
      .where('event', '=', row.id)
      .orderBy('event_message.at', 'desc')
      .limit(200)
      .execute()
    const keys = ['at', 'audience', 'text', 'people', 'by'] as const
    const rows = sent.map(({ at, audience, text, people, name }) => [
      ...[minuteInChina(new Date(at)), audience, text, String(people), name],
    ])
    const body = html`<section class="panel lines"><h2>${say('tab.messages')}</h2>
${opened.may('event.manage') ? html`<div class="actions">${pressButton(visit, eventAddress(row), { label: say('message.write'), action: 'events.write', value: { event: row.id }, style: 'primary' })}</div>` : ''}
${
  rows.length === 0
    ? html`<p class="empty">${say('message.none')}</p>`
    : table(
        say('tab.messages'),
        keys.map((key) => say(`message.${key}`)),
        rows,
      )
}</section>`
    return eventPage(visit, events, opened, { tab: 'messages', body })
  })
}

/** What may be done with an event as it stands. */
function actionPanel(visit: Visit, { event: { row }, may }: OpenedEvent): Html {
  const say = eventSay(visit)
  const isOpen = row.state === 'draft' || row.state === 'published'
  const button = (name: 'publish' | 'edit' | 'copy' | 'announce' | 'cancel', primary = false) =>
    pressButton(visit, eventAddress(row), {
      label: say(`do.${name}`),
      action: `events.${name}`,
      value: { event: row.id },
      style: primary ? 'primary' : 'plain',
    })
  const buttons = [
    ...(may('event.manage') && row.state === 'draft' ? [button('publish', true)] : []),
    ...(may('event.manage') && isOpen ? [button('edit')] : []),
    ...(may('event.manage') && row.state === 'published' ? [button('announce')] : []),
    ...(may('event.make') ? [button('copy')] : []),
    ...(may('event.manage') && isOpen ? [button('cancel')] : []),
  ]
  return html`<section class="panel"><h2>${say('do.title')}</h2>
${buttons.length === 0 ? html`<p class="empty">${say('do.none')}</p>` : html`<div class="actions">${buttons}</div>`}</section>`
}
