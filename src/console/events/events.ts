import { html } from 'hono/html'
import { kindTitle, whenOf } from '../../features/events/lists/event-texts.ts'
import type { EventKinds } from '../../features/events/making/kinds.ts'
import type { EventRow } from '../../features/events/records.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { can } from '../../people/can.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { addDays } from '../../timers/calendar/day.ts'
import { consolePage, table } from '../frame.ts'
import { type VisibleOrganisation, visibleOrganisations } from '../members.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { canSomewhere, needs, type Visit, wholeHouse } from '../visit.ts'
import { addEventActionRoutes } from './event-actions.ts'
import { type EventFilters, eventsBetween, listManagedEvents } from './event-list.ts'
import { monthSpan, monthsFrom, monthTable } from './event-month.ts'
import { addEventPageRoutes } from './event-page.ts'
import { eventSay } from './event-say.ts'
import { addEventSheetRoutes } from './event-sheet.ts'
import { seatsCell, statusTag } from './event-status.ts'

const section = '/console/events'
const pageSize = 50
const longestText = 100
const states = ['draft', 'published', 'cancelled', 'over'] as const satisfies EventRow['state'][]
const times = ['upcoming', 'past', 'all'] as const

/** Events: by month, as a list that is narrowed and searched, and each on a page of its own. */
export function addEventRoutes(routes: ConsoleRoutes): void {
  const { options, get } = routes
  const { store, events } = options

  get('/events', async (visit) => {
    needs(visit, 'event.view')
    const { context, language, now } = visit
    const say = eventSay(visit)
    const organisations = await organisationsIn(options, visit)
    const filters = filtersIn(visit, organisations)
    const after = context.req.query('after')
    const page = { size: pageSize, now, ...(after ? { after } : {}) }
    const list = await listManagedEvents(store, reachOf(visit, organisations), filters, page)
    const paths = new Map(organisations.map(({ id, path }) => [id, path]))
    const header = (['number', 'title', 'when', 'state', 'seats', 'organisation'] as const).map((key) =>
      say(`column.${key}`),
    )
    const rows = list.events.map((one) => [
      html`<a href="${section}/${one.row.id}">${one.row.number}</a>`,
      html`<a href="${section}/${one.row.id}">${one.row.title}</a><br><span class="small-inline">${kindTitle(events.kinds, one.row.kind, language)}${one.series === null ? '' : ` · ${one.series}`}</span>`,
      whenOf(one.row, language, now),
      statusTag(visit, one),
      seatsCell(visit, one),
      paths.get(one.row.organisation) ?? '',
    ])
    const isWhole = filters.when === 'upcoming' && Object.keys(filters).length === 1
    const body = html`${heading(visit)}
${views(visit, 'list')}
${filterForm(visit, events.kinds, organisations, filters)}
<section class="panel lines">
${rows.length === 0 ? html`<p class="empty">${say(isWhole ? 'list.none' : 'list.none-found')}</p>` : table(say('list.label'), header, rows)}
<p class="actions">${after ? html`<a class="button" href="${section}${addressOf(filters)}">${say('list.first-page')}</a>` : ''}${list.next === null ? '' : html`<a class="button" rel="next" href="${section}${addressOf(filters, { after: list.next })}">${say('list.next-page')}</a>`}</p>
</section>`
    return consolePage(visit, { title: say('title'), body, section })
  })

  get('/events/month', async (visit) => {
    needs(visit, 'event.view')
    const say = eventSay(visit)
    const span = monthSpan(visit.context.req.query('month'), visit.today)
    const organisations = await organisationsIn(options, visit)
    const at = (day: string) => new Date(`${day}T00:00:00+08:00`)
    const between = { from: at(span.first), until: at(addDays(span.last, 1)) }
    const { events: shown, isCut } = await eventsBetween(store.db, reachOf(visit, organisations), between)
    const title = say('month.title', { year: span.month.slice(0, 4), month: Number(span.month.slice(5)) })
    const link = (month: string, label: string) =>
      html`<a class="button" href="${section}/month?month=${month}">${label}</a>`
    const body = html`${heading(visit)}
${views(visit, 'month')}
<section class="panel"><div class="panel-head"><h2>${title}</h2><span class="actions month-steps">${link(monthsFrom(span.month, -1), say('month.previous'))}${link(visit.today.slice(0, 7), say('month.current'))}${link(monthsFrom(span.month, 1), say('month.next'))}</span></div>
${monthTable(visit, span, shown)}
${shown.length === 0 ? html`<p class="empty">${say('month.none')}</p>` : ''}${isCut ? html`<p class="small">${say('month.cut')}</p>` : ''}</section>`
    return consolePage(visit, { title, body, section })
  })

  addEventActionRoutes(routes)
  addEventSheetRoutes(routes)
  addEventPageRoutes(routes)
}

