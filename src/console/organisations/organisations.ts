import { html } from 'hono/html'
import { profilesTemplate } from '../../features/organisations/columns.ts'
import {
  exportProfiles,
  profileFormats,
  regionHeading,
  regionLine,
} from '../../features/organisations/export-profiles.ts'
import { importProfiles } from '../../features/organisations/import-profiles.ts'
import {
  figuresByRegion,
  isUnit,
  type ListedOrganisation,
  listProfiles,
  missingOf,
  narrowed,
  type ProfileFilters,
} from '../../features/organisations/overview.ts'
import { associations, modes, type Profile } from '../../features/organisations/profile.ts'
import { associationTitle, marksOf, modeTitle } from '../../features/organisations/profile-texts.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { can } from '../../people/can.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { sendFile } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import { largestImport } from '../limits.ts'
import { type VisibleOrganisation, visibleOrganisations } from '../members.ts'
import { askedPage, pageTurns } from '../paging.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { canSomewhere, needs, type Visit } from '../visit.ts'
import { confirmForm, importForm, type ProfileReport, profileReport } from './organisation-import.ts'
import { addOrganisationPageRoutes } from './organisation-page.ts'
import { organisationSay } from './organisation-say.ts'

const section = '/console/organisations'
const pageSize = 100

/** Organisations and their associations: a list that is narrowed, figures by region, files out and in, each on its page. */
export function addOrganisationRoutes(routes: ConsoleRoutes): void {
  const { options, get, post } = routes
  const { store, blobs, logger, duties } = options
  const { reminders } = duties.organisations

  /** What the visitor sees, and of it what was asked for. */
  async function read(visit: Visit) {
    needs(visit, 'profile.view')
    const visible = await visibleOrganisations(store.db, visit.actor)
    const organisations = visible.filter(({ place }) => can(visit.actor, 'profile.view', place))
    const all = await listProfiles(
      store.db,
      organisations.map(({ id }) => id),
    )
    const { filters, below } = filtersIn(visit, organisations)
    return { organisations, all, filters, below, shown: narrowed(all, filters, below?.path ?? null) }
  }

  async function listPage(visit: Visit, report: ProfileReport | null) {
    const say = organisationSay(visit)
    const { organisations, all, filters, below, shown } = await read(visit)
    const page = askedPage(visit)
    const rows = shown.slice((page - 1) * pageSize, page * pageSize)
    const edits = canSomewhere(visit.actor, 'profile.edit')
    const turns = pageTurns(visit, {
      page,
      hasMore: page * pageSize < shown.length,
      addressOf: (to) => `${section}${addressOf(filters, below?.id, { page: String(to) })}`,
    })
    const body = html`<div class="panel-head page-head"><h1>${say('title')}</h1></div>
${report ? html`${profileReport(visit, report)}${confirmForm(visit, report)}` : ''}
${filterForm(visit, { organisations, all, filters, below: below?.id ?? '' })}
<section class="panel lines">
${rows.length === 0 ? html`<p class="empty">${say('none-found')}</p>` : organisationTable(visit, rows, all)}
${shown.length === 0 ? '' : html`<p class="small">${say('download')} ${profileFormats.map((format, i) => html`${i > 0 ? ' · ' : ''}<a href="${section}/export${addressOf(filters, below?.id, { format })}" download>${format.toUpperCase()}</a>`)}</p>${pushButton(visit, '科协组织')}`}
${turns}</section>
${regionPanel(visit, narrowed(all, {}, below?.path ?? null))}
${edits ? importForm(visit) : ''}`
    return consolePage(visit, { title: say('title'), body, section })
  }

  get('/organisations', (visit) => listPage(visit, null))

  get('/organisations/export', async (visit) => {
    const { shown } = await read(visit)
    const format = profileFormats.find((one) => one === visit.context.req.query('format')) ?? 'xlsx'
    return sendFile(visit, exportProfiles(shown, { format, language: visit.language, today: visit.today }))
  })

  get('/organisations/template', async (visit) => {
    needs(visit, 'profile.edit')
    visit.context.header('Content-Type', 'text/csv; charset=utf-8')
    visit.context.header('Content-Disposition', 'attachment; filename="organisations.csv"')
    return visit.context.body(profilesTemplate())
  })

  get('/organisations/import', async (visit) => visit.context.redirect(section, 303))

  // First it is shown what would change; the file waits among those that nothing holds, which are removed at night.
  post(
    '/organisations/import',
    async (visit, fields) => {
      needs(visit, 'profile.edit')
      const file = fields.file('file')
      if (!file) throw new PlainError('duty-pages:organisations.no-file')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const rows = await importProfiles(store, bytes, { by: visit.who.id, reminders, preview: true })
      return listPage(visit, { rows, preview: await blobs.put(bytes) })
    },
    largestImport,
  )

  post('/organisations/import/confirm', async (visit, fields) => {
    needs(visit, 'profile.edit')
    const hash = fields.text('file')
    const bytes = /^[0-9a-f]{64}$/.test(hash) ? await blobs.get(hash) : null
    if (!bytes) throw new PlainError('duty-pages:organisations.file-gone')
    const rows = await importProfiles(store, bytes, { by: visit.who.id, reminders, preview: false })
    logger.info({ by: visit.who.id, rows: rows.length }, 'profiles of organisations were imported')
    options.events.wakeWorkers()
    return listPage(visit, { rows, preview: null })
  })

  addOrganisationPageRoutes(routes)
}

