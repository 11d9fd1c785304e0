import { html } from 'hono/html'
import { addDeskPages, crumbs, makingPage, unmade } from '../desk-pages.ts'
import { consolePage } from '../frame.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import { pressButton, pressedPanels } from '../press-panel.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { needs, type Visit } from '../visit.ts'
import { decide } from './event-decide.ts'
import { eventPage, eventSection, openEvent } from './event-frame.ts'
import { registrationsBody } from './event-people.ts'
import { eventSay } from './event-say.ts'

/** Buttons and forms of events on pages: who may do what is decided where a chat's buttons are. */
export function addEventActionRoutes(routes: ConsoleRoutes): void {
  const { options, get, post } = routes
  const { store, events, pressing } = options
  const wakeWorkers = () => events.wakeWorkers()
  const desk = createPageDesk({ store, ...pressing, wakeWorkers }, ['events'])

  get('/events/new', async (visit) => {
    needs(visit, 'event.make')
    const say = eventSay(visit)
    const address = `${eventSection}/${unmade}`
    const buttons = events.kinds.all().map(({ name, title }) =>
      pressButton(visit, address, {
        label: title[visit.language],
        action: 'events.begin',
        value: { kind: name },
      }),
    )
    const body = html`${crumbs({ section: eventSection, list: say('title') })}<h1>${say('make')}</h1>
<section class="panel"><h2>${say('choose-kind')}</h2><div class="actions">${buttons}</div></section>`
    return consolePage(visit, { title: say('make'), body, section: eventSection })
  })

  addDeskPages(routes, { folder: '/events', desk, show: shown, sentIn: () => null })

  // A list that is narrowed stands in the address: it is looked at again after each decision.
  post('/events/:id/registrations', async (visit, fields) => {
    const opened = await openEvent(visit, options, 'event.manage')
    const outcome = await decide(visit, events, opened, fields)
    if ('problem' in outcome) {
      const body = await registrationsBody(visit, events, opened)
      return eventPage(visit, events, opened, { tab: 'registrations', body, ...outcome })
    }
    const kept = new URL(visit.context.req.url).searchParams
    kept.set('done', String(outcome.count))
    return visit.context.redirect(`${eventSection}/${opened.event.row.id}/registrations?${kept}`, 303)
  })

  /** What came of it, on the page of the event; where there is nothing to look at, the event as it is now. */
  async function shown(visit: Visit, id: string, pressed: Pressed): Promise<Response> {
    const { form, cards, toast, isRefused } = pressed
    const said = isRefused ? { problem: toast } : { done: toast }
    if (id !== unmade) {
      const opened = await openEvent(visit, options)
      if (!form && cards.length === 0 && !isRefused) {
        return visit.context.redirect(`${eventSection}/${id}?done=acted`, 303)
      }
      const body = html`<div class="pressed">${pressedPanels(visit, `${eventSection}/${id}`, pressed)}</div>`
      return eventPage(visit, events, opened, { tab: 'overview', body, ...said })
    }
    needs(visit, 'event.make')
    const say = eventSay(visit)
    return makingPage(visit, { section: eventSection, list: say('title'), title: say('make'), pressed })
  }
}
