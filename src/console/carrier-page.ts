import { html } from 'hono/html'
import { PlainError } from '../messages/plain-error.ts'
import type { Reads } from '../people/people.ts'
import type { Html } from '../platforms/web/plain-page.ts'
import { minuteInChina } from '../timers/calendar/day.ts'
import { carrierSay } from './carrier-say.ts'
import type { ConsoleRoutes } from './console.ts'
import { consolePage } from './frame.ts'
import { largestFormPage } from './limits.ts'
import { createPageDesk, type Pressed } from './page-desk.ts'
import { pressedPanels } from './press-panel.ts'
import { buttonIn } from './record.ts'
import { pageIn } from './record-form.ts'
import { idIn, needs, type Visit } from './visit.ts'

const section = '/console/carriers'
/** Where a carrier is entered: there is none yet. */
const unmade = 'new'

/** A carrier with what may be done about it, as its card in chat has it, and below it how it was handled. */
export function addCarrierPageRoutes({ options, get, post }: ConsoleRoutes): void {
  const { store, events, pressing } = options
  const wakeWorkers = () => events.wakeWorkers()
  const desk = createPageDesk({ store, ...pressing, wakeWorkers }, ['carriers'])

  get('/carriers/new', async (visit) => {
    needs(visit, 'carrier.edit')
    return shown(visit, unmade, await desk.press(visit, { action: 'carriers.enter', value: {} }))
  })

  get('/carriers/:id', async (visit) => carrierPage(visit, idIn(visit, 'id'), null))

  // What a reload or a refusal leads back to.
  for (const path of ['/carriers/:id/press', '/carriers/:id/form']) {
    get(path, async (visit) => visit.context.redirect(`${section}/${idIn(visit, 'id')}`, 303))
  }

  post('/carriers/:id/press', async (visit, fields) =>
    shown(visit, idIn(visit, 'id'), await desk.press(visit, buttonIn(fields))),
  )

  post(
    '/carriers/:id/form',
    async (visit, fields) => {
      const id = idIn(visit, 'id')
      const page = pageIn(fields)
      const answered = await desk.answer(visit, page)
      if (page.step === 'cancel') {
        return visit.context.redirect(id === unmade ? section : `${section}/${id}`, 303)
      }
      if (answered.isSubmitted && id !== unmade) {
        return visit.context.redirect(`${section}/${id}?done=acted`, 303)
      }
      return shown(visit, id, answered)
    },
    largestFormPage,
  )

  async function shown(visit: Visit, id: string, pressed: Pressed): Promise<Response> {
    if (id !== unmade) return carrierPage(visit, id, pressed)
    needs(visit, 'carrier.edit')
    const say = carrierSay(visit)
    const body = html`<p class="crumbs"><a href="${section}">${say('title')}</a></p><h1>${say('enter')}</h1>
${said(pressed)}<div class="pressed">${pressedPanels(visit, `${section}/${unmade}`, pressed)}</div>`
    return consolePage(visit, { title: say('enter'), body, section, status: pressed.isRefused ? 422 : 200 })
  }

  async function carrierPage(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    needs(visit, 'carrier.view')
    const say = carrierSay(visit)
    // What the card in chat shows is decided there; so is who may see it.
    const own = await desk.press(visit, { action: 'carriers.show', value: { carrier: id } })
    const [card] = own.cards
    if (own.isRefused || !card) throw new PlainError('console:no-such-record')
    const title = card.title ?? ''
    const address = `${section}/${id}`
    const done = visit.context.req.query('done') === 'acted' ? say('acted') : ''
    const { title: _, ...content } = card
    const body = html`<p class="crumbs"><a href="${section}">${say('title')}</a></p><h1>${title}</h1>
${done === '' ? '' : html`<p class="done" role="status">${done}</p>`}
${pressed ? html`${said(pressed)}<div class="pressed">${pressedPanels(visit, address, pressed)}</div>` : ''}
${pressedPanels(visit, address, { ...own, cards: [content] })}
${await historyPanel(visit, store.db, id)}`
    return consolePage(visit, { title, body, section, status: pressed?.isRefused ? 422 : 200 })
  }
}

function said({ toast, isRefused }: Pressed): Html | '' {
  if (toast === '') return ''
  return isRefused
    ? html`<p class="done problem-box" role="alert">${toast}</p>`
    : html`<p class="done" role="status">${toast}</p>`
}

async function historyPanel(visit: Visit, db: Reads, carrier: string): Promise<Html> {
  const say = carrierSay(visit)
  const rows = await db
    .selectFrom('carrier_history')
    .leftJoin('person', 'person.id', 'carrier_history.by')
    .select(['carrier_history.what', 'carrier_history.data', 'carrier_history.at', 'person.name'])
    .where('carrier', '=', carrier)
    .orderBy('at', 'desc')
    .orderBy('carrier_history.id')
    .limit(200)
    .execute()
  const lines = rows.map(({ what, data, at, name }) =>
    say('did', {
      what: say(`what.${what}`, JSON.parse(data) as Record<string, string>),
      ...{ name: name ?? say('by-machine'), at: minuteInChina(new Date(at)) },
    }),
  )
  return html`<section class="panel"><h2>${say('history')}</h2><ol class="history">${lines.map((line) => html`<li><p>${line}</p></li>`)}</ol></section>`
}
