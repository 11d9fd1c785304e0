import { html } from 'hono/html'
import { listVisits, type VisitFilters } from '../features/liaison/list-visits.ts'
import { readVisit } from '../features/liaison/records.ts'
import { visitKinds } from '../features/liaison/rules.ts'
import { visitTitle } from '../features/liaison/texts.ts'
import { PlainError } from '../messages/plain-error.ts'
import type { Html } from '../platforms/web/plain-page.ts'
import { isDay } from '../timers/calendar/day.ts'
import type { ConsoleRoutes } from './console.ts'
import { consolePage, table } from './frame.ts'
import { liaisonSay, readableOrganisations } from './liaison-say.ts'
import { largestFormPage } from './limits.ts'
import { createPageDesk, type Pressed } from './page-desk.ts'
import { imageType } from './photo-type.ts'
import { pressedPanels } from './press-panel.ts'
import { buttonIn } from './record.ts'
import { pageIn } from './record-form.ts'
import { idIn, needs, type Visit } from './visit.ts'

const section = '/console/liaison'
const pageSize = 50
const deeds = ['record', 'assign', 'hand-over'] as const

/** Visits, a point and a visit on pages of their own, with what may be done about them, as their cards in chat have it. */
export function addLiaisonPageRoutes({ options, get, post }: ConsoleRoutes): void {
  const { store, blobs, pressing, duties } = options
  const desk = createPageDesk({ store, ...pressing, wakeWorkers: duties.liaison.wakeWorkers }, ['liaison'])

  get('/liaison/visits', async (visit) => {
    needs(visit, 'liaison.view')
    const say = liaisonSay(visit)
    const organisations = await readableOrganisations(store, visit)
    const { filters, page } = filtersIn(visit)
    const reach = organisations.map(({ id }) => id)
    const skip = (page - 1) * pageSize
    const found = await listVisits(store.db, reach, filters, { skip, most: pageSize + 1 })
    const rows = found
      .slice(0, pageSize)
      .map(({ id, number, name, kind, day, byName }) => [
        html`<a href="${section}/visits/${id}">${number}</a>`,
        name,
        visitTitle(kind, visit.language),
        day,
        byName,
      ])
    const header = [say('number'), say('unit'), say('kind'), say('day'), say('by')]
    const link = (to: number, label: string) =>
      html`<a class="button" href="${section}/visits${addressOf(filters, to)}">${label}</a>`
    const body = html`${crumbs(visit)}<h1>${say('visits')}</h1>
${filterForm(visit, organisations, filters)}
<section class="panel lines">${rows.length === 0 ? html`<p class="empty">${say('no-visits')}</p>` : table(say('visits'), header, rows)}
<p class="actions">${page > 1 ? link(page - 1, say('previous')) : ''}${found.length > pageSize ? link(page + 1, say('next')) : ''}</p></section>`
    return consolePage(visit, { title: say('visits'), body, section })
  })

  get('/liaison/visits/:id/photos/:at', async (visit) => {
    const { photos } = await visitOf(visit, idIn(visit, 'id'))
    const photo = photos.find(({ position }) => String(position) === visit.context.req.param('at'))
    const bytes = photo ? await blobs.get(photo.blob) : null
    if (!photo || !bytes) throw new PlainError('console:no-such-record')
    // What people send may hold scripts, whatever type it says it is: only pictures are shown.
    const type = imageType(bytes)
    const name = encodeURIComponent(photo.name)
    return new Response(new Uint8Array(bytes), {
      headers: {
        'Content-Type': type ?? 'application/octet-stream',
        'Content-Disposition': `${type ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
      },
    })
  })

  /** The visit, where its card is the visitor's to see. Throws PlainError. */
  async function visitOf(visit: Visit, id: string) {
    const own = await desk.press(visit, { action: 'liaison.visit', value: { visit: id } })
    if (own.isRefused) throw new PlainError('console:no-such-record')
    return readVisit(store.db, id)
  }

  const pages = {
    visits: {
      shown: (id: string) => ({ action: 'liaison.visit', value: { visit: id } }),
      async below(visit: Visit, id: string): Promise<Html | ''> {
        const { photos } = await readVisit(store.db, id)
        if (photos.length === 0) return ''
        const say = liaisonSay(visit)
        const address = (position: number) => `${section}/visits/${id}/photos/${position}`
        return html`<section class="panel"><h2>${say('photos')}</h2>${photos.map(({ position, name }) => html`<p><a href="${address(position)}"><img src="${address(position)}" alt="${name}" loading="lazy" style="max-width:100%;max-height:20rem"></a></p>`)}</section>`
      },
    },
    points: {
      shown: (id: string) => ({ action: 'liaison.show', value: { organisation: id } }),
      below: async (): Promise<Html | ''> => '',
    },
    do: {
      shown: (id: string) => {
        const deed = deeds.find((one) => one === id)
        if (!deed) throw new PlainError('console:no-such-record')
        return { action: `liaison.${deed}`, value: {} }
      },
      below: async (): Promise<Html | ''> => '',
    },
  }
  type Kind = keyof typeof pages

  async function shown(visit: Visit, kind: Kind, id: string, pressed: Pressed | null): Promise<Response> {
    const say = liaisonSay(visit)
    const address = `${section}/${kind}/${id}`
    const isDeed = kind === 'do'
    const own = isDeed && pressed ? pressed : await desk.press(visit, pages[kind].shown(id))
    const [card] = own.cards
    if (!isDeed && (own.isRefused || !card)) throw new PlainError('console:no-such-record')
    const title = isDeed ? (own.form?.title ?? say('title')) : (card?.title ?? '')
    const { title: _, ...content } = card ?? { tone: 'info' as const, blocks: [] }
    const done = visit.context.req.query('done') === 'acted' ? say('acted') : ''
    const panels = isDeed
      ? html`${said(own)}<div class="pressed">${pressedPanels(visit, address, own)}</div>`
      : html`${pressed ? html`${said(pressed)}<div class="pressed">${pressedPanels(visit, address, pressed)}</div>` : ''}
${pressedPanels(visit, address, { ...own, cards: [content] })}${await pages[kind].below(visit, id)}`
    const body = html`${crumbs(visit)}<h1>${title}</h1>
${done === '' ? '' : html`<p class="done" role="status">${done}</p>`}${panels}`
    const status = pressed?.isRefused || own.isRefused ? 422 : 200
    return consolePage(visit, { title, body, section, status })
  }

  for (const kind of Object.keys(pages) as Kind[]) {
    get(`/liaison/${kind}/:id`, async (visit) => shown(visit, kind, idIn(visit, 'id'), null))
    // What a reload or a refusal leads back to.
    for (const path of ['press', 'form']) {
      get(`/liaison/${kind}/:id/${path}`, async (visit) =>
        visit.context.redirect(`${section}/${kind}/${idIn(visit, 'id')}`, 303),
      )
    }
    post(`/liaison/${kind}/:id/press`, async (visit, fields) =>
      shown(visit, kind, idIn(visit, 'id'), await desk.press(visit, buttonIn(fields))),
    )
    post(
      `/liaison/${kind}/:id/form`,
      async (visit, fields) => {
        const id = idIn(visit, 'id')
        const page = pageIn(fields)
        const answered = await desk.answer(visit, page)
        const back = kind === 'do' ? section : `${section}/${kind}/${id}`
        if (page.step === 'cancel') return visit.context.redirect(back, 303)
        if (answered.isSubmitted && kind !== 'do') return visit.context.redirect(`${back}?done=acted`, 303)
        return shown(visit, kind, id, answered)
      },
      largestFormPage,
    )
  }
}

function crumbs(visit: Visit): Html {
  return html`<p class="crumbs"><a href="${section}">${liaisonSay(visit)('title')}</a></p>`
}

function said({ toast, isRefused }: Pressed): Html | '' {
  if (toast === '') return ''
  return html`<p class="${isRefused ? 'problem' : 'done'}" role="${isRefused ? 'alert' : 'status'}">${toast}</p>`
}

function filtersIn({ context }: Visit): { filters: VisitFilters; page: number } {
  const query = (name: string) => context.req.query(name) ?? ''
  const kind = visitKinds.find((one) => one === query('kind'))
  const filters: VisitFilters = {
    ...(kind ? { kind } : {}),
    ...(/^[\w-]{1,64}$/.test(query('organisation')) ? { organisation: query('organisation') } : {}),
    ...(isDay(query('from')) ? { from: query('from') } : {}),
    ...(isDay(query('until')) ? { until: query('until') } : {}),
  }
  const typed = Number(query('page') || '1')
  return { filters, page: Number.isInteger(typed) && typed > 0 && typed < 100_000 ? typed : 1 }
}

function addressOf(filters: VisitFilters, page: number): string {
  return `?${new URLSearchParams({ ...filters, page: String(page) })}`
}

function filterForm(
  visit: Visit,
  organisations: readonly { id: string; path: string }[],
  { kind, organisation, from = '', until = '' }: VisitFilters,
): Html {
  const say = liaisonSay(visit)
  const option = (value: string, label: string, chosen = '') =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`
  return html`<form class="panel filters" role="search" action="${section}/visits"><div class="filters-main">
<label>${say('kind')}<select name="kind">${option('', say('all'))}${visitKinds.map((one) => option(one, visitTitle(one, visit.language), kind))}</select></label>
<label>${say('unit')}<select name="organisation">${option('', say('all'))}${organisations.map(({ id, path }) => option(id, path, organisation))}</select></label>
<label>${say('from')}<input type="date" name="from" value="${from}"></label>
<label>${say('until')}<input type="date" name="until" value="${until}"></label>
<button class="primary">${say('find')}</button></div></form>`
}
