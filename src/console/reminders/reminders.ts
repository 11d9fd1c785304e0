import { html } from 'hono/html'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { can } from '../../people/can.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { sendFile } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import { type VisibleOrganisation, visibleOrganisations } from '../members.ts'
import { askedPage, pageTurns } from '../paging.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { canSomewhere, needs, type Visit } from '../visit.ts'
import { exportReminders } from './export-reminders.ts'
import {
  type ListedOnPage,
  listOnPage,
  type ReminderFilters,
  reminderSources,
  reminderStates,
} from './reminder-list.ts'
import { addReminderPageRoutes } from './reminder-page.ts'
import { reminderSay } from './reminder-say.ts'

const section = '/console/reminders'
const pageSize = 50
const onlys = ['open', 'problem'] as const

/** Reminders: a list that is narrowed, with who has not acknowledged, and each on a page of its own. */
export function addReminderRoutes(routes: ConsoleRoutes): void {
  const { store } = routes.options

  /** What the visitor sees of the list, narrowed as the address asks. */
  async function read(visit: Visit) {
    needs(visit, 'reminder.view')
    const visible = await visibleOrganisations(store.db, visit.actor)
    const organisations = visible.filter(({ place }) => can(visit.actor, 'reminder.view', place))
    const filters = filtersIn(visit, organisations)
    const reach = { person: visit.who.id, organisations: organisations.map(({ id }) => id) }
    const list = (part: { offset: number; limit: number }) =>
      listOnPage(store.db, reach, filters, { ...part, language: visit.language })
    return { organisations, filters, list }
  }

  routes.get('/reminders', async (visit) => {
    const { organisations, filters, list } = await read(visit)
    const say = reminderSay(visit)
    const page = askedPage(visit)
    const { rows, hasMore } = await list({ offset: (page - 1) * pageSize, limit: pageSize })
    const make = canSomewhere(visit.actor, 'reminder.make')
    const turns = pageTurns(visit, {
      page,
      hasMore: hasMore,
      addressOf: (to) => `${section}${addressOf(filters, { page: String(to) })}`,
    })
    const body = html`<div class="panel-head page-head"><h1>${say('title')}</h1>${make ? html`<a class="button" href="${section}/new">${say('make')}</a>` : ''}</div>
${filterForm(visit, organisations, filters)}
<section class="panel lines">
${rows.length === 0 ? html`<p class="empty">${say('none')}</p>` : reminderTable(visit, rows)}
${rows.length === 0 ? '' : html`<p class="small">${say('download')} <a href="${section}/export${addressOf(filters, {})}" download>XLSX</a></p>${pushButton(visit, '提醒事项')}`}
${turns}</section>`
    return consolePage(visit, { title: say('title'), body, section })
  })

  routes.get('/reminders/export', async (visit) => {
    const { list } = await read(visit)
    return sendFile(visit, exportReminders(visit, list))
  })

  addReminderPageRoutes(routes)
}

/** The filters in an address. Throws PlainError for an organisation out of reach. */
function filtersIn({ context, who }: Visit, organisations: readonly VisibleOrganisation[]): ReminderFilters {
  const query = (name: string) => (context.req.query(name) ?? '').toWellFormed().replaceAll('\0', '').trim()
  const source = reminderSources.find((one) => one === query('source')) ?? 'made'
  const filters: ReminderFilters = { source }
  const state = reminderStates.find((one) => one === query('state'))
  const only = onlys.find((one) => one === query('only'))
  if (state) filters.state = state
  if (only) filters.only = only
  if (query('owner') === 'me') filters.owner = who.id
  if (query('q') !== '') filters.text = Array.from(query('q')).slice(0, 100).join('')
  const wanted = query('organisation')
  if (wanted !== '' && !organisations.some(({ id }) => id === wanted)) {
    throw new PlainError('console:no-such-record')
  }
  if (wanted !== '') filters.organisation = wanted
  return filters
}

function addressOf(
  { state, source, organisation, owner, text, only }: ReminderFilters,
  more: Record<string, string>,
): string {
  const query = new URLSearchParams()
  const given = {
    state,
    source,
    organisation,
    owner: owner === undefined ? '' : 'me',
    q: text,
    only,
    ...more,
  }
  for (const [name, value] of Object.entries(given)) if (value) query.set(name, value)
  return `?${query}`
}

function filterForm(
  visit: Visit,
  organisations: readonly VisibleOrganisation[],
  filters: ReminderFilters,
): Html {
  const say = reminderSay(visit)
  const option = (value: string, label: string, chosen = '') =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`
  const all = option('', say('all'))
  const owner = filters.owner === undefined ? '' : 'me'
  return html`<form class="panel filters" role="search" action="${section}"><div class="filters-main">
<label>${say('words')}<input name="q" type="search" value="${filters.text ?? ''}" maxlength="100"></label>
<label>${say('state')}<select name="state">${all}${reminderStates.map((state) => option(state, translate(visit.language, `reminders:state.${state}`), filters.state))}</select></label>
<label>${say('organisation')}<select name="organisation">${all}${organisations.map(({ id, path }) => option(id, path, filters.organisation))}</select></label>
<label>${say('source')}<select name="source">${reminderSources.map((one) => option(one, say(`source-${one}`), filters.source))}</select></label>
<label>${say('owner')}<select name="owner">${all}${option('me', say('mine'), owner)}</select></label>
<label>${say('only')}<select name="only">${all}${option('open', say('only-open'), filters.only)}${option('problem', say('only-problem'), filters.only)}</select></label>
<button class="primary">${say('find')}</button></div></form>`
}

function reminderTable(visit: Visit, rows: readonly ListedOnPage[]): Html {
  const say = reminderSay(visit)
  const header = [
    ...[say('number'), say('name'), say('state'), say('next-time'), say('waiting')],
    ...[say('organisation'), say('owner')],
  ]
  return table(
    say('title'),
    header,
    rows.map(({ id, number, title, organisation, owner, state, next, waiting, problems }) => [
      html`<a href="${section}/${id}">${number}</a>`,
      html`<a href="${section}/${id}">${title}</a><span class="when-narrow small">${[translate(visit.language, `reminders:state.${state}`), next].filter(Boolean).join(' · ')}</span>`,
      html`<span class="tag${state === 'active' ? ' state-open' : ''}">${translate(visit.language, `reminders:state.${state}`)}</span>${problems.map((problem) => html` <span class="tag waiting">${problem}</span>`)}`,
      next,
      waiting.count === 0
        ? ''
        : say('waiting-names', { count: waiting.count, names: waiting.names.join(say('joint')) }),
      ...[organisation, owner],
    ]),
  )
}
