import { html } from 'hono/html'
import { figuresOf } from '../../features/planning/plans/figures.ts'
import { planStates } from '../../features/planning/plans/life.ts'
import { figuresLine, stateTitle } from '../../features/planning/plans/plan-texts.ts'
import { listPlans, type Plan, type PlanFilters } from '../../features/planning/plans/records.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { can } from '../../people/can.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { yearOf } from '../../timers/calendar/day.ts'
import { barChart } from '../bar-chart.ts'
import { consolePage, table } from '../frame.ts'
import { type VisibleOrganisation, visibleOrganisations } from '../members.ts'
import { askedPage, pageTurns } from '../paging.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { canSomewhere, needs, type Visit } from '../visit.ts'
import { addPlanItemRoutes } from './plan-items.ts'
import { addPlanPageRoutes } from './plan-page.ts'
import { planSay } from './plan-say.ts'

const section = '/console/plans'
const pageSize = 50
/** More bars would be too narrow to tell apart. */
const mostBars = 24

/** Annual plans: a list that is narrowed with how far each is, and each on a page of its own. */
export function addPlanRoutes(routes: ConsoleRoutes): void {
  const { store } = routes.options

  routes.get('/plans', async (visit) => {
    needs(visit, 'plan.view')
    const say = planSay(visit)
    const organisations = (await visibleOrganisations(store.db, visit.actor)).filter(({ place }) =>
      can(visit.actor, 'plan.view', place),
    )
    const { filters, organisation } = filtersIn(visit, organisations)
    // Those of an organisation and all below it, or all that may be seen.
    const reached = organisations.filter(
      ({ place }) => organisation === null || place.path.includes(organisation),
    )
    const found = await listPlans(
      store.db,
      reached.map(({ id }) => id),
      filters,
    )
    const page = askedPage(visit)
    const rows = found.slice((page - 1) * pageSize, page * pageSize)
    const names = new Map(organisations.map(({ id, path }) => [id, path]))
    const enter = html`<a class="button" href="${section}/new">${say('begin')}</a>`
    const turns = pageTurns(visit, {
      page,
      hasMore: page * pageSize < found.length,
      addressOf: (to) => `${section}${addressOf(filters, organisation, to)}`,
    })
    const body = html`<div class="panel-head page-head"><h1>${say('title')}</h1>${canSomewhere(visit.actor, 'plan.edit') ? enter : ''}</div>
${filterForm(visit, organisations, filters, organisation)}
<section class="panel lines">
${rows.length === 0 ? html`<p class="empty">${say('none')}</p>` : planTable(visit, rows, names)}
${turns}</section>
${rows.length === 0 ? '' : html`<section class="panel"><h2>${say('how-far')}</h2>${planBars(visit, rows.slice(0, mostBars))}</section>`}`
    return consolePage(visit, { title: say('title'), body, section })
  })

  addPlanPageRoutes(routes)
  addPlanItemRoutes(routes)
}

/** The filters in an address. Throws PlainError for an organisation out of reach. */
function filtersIn({ context, today }: Visit, organisations: readonly VisibleOrganisation[]) {
  const query = (name: string) => (context.req.query(name) ?? '').trim()
  const wanted = query('organisation')
  const found = organisations.find(({ id }) => id === wanted)
  if (wanted !== '' && !found) throw new PlainError('console:no-such-record')
  const state = planStates.find((one) => one === query('state'))
  const typed = Number(query('year'))
  // Without a wish the year that runs is shown; all years where that is asked for.
  const year = query('year') === 'all' ? undefined : typed >= 1990 && typed <= 2199 ? typed : yearOf(today)
  const filters: PlanFilters = { year, state }
  return { filters, organisation: found?.id ?? null }
}

function addressOf({ year, state }: PlanFilters, organisation: string | null, page: number): string {
  const query = new URLSearchParams({ year: String(year ?? 'all'), page: String(page) })
  if (state) query.set('state', state)
  if (organisation) query.set('organisation', organisation)
  return `?${query}`
}

function filterForm(
  visit: Visit,
  organisations: readonly VisibleOrganisation[],
  filters: PlanFilters,
  chosen: string | null,
): Html {
  const say = planSay(visit)
  const { language, today } = visit
  const option = (value: string, label: string, current: string) =>
    html`<option value="${value}"${value === current ? html` selected` : ''}>${label}</option>`
  const years = Array.from({ length: 6 }, (_, at) => String(yearOf(today) + 1 - at))
  const year = String(filters.year ?? 'all')
  return html`<form class="panel filters" role="search" action="${section}"><div class="filters-main">
<label>${say('year')}<select name="year">${years.includes(year) || year === 'all' ? '' : option(year, year, year)}${years.map((one) => option(one, one, year))}${option('all', say('all'), year)}</select></label>
<label>${say('state')}<select name="state">${option('', say('all'), filters.state ?? '')}${planStates.map((state) => option(state, stateTitle(state, language), filters.state ?? ''))}</select></label>
<label>${say('organisation')}<select name="organisation">${option('', say('all'), chosen ?? '')}${organisations.map(({ id, path }) => option(id, path, chosen ?? ''))}</select></label>
<button class="primary">${say('find')}</button></div></form>`
}

function planTable(visit: Visit, rows: readonly Plan[], names: ReadonlyMap<string, string>): Html {
  const say = planSay(visit)
  const { language, today } = visit
  return table(
    say('title'),
    [say('number'), say('name'), say('organisation'), say('state'), say('how-far')],
    rows.map(({ row, items }) => {
      const figures = figuresOf(items, today, row.state === 'running')
      return [
        html`<a href="${section}/${row.id}">${row.number}</a>`,
        html`<a href="${section}/${row.id}">${row.title}</a>`,
        names.get(row.organisation) ?? '',
        html`<span class="tag${row.state === 'running' ? ' state-open' : ''}">${stateTitle(row.state, language)}</span>`,
        html`${figuresLine(figures, language)}`,
      ]
    }),
  )
}

function planBars(visit: Visit, rows: readonly Plan[]): Html | '' {
  const say = planSay(visit)
  return barChart(
    say('how-far'),
    rows.map(({ row, items }) => {
      const { percent } = figuresOf(items, visit.today, false)
      return { label: row.number.slice(3), value: percent, text: `${percent}%` }
    }),
  )
}