/** The filters in an address. Throws PlainError for an organisation out of reach. */
function filtersIn({ context }: Visit, organisations: readonly VisibleOrganisation[]) {
  const query = (name: string) => (context.req.query(name) ?? '').toWellFormed().replaceAll('\0', '').trim()
  const filters: ProfileFilters = {}
  const association = associations.find((one) => one === query('association'))
  const mode = modes.find((one) => one === query('mode'))
  if (association) filters.association = association
  if (mode) filters.mode = mode
  if (query('missing') !== '') filters.missing = true
  if (query('region') !== '') filters.region = query('region')
  const wanted = query('organisation')
  const below = organisations.find(({ id }) => id === wanted)
  if (wanted !== '' && !below) throw new PlainError('console:no-such-record')
  return { filters, below: below ?? null }
}

function addressOf(
  { region, association, mode, missing }: ProfileFilters,
  organisation: string | undefined,
  more: Record<string, string> = {},
): string {
  const query = new URLSearchParams()
  const wanted = { region, association, mode, missing: missing ? 'yes' : undefined, organisation, ...more }
  for (const [name, value] of Object.entries(wanted)) if (value) query.set(name, value)
  return query.size === 0 ? '' : `?${query}`
}

function filterForm(
  visit: Visit,
  given: {
    organisations: readonly VisibleOrganisation[]
    all: readonly ListedOrganisation[]
    filters: ProfileFilters
    below: string
  },
): Html {
  const say = organisationSay(visit)
  const { language } = visit
  const { organisations, all, filters, below } = given
  const option = (value: string, label: string, chosen = '') =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`
  const any = option('', say('all'))
  const regions = [...new Set(all.map(({ profile }) => profile.region))].filter(Boolean).toSorted()
  return html`<form class="panel filters" role="search" action="${section}"><div class="filters-main">
<label>${say('region')}<select name="region">${any}${regions.map((one) => option(one, one, filters.region))}${option('none', say('no-region'), filters.region)}</select></label>
<label>${say('association')}<select name="association">${any}${associations.map((one) => option(one, associationTitle(one, language), filters.association))}</select></label>
<label>${say('mode')}<select name="mode">${any}${modes.map((one) => option(one, modeTitle(one, language), filters.mode))}</select></label>
<label>${say('organisation')}<select name="organisation">${any}${organisations.map(({ id, path }) => option(id, path, below))}</select></label>
<label class="check"><input type="checkbox" name="missing" value="yes"${filters.missing ? html` checked` : ''}> ${say('missing')}</label>
<button class="primary">${say('find')}</button></div></form>`
}

function organisationTable(
  visit: Visit,
  rows: readonly ListedOrganisation[],
  all: readonly ListedOrganisation[],
): Html {
  const say = organisationSay(visit)
  const { language } = visit
  // An association below a unit speaks for one that is founded.
  const above = new Set(all.flatMap(({ organisation: one }) => (isUnit(one) ? [] : [one.parent])))
  const hasOwn = (id: string, profile: Profile) => profile.association !== 'founded' && above.has(id)
  const keys = ['organisation', 'region', 'workers', 'association', 'term', 'people', 'has'] as const
  return table(
    say('title'),
    keys.map((key) => say(key)),
    rows.map(({ organisation, profile }) => {
      const counts = isUnit(organisation)
      const isLate = profile.termEndsOn !== null && profile.termEndsOn < visit.today
      return [
        html`<a href="${section}/${organisation.id}">${'　'.repeat(organisation.depth)}${organisation.name}</a>${counts && missingOf(profile).length > 0 ? html` <span class="tag waiting">${say('missing')}</span>` : ''}`,
        [profile.region, profile.industry].filter(Boolean).join(' · '),
        profile.stWorkers === null ? '' : String(profile.stWorkers),
        counts
          ? html`<span class="tag${profile.association === 'founded' ? ' state-open' : ''}">${associationTitle(profile.association, language)}</span> ${modeTitle(profile.mode, language)}${hasOwn(organisation.id, profile) ? html` <span class="tag waiting">${say('has-own')}</span>` : ''}`
          : html`<span class="small">${say('is-association')}</span>`,
        html`${profile.termEndsOn ?? ''}${isLate ? html` <span class="tag waiting">${say('term-over')}</span>` : ''}`,
        [profile.chair, profile.secretary].filter(Boolean).join(' / '),
        profile.association === 'founded' ? marksOf(profile, language) : '',
      ]
    }),
  )
}

function regionPanel(visit: Visit, listed: readonly ListedOrganisation[]): Html | '' {
  const say = organisationSay(visit)
  const { language } = visit
  if (listed.length === 0) return ''
  const { regions, total } = figuresByRegion(listed)
  const rows = [
    ...regions.map(({ region, figures }) => regionLine(region || say('no-region'), figures)),
    regionLine(say('total'), total),
  ].map((line) => line.map(String))
  return html`<section class="panel"><h2>${say('by-region')}</h2>${table(say('by-region'), regionHeading(language), rows)}
<p class="small">${say('coverage-note')}</p></section>`
}
