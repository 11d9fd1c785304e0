import { html } from 'hono/html'
import type { Button } from '../../chat/card.ts'
import { listVisits, type VisitFilters } from '../../features/liaison/list-visits.ts'
import { readVisit } from '../../features/liaison/records.ts'
import { visitKinds } from '../../features/liaison/rules.ts'
import { visitTitle } from '../../features/liaison/texts.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { isDay } from '../../timers/calendar/day.ts'
import { addDeskPages, cardPage, crumbs, outcomePanels } from '../desk-pages.ts'
import { consolePage, table } from '../frame.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import { askedPage, pageTurns } from '../paging.ts'
import { imageType } from '../photo-type.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'
import { liaisonSay, readableOrganisations } from './liaison-say.ts'

const section = '/console/liaison'
const pageSize = 50
const deeds = ['record', 'assign', 'hand-over'] as const

/** Visits, a point and a visit on pages of their own, with what may be done about them, as their cards in chat have it. */
export function addLiaisonPageRoutes(routes: ConsoleRoutes): void {
  const { options, get } = routes
  const { store, blobs, pressing, duties } = options
  const desk = createPageDesk({ store, ...pressing, wakeWorkers: duties.liaison.wakeWorkers }, ['liaison'])

  get('/liaison/visits', async (visit) => {
    needs(visit, 'liaison.view')
    const say = liaisonSay(visit)
    const organisations = await readableOrganisations(store, visit)
    const [filters, page] = [filtersIn(visit), askedPage(visit)]
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
    const turns = pageTurns(visit, {
      ...{ page, hasMore: found.length > pageSize },
      addressOf: (to) => `${section}/visits${addressOf(filters, to)}`,
    })
    const body = html`${crumbs({ section, list: say('title') })}<h1>${say('visits')}</h1>
${filterForm(visit, organisations, filters)}
<section class="panel lines">${rows.length === 0 ? html`<p class="empty">${say('no-visits')}</p>` : table(say('visits'), header, rows)}
${turns}</section>`
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

  addKind('visits', (id) => ({ action: 'liaison.visit', value: { visit: id } }), photosPanel)
  addKind(
    'points',
    (id) => ({ action: 'liaison.show', value: { organisation: id } }),
    async () => '',
  )

  /** Visits or points: each on a page of its own. */
  function addKind(
    kind: 'visits' | 'points',
    button: (id: string) => Pick<Button, 'action' | 'value'>,
    below: (visit: Visit, id: string) => Promise<Html | ''>,
  ): void {
    const show = (visit: Visit, id: string, pressed: Pressed | null) => {
      const say = liaisonSay(visit)
      return cardPage(visit, {
        ...{ section, list: say('title'), desk, address: `${section}/${kind}/${id}`, pressed },
        ...{ acted: say('acted'), button: button(id), below: () => below(visit, id) },
      })
    }
    get(`/liaison/${kind}/:id`, async (visit) => show(visit, idIn(visit, 'id'), null))
    addDeskPages(routes, { folder: `/liaison/${kind}`, desk, show })
  }

  async function photosPanel(visit: Visit, id: string): Promise<Html | ''> {
    const { photos } = await readVisit(store.db, id)
    if (photos.length === 0) return ''
    const address = (position: number) => `${section}/visits/${id}/photos/${position}`
    return html`<section class="panel"><h2>${liaisonSay(visit)('photos')}</h2>${photos.map(({ position, name }) => html`<p><a href="${address(position)}"><img src="${address(position)}" alt="${name}" loading="lazy" style="max-width:100%;max-height:20rem"></a></p>`)}</section>`
  }

  get('/liaison/do/:id', async (visit) => {
    const deed = deeds.find((one) => one === idIn(visit, 'id'))
    if (!deed) throw new PlainError('console:no-such-record')
    return deedPage(visit, deed, await desk.press(visit, { action: `liaison.${deed}`, value: {} }))
  })
  addDeskPages(routes, { folder: '/liaison/do', list: section, isUnmade: () => true, desk, show: deedPage })

  /** The form of what is done from the list, about a point that is chosen in it. */
  async function deedPage(visit: Visit, deed: string, pressed: Pressed): Promise<Response> {
    const title = pressed.form?.title ?? liaisonSay(visit)('title')
    const body = html`${crumbs({ section, list: liaisonSay(visit)('title') })}<h1>${title}</h1>
${outcomePanels(visit, `${section}/do/${deed}`, pressed)}`
    return consolePage(visit, { title, body, section, status: pressed.isRefused ? 422 : 200 })
  }
}

function filtersIn({ context }: Visit): VisitFilters {
  const query = (name: string) => context.req.query(name) ?? ''
  const kind = visitKinds.find((one) => one === query('kind'))
  return {
    ...(kind ? { kind } : {}),
    ...(/^[\w-]{1,64}$/.test(query('organisation')) ? { organisation: query('organisation') } : {}),
    ...(isDay(query('from')) ? { from: query('from') } : {}),
    ...(isDay(query('until')) ? { until: query('until') } : {}),
  }
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
