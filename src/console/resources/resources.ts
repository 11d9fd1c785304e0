import { html } from 'hono/html'
import { kindOf, useText } from '../../features/resources/finding/resource-cards.ts'
import { exportResources } from '../../features/resources/keeping/export-resources.ts'
import { importResources, resourcesTemplate } from '../../features/resources/keeping/import-resources.ts'
import { setRegion } from '../../features/resources/keeping/keep-resource.ts'
import { type ResourceRow, resourceStates, useOf } from '../../features/resources/records.ts'
import { sightOf } from '../../features/resources/sight.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { listOrganisations } from '../../people/organisations.ts'
import { sendFile } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import { largestImport } from '../limits.ts'
import { askedPage, pageTurns } from '../paging.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { needs, type Visit } from '../visit.ts'
import { addResourcePageRoutes } from './resource-page.ts'
import { importPanel, regionPanel, resourceFilters, resourceSay, resourceSection } from './resource-panels.ts'
import { addResourceRequestRoutes } from './resource-requests.ts'

const pageSize = 50

/** The directory of science resources for those who keep it: what `kexie resources` does, within their reach. */
export function addResourceRoutes(routes: ConsoleRoutes): void {
  const { options, get, post } = routes
  const { store, resources, logger } = options

  get('/resources', (visit) => directoryPage(visit, []))

  get('/resources/export', async (visit) => {
    const { context, language, today, who } = visit
    const { rows } = await keptRows(visit)
    const format = context.req.query('format') === 'csv' ? 'csv' : 'xlsx'
    logger.info({ by: who.id, format, rows: rows.length }, 'resources were exported')
    const { kinds } = resources
    return sendFile(visit, exportResources(store.db, rows, { kinds, format, language, today }))
  })

  get('/resources/template', async (visit) => {
    needs(visit, 'resource.edit')
    const pieces = (async function* () {
      yield new TextEncoder().encode(resourcesTemplate())
    })()
    return sendFile(visit, { pieces, name: 'resources.csv', type: 'text/csv; charset=utf-8' })
  })

  // What a refusal leads back to.
  get('/resources/import', async (visit) => visit.context.redirect(resourceSection, 303))

  post(
    '/resources/import',
    async (visit, fields) => {
      needs(visit, 'resource.edit')
      const file = fields.file('file')
      if (!file) throw new PlainError('console:import.no-file')
      const rows = await importResources(resources, new Uint8Array(await file.arrayBuffer()), visit.who.id)
      logger.info({ by: visit.who.id, rows: rows.length }, 'resources were imported')
      return directoryPage(visit, rows)
    },
    largestImport,
  )

  post('/resources/region', async (visit, fields) => {
    needs(visit, 'resource.edit')
    await store.transaction(async (trx) =>
      setRegion(trx, fields.text('organisation'), fields.text('region'), {
        ...{ by: visit.who.id, now: await store.now(trx) },
      }),
    )
    return visit.context.redirect(`${resourceSection}?done=region`, 303)
  })

  addResourceRequestRoutes(routes)
  addResourcePageRoutes(routes)

  /** What the visitor keeps and the filters let through. */
  async function keptRows(visit: Visit) {
    needs(visit, 'resource.edit')
    const asked = resourceFilters(visit)
    const { kept } = await sightOf(store.db, visit.who.id, visit.today)
    const all = await store.db
      .selectFrom('resource_entry')
      .selectAll()
      .orderBy('kind')
      .orderBy('title')
      .execute()
    const rows = all.filter(
      (row) =>
        kept.has(row.organisation) &&
        (asked.kind === '' || row.kind === asked.kind) &&
        // What was taken out is shown to those who ask for it.
        (asked.state === '' ? row.state !== 'retired' : row.state === asked.state) &&
        [row.number, row.title, row.subjects, row.place, row.description].some((text) =>
          text.includes(asked.q),
        ),
    )
    return { rows, asked, kept }
  }

  async function directoryPage(visit: Visit, report: Awaited<ReturnType<typeof importResources>>) {
    const { language, context } = visit
    const say = resourceSay(visit)
    const { rows, asked, kept } = await keptRows(visit)
    const page = askedPage(visit)
    const shown = rows.slice((page - 1) * pageSize, page * pageSize)
    const organisations = (await listOrganisations(store.db)).filter(({ id }) => kept.has(id))
    const paths = new Map(organisations.map(({ id, path }) => [id, path]))
    const use = await useOf(
      store.db,
      shown.map(({ id }) => id),
    )
    const address = (more: Record<string, string>) =>
      `?${new URLSearchParams(Object.entries({ ...asked, ...more }).filter(([, value]) => value !== ''))}`
    const file = (format: string) =>
      html`<a href="${resourceSection}/export${address({ format })}" download>${format.toUpperCase()}</a>`
    const rowOf = (row: ResourceRow) => {
      const used = use.get(row.id)
      return [
        html`<a href="${resourceSection}/${row.id}">${row.number}</a>`,
        html`<a href="${resourceSection}/${row.id}">${row.title}</a>`,
        kindOf(row, resources.kinds, language),
        row.subjects,
        paths.get(row.organisation) ?? '',
        translate(language, `resources:share.${row.share}`),
        html`<span class="tag${row.state === 'open' ? '' : ' waiting'}">${translate(language, `resources:standing.${row.state}`)}</span>`,
        used ? useText(used, language) : '',
      ]
    }
    const header = [
      ...['number', 'title', 'kind', 'subjects', 'organisation'].map((key) =>
        translate(language, `resources:column.${key}`),
      ),
      say('share'),
      translate(language, 'resources:column.state'),
      say('use'),
    ]
    const option = (value: string, label: string, chosen: string) =>
      html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`
    const { kinds } = resources
    const regions = await store.db.selectFrom('resource_region').selectAll().execute()
    const turns = pageTurns(visit, {
      page,
      hasMore: page * pageSize < rows.length,
      addressOf: (to) => `${resourceSection}${address({ page: String(to) })}`,
    })
    const body = html`<h1>${say('title')}</h1>
<p class="lead">${say('lead')} <a href="${options.publicUrl()}/open-day">${options.publicUrl()}/open-day</a></p>
${context.req.query('done') === 'region' ? html`<p class="done" role="status">${say('region-done')}</p>` : ''}
<p class="actions"><a class="button" href="${resourceSection}/new">${say('new')}</a><a class="button" href="${resourceSection}/requests">${say('requests')}</a></p>
<form class="panel filters" role="search" action="${resourceSection}"><div class="filters-main">
<label>${say('words')}<input name="q" type="search" value="${asked.q}" maxlength="100"></label>
<label>${say('kind')}<select name="kind">${option('', say('all'), asked.kind)}${kinds.all().map(({ name, title }) => option(name, title[language], asked.kind))}</select></label>
<label>${say('state')}<select name="state">${option('', say('in'), asked.state)}${resourceStates.map((state) => option(state, translate(language, `resources:standing.${state}`), asked.state))}</select></label>
<button class="primary">${say('find')}</button></div></form>
${report.length > 0 ? importPanel.report(visit, report) : ''}
<section class="panel lines"><h2>${say('count', { count: rows.length })}</h2>
${shown.length === 0 ? html`<p class="empty">${say('none')}</p>` : table(say('title'), header, shown.map(rowOf))}
${rows.length === 0 ? '' : html`<p class="small">${say('download')} ${file('xlsx')} · ${file('csv')}</p>${pushButton(visit, '科普资源')}`}
${turns}</section>
${importPanel.form(visit)}
${regionPanel(visit, organisations, regions)}`
    return consolePage(visit, { title: say('title'), body, section: resourceSection })
  }
}
