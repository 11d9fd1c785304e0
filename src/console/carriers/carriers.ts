import { join } from 'node:path'
import { html } from 'hono/html'
import {
  gradeTitle,
  kindTitle,
  matterTitle,
  standingTitle,
  stateTitle,
} from '../../features/carriers/carrier-texts.ts'
import { carriersTemplate } from '../../features/carriers/columns.ts'
import { carrierFormats, contactNames, exportCarriers } from '../../features/carriers/export-carriers.ts'
import { type CarrierImportRow, importCarriers } from '../../features/carriers/import-carriers.ts'
import {
  type CarrierFilters,
  figuresByOrganisation,
  type ListedCarrier,
  narrowed,
  overviewOf,
} from '../../features/carriers/overview.ts'
import { lastOutcomeOf } from '../../features/carriers/records.ts'
import { carrierKinds, readCarrierRules } from '../../features/carriers/rules.ts'
import { matters } from '../../features/carriers/schedule.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { can } from '../../people/can.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { sendFile } from '../download.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import { largestImport } from '../limits.ts'
import { type VisibleOrganisation, visibleOrganisations } from '../members.ts'
import { askedPage, pageTurns } from '../paging.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { canSomewhere, needs, type Visit, wholeHouse } from '../visit.ts'
import { addCarrierPageRoutes } from './carrier-page.ts'
import { carrierReport } from './carrier-report.ts'
import { carrierSay } from './carrier-say.ts'

const section = '/console/carriers'
const pageSize = 50
const states = ['active', 'ended', 'revoked'] as const

/** Service carriers: a list that is narrowed, figures of each organisation, files out and in, and each on a page of its own. */
export function addCarrierRoutes(routes: ConsoleRoutes): void {
  const { options, get, post } = routes
  const { store, submissions, logger } = options
  const rules = readCarrierRules(join(submissions.knowledgeDir ?? '.', 'carriers.yaml'))

  /** What the visitor sees, and of it what was asked for. */
  async function read(visit: Visit) {
    needs(visit, 'carrier.view')
    const visible = await visibleOrganisations(store.db, visit.actor)
    const organisations = visible.filter(({ place }) => can(visit.actor, 'carrier.view', place))
    const reach = can(visit.actor, 'carrier.view', wholeHouse) ? null : organisations.map(({ id }) => id)
    const all = await overviewOf(store.db, rules, reach, visit.today)
    const { filters, below } = filtersIn(visit, organisations)
    return { organisations, all, filters, below, shown: narrowed(all, filters, below) }
  }

  async function listPage(visit: Visit, report: readonly CarrierImportRow[] | null) {
    const say = carrierSay(visit)
    const { organisations, all, filters, below, shown } = await read(visit)
    const page = askedPage(visit)
    const rows = shown.slice((page - 1) * pageSize, page * pageSize)
    const edits = canSomewhere(visit.actor, 'carrier.edit')
    const enter = html`<a class="button" href="${section}/new">${say('enter')}</a>`
    const turns = pageTurns(visit, {
      page,
      hasMore: page * pageSize < shown.length,
      addressOf: (to) => `${section}${addressOf(filters, { page: String(to) })}`,
    })
    const body = html`<div class="panel-head page-head"><h1>${say('title')}</h1>${edits ? enter : ''}</div>
${report ? carrierReport(visit, report) : ''}
${filterForm(visit, organisations, filters)}
<section class="panel lines">
${rows.length === 0 ? html`<p class="empty">${say(all.length === 0 ? 'none' : 'none-found')}</p>` : carrierTable(visit, rows)}
${shown.length === 0 ? '' : html`<p class="small">${say('download')} ${carrierFormats.map((format, i) => html`${i > 0 ? ' · ' : ''}<a href="${section}/export${addressOf(filters, { format })}" download>${format.toUpperCase()}</a>`)}</p>${pushButton(visit, '服务载体')}`}
${turns}</section>
${all.length === 0 ? '' : figuresPanel(visit, narrowed(all, {}, below))}
${edits ? importForm(visit) : ''}`
    return consolePage(visit, { title: say('title'), body, section })
  }

  get('/carriers', (visit) => listPage(visit, null))

  get('/carriers/export', async (visit) => {
    const { shown } = await read(visit)
    const format = carrierFormats.find((one) => one === visit.context.req.query('format')) ?? 'xlsx'
    const { language, today } = visit
    const contacts = await contactNames(store.db, shown)
    return sendFile(visit, exportCarriers(shown, contacts, { format, language, today }))
  })

  get('/carriers/template', async (visit) => {
    needs(visit, 'carrier.edit')
    visit.context.header('Content-Type', 'text/csv; charset=utf-8')
    visit.context.header('Content-Disposition', 'attachment; filename="carriers.csv"')
    return visit.context.body(carriersTemplate())
  })

  get('/carriers/import', async (visit) => visit.context.redirect(section, 303))

  post(
    '/carriers/import',
    async (visit, fields) => {
      needs(visit, 'carrier.edit')
      const file = fields.file('file')
      if (!file) throw new PlainError('carriers:page.no-file')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const report = await importCarriers(store, rules, bytes, visit.who.id)
      logger.info({ by: visit.who.id, rows: report.length }, 'carriers were imported')
      options.events.wakeWorkers()
      return listPage(visit, report)
    },
    largestImport,
  )

  addCarrierPageRoutes(routes)
}

