import { html } from 'hono/html'
import type { ConsoleRoutes } from './console.ts'
import { decide } from './event-decide.ts'
import { eventPage, eventSection, openEvent } from './event-frame.ts'
import { registrationsBody } from './event-people.ts'
import { eventSay } from './event-say.ts'
import { consolePage } from './frame.ts'
import { largestFormPage } from './limits.ts'
import { createPageDesk, type Pressed } from './page-desk.ts'
import { pressButton, pressedPanels } from './press-panel.ts'
import { buttonIn } from './record.ts'
import { pageIn } from './record-form.ts'
import { idIn, needs, type Visit } from './visit.ts'

/** Where an event is made: there is none yet. */
const unmade = 'new'

/** Buttons and forms of events on pages: who may do what is decided where a chat's buttons are. */
export function addEventActionRoutes({ options, get, post }: ConsoleRoutes): void {
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
    const body = html`<p class="crumbs"><a href="${eventSection}">${say('title')}</a></p><h1>${say('make')}</h1>
<section class="panel"><h2>${say('choose-kind')}</h2><div class="actions">${buttons}</div></section>`
    return consolePage(visit, { title: say('make'), body, section: eventSection })
  })

  // What a reload or a refusal leads back to.
  for (const path of ['/events/:id/press', '/events/:id/form']) {
    get(path, async (visit) => visit.context.redirect(`${eventSection}/${idIn(visit, 'id')}`, 303))
  }

  post('/events/:id/press', async (visit, fields) =>
    shown(visit, idIn(visit, 'id'), await desk.press(visit, buttonIn(fields))),
  )

  post(
    '/events/:id/form',
    async (visit, fields) => {
      const id = idIn(visit, 'id')
      const page = pageIn(fields)
      const answered = await desk.answer(visit, page)
      if (page.step === 'cancel') {
        return visit.context.redirect(id === unmade ? eventSection : `${eventSection}/${id}`, 303)
      }
      return shown(visit, id, answered)
    },
    largestFormPage,
  )

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
    const panels = html`<div class="pressed">${pressedPanels(visit, `${eventSection}/${id}`, pressed)}</div>`
    const said = isRefused ? { problem: toast } : { done: toast }
    if (id !== unmade) {
      const opened = await openEvent(visit, options)
      if (!form && cards.length === 0 && !isRefused) {
        return visit.context.redirect(`${eventSection}/${id}?done=acted`, 303)
      }
      return eventPage(visit, events, opened, { tab: 'overview', body: panels, ...said })
    }
    needs(visit, 'event.make')
    const say = eventSay(visit)
    const body = html`<p class="crumbs"><a href="${eventSection}">${say('title')}</a></p><h1>${say('make')}</h1>
${toast === '' ? '' : html`<p class="done${isRefused ? ' problem-box' : ''}" role="${isRefused ? 'alert' : 'status'}">${toast}</p>`}
${panels}`
    return consolePage(visit, {
      title: say('make'),
      body,
      section: eventSection,
      status: isRefused ? 422 : 200,
    })
  }
}
