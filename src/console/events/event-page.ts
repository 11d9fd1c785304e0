import { html } from 'hono/html'
import { whenOf, whereOf } from '../../features/events/lists/event-texts.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type Html, plainPage } from '../../platforms/web/plain-page.ts'
import { createPageDesk, type PageDesk } from '../page-desk.ts'
import { pressButton } from '../press-panel.ts'
import { qrCode } from '../qr-code.ts'
import type { ConsoleRoutes } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { attendanceBody } from './event-attendance.ts'
import { eventAddress, eventPage, type OpenedEvent, openEvent } from './event-frame.ts'
import { historyBody } from './event-history.ts'
import { messagesBody } from './event-messages.ts'
import { overviewBody } from './event-overview.ts'
import { registrationsBody, waitingBody } from './event-people.ts'
import { eventSay } from './event-say.ts'

/** A page of an event for each of its tabs. */
export function addEventPageRoutes({ options, get }: ConsoleRoutes): void {
  const { store, events, pressing } = options
  const { db } = store
  const wakeWorkers = () => events.wakeWorkers()
  const desk = createPageDesk({ store, ...pressing, wakeWorkers }, ['events'])

  get('/events/:id', async (visit) => {
    const opened = await openEvent(visit, options)
    const say = eventSay(visit)
    const done = visit.context.req.query('done') === 'acted' ? say('acted') : ''
    const body = await overviewBody(visit, db, opened, await actionPanel(visit, desk, opened))
    return eventPage(visit, events, opened, { tab: 'overview', body, done })
  })

  get('/events/:id/registrations', async (visit) => {
    const opened = await openEvent(visit, options)
    const body = await registrationsBody(visit, events, opened)
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
    return eventPage(visit, events, opened, { tab: 'messages', body: await messagesBody(visit, db, opened) })
  })

  get('/events/:id/poster', async (visit) => {
    const { event } = await openEvent(visit, options)
    if (!event.audience.public) throw new PlainError('console:no-such-record')
    const say = eventSay(visit)
    const address = `${options.publicUrl()}/e/${event.row.number}`
    return plainPage(visit.context, 200, {
      title: event.row.title,
      text: `${whenOf(event.row, visit.language, visit.now)}\n${whereOf(event.row, visit.language)}`,
      language: visit.language,
      more: html`${qrCode(address, say('poster'))}<p>${say('poster')}</p><p class="small">${address}</p>`,
    })
  })
}

/** Those beside what the card of an event's organisers has. */
const besides = ['register-others', 'announce', 'write'] as const

/** What may be done with an event as it stands: what its organisers manage it by in chat, and what concerns who comes. */
async function actionPanel(visit: Visit, desk: PageDesk, { event, may }: OpenedEvent): Promise<Html> {
  const say = eventSay(visit)
  const { row, audience } = event
  const value = { event: row.id }
  const address = eventAddress(row)
  const own: Html[] = []
  if (may('event.manage')) {
    const { cards } = await desk.press(visit, { action: 'events.manage', value })
    const buttons = cards.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : [])),
    )
    own.push(...buttons.map((button) => pressButton(visit, address, button)))
    if (row.state === 'published') {
      own.push(
        ...besides
          .filter((name) => !buttons.some(({ action }) => action === `events.${name}`))
          .map((name) =>
            pressButton(visit, address, { label: say(`do.${name}`), action: `events.${name}`, value }),
          ),
      )
    }
  }
  const isPublic = audience.public && row.state === 'published'
  if (isPublic) own.push(html`<a class="button" href="${address}/poster">${say('do.poster')}</a>`)
  return html`<section class="panel"><h2>${say('do.title')}</h2>
${own.length === 0 ? html`<p class="empty">${say('do.none')}</p>` : html`<div class="actions">${own}</div>`}</section>`
}