/** The filters in an address. Throws PlainError for an organisation out of reach. */
function filtersIn({ context }: Visit, organisations: readonly VisibleOrganisation[]) {
  const query = (name: string) => (context.req.query(name) ?? '').toWellFormed().replaceAll('\0', '').trim()
  const filters: CarrierFilters = {}
  const kind = carrierKinds.find((one) => one === query('kind'))
  const state = states.find((one) => one === query('state'))
  const standing = ([...matters, 'warned'] as const).find((one) => one === query('standing'))
  if (kind) filters.kind = kind
  if (state) filters.state = state
  if (standing) filters.standing = standing
  if (query('q') !== '') filters.text = Array.from(query('q')).slice(0, 100).join('')
  const wanted = query('organisation')
  const organisation = organisations.find(({ id }) => id === wanted)
  if (wanted !== '' && !organisation) throw new PlainError('console:no-such-record')
  if (organisation) filters.organisation = organisation.id
  return { filters, below: organisation?.path ?? null }
}

function addressOf(
  { kind, state, standing, organisation, text }: CarrierFilters,
  more: Record<string, string> = {},
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ kind, state, standing, organisation, q: text, ...more })) {
    if (value) query.set(name, value)
  }
  return query.size === 0 ? '' : `?${query}`
}

function filterForm(
  visit: Visit,
  organisations: readonly VisibleOrganisation[],
  filters: CarrierFilters,
): Html {
  const say = carrierSay(visit)
  const { language } = visit
  const option = (value: string, label: string, chosen = '') =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`
  const all = option('', say('all'))
  return html`<form class="panel filters" role="search" action="${section}"><div class="filters-main">
<label>${say('words')}<input name="q" type="search" value="${filters.text ?? ''}" maxlength="100" placeholder="${say('words-hint')}"></label>
<label>${say('kind')}<select name="kind">${all}${carrierKinds.map((kind) => option(kind, kindTitle(kind, language), filters.kind))}</select></label>
<label>${say('state')}<select name="state">${all}${states.map((state) => option(state, stateTitle(state, language), filters.state))}</select></label>
<label>${say('standing')}<select name="standing">${all}${matters.map((matter) => option(matter, matterTitle(matter, language), filters.standing))}${option('warned', say('warned'), filters.standing)}</select></label>
<label>${say('organisation')}<select name="organisation">${all}${organisations.map(({ id, path }) => option(id, path, filters.organisation))}</select></label>
<button class="primary">${say('find')}</button></div></form>`
}

function carrierTable(visit: Visit, rows: readonly ListedCarrier[]): Html {
  const say = carrierSay(visit)
  const { language } = visit
  const keys = ['number', 'name', 'unit', 'until', 'state', 'grade', 'last-outcome'] as const
  return table(
    say('title'),
    keys.map((key) => say(key)),
    rows.map(({ carrier, organisation, today, standing, warnings }) => {
      const { row, grades } = carrier
      const [last] = grades
      const marks = [
        ...standing.map((matter) => standingTitle(matter, row, today, language)),
        ...(warnings.length > 0 ? [say('warned')] : []),
      ]
      return [
        html`<a href="${section}/${row.id}">${row.number}</a>`,
        html`<a href="${section}/${row.id}">${row.name}</a><br><span class="small-inline">${kindTitle(row.kind, language)} · ${row.partner}</span>`,
        organisation,
        row.ends_on,
        html`<span class="tag${row.state === 'active' ? ' state-open' : ''}">${stateTitle(row.state, language)}</span>${marks.map((mark) => html` <span class="tag waiting">${mark}</span>`)}`,
        last ? `${last.year}：${last.score}（${gradeTitle(last.grade, language)}）` : '',
        lastOutcomeOf(carrier) ?? '',
      ]
    }),
  )
}

function figuresPanel(visit: Visit, carriers: readonly ListedCarrier[]): Html {
  const say = carrierSay(visit)
  const { language } = visit
  const kinds = carrierKinds.map((kind) => kindTitle(kind, language))
  const header = [
    say('unit'),
    say('active'),
    ...kinds,
    say('expiring'),
    say('dormant'),
    say('warned'),
    say('outcomes'),
  ]
  const rows = figuresByOrganisation(carriers).map(({ organisation, figures }) => [
    organisation,
    ...[figures.active, ...carrierKinds.map((kind) => figures.byKind[kind])].map(String),
    ...[figures.expiring, figures.dormant, figures.warned, figures.outcomes].map(String),
  ])
  return html`<section class="panel"><h2>${say('figures')}</h2>${table(say('figures'), header, rows)}</section>`
}

function importForm(visit: Visit): Html {
  const say = carrierSay(visit)
  return html`<details class="panel form-panel" id="import"><summary>${say('import')}</summary>
<p class="small">${say('import-hint')} <a href="${section}/template" download>${say('template')}</a></p>
<form method="post" action="${section}/import" enctype="multipart/form-data" class="fields">${csrfField(visit)}
<label>${say('file')}<input type="file" name="file" required accept=".xlsx,.csv,.txt"></label>
<button class="primary">${say('import')}</button></form></details>`
}