/** The organisations whose events the visitor sees. */
async function organisationsIn(
  { store }: Pick<ConsoleRoutes['options'], 'store'>,
  { actor }: Visit,
): Promise<VisibleOrganisation[]> {
  const all = await visibleOrganisations(store.db, actor)
  return all.filter(({ place }) => can(actor, 'event.view', place))
}

function reachOf({ actor }: Visit, organisations: readonly VisibleOrganisation[]): string[] | null {
  return can(actor, 'event.view', wholeHouse) ? null : organisations.map(({ id }) => id)
}

function heading(visit: Visit): Html {
  const say = eventSay(visit)
  const make = html`<a class="button" href="${section}/new">${say('make')}</a>`
  return html`<div class="panel-head page-head"><h1>${say('title')}</h1>${canSomewhere(visit.actor, 'event.make') ? make : ''}</div>`
}

function views(visit: Visit, current: 'list' | 'month'): Html {
  const say = eventSay(visit)
  const tab = (name: typeof current, href: string) =>
    html`<li><a href="${href}"${name === current ? html` aria-current="page"` : ''}>${say(`view.${name}`)}</a></li>`
  return html`<nav class="tabs" aria-label="${say('view.label')}"><ul>${tab('list', section)}${tab('month', `${section}/month`)}</ul></nav>`
}

/** The filters in an address. Throws PlainError for an organisation out of reach. */
function filtersIn({ context }: Visit, organisations: readonly VisibleOrganisation[]): EventFilters {
  const query = (name: string) => (context.req.query(name) ?? '').toWellFormed().replaceAll('\0', '').trim()
  const filters: EventFilters = {}
  const [kind, organisation, text] = [query('kind'), query('organisation'), query('q')]
  if (/^[\w-]{1,64}$/.test(kind)) filters.kind = kind
  const state = states.find((one) => one === query('state'))
  if (state) filters.state = state
  const when = times.find((one) => one === query('when')) ?? 'upcoming'
  // What was cancelled or is over is looked for among all.
  if (when !== 'all' && (query('when') !== '' || !state)) filters.when = when
  if (text !== '') filters.text = [...text].slice(0, longestText).join('')
  if (organisation !== '') {
    if (!organisations.some(({ id }) => id === organisation)) throw new PlainError('console:no-such-record')
    filters.organisation = organisation
  }
  return filters
}

function addressOf(
  { kind, state, organisation, text, when }: EventFilters,
  more: Record<string, string> = {},
): string {
  const given = { kind, state, organisation, q: text, when: when ?? 'all', ...more }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) if (value) query.set(name, value)
  return `?${query}`
}

function filterForm(
  visit: Visit,
  kinds: EventKinds,
  organisations: readonly VisibleOrganisation[],
  filters: EventFilters,
): Html {
  const say = eventSay(visit)
  const option = (value: string, label: string, chosen = '') =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`
  const all = option('', say('filter.all'))
  return html`<form class="panel filters" role="search" action="${section}"><div class="filters-main">
<label>${say('filter.words')}<input name="q" type="search" value="${filters.text ?? ''}" maxlength="${longestText}" placeholder="${say('filter.words-hint')}"></label>
<label>${say('filter.when')}<select name="when">${times.map((one) => option(one, say(`filter.${one}`), filters.when ?? 'all'))}</select></label>
<label>${say('filter.kind')}<select name="kind">${all}${kinds.all().map(({ name, title }) => option(name, title[visit.language], filters.kind))}</select></label>
<label>${say('filter.state')}<select name="state">${all}${states.map((one) => option(one, say(`filter.${one}`), filters.state))}</select></label>
<label>${say('filter.organisation')}<select name="organisation">${all}${organisations.map(({ id, path }) => option(id, path, filters.organisation))}</select></label>
<button class="primary">${say('filter.find')}</button></div></form>`
}
