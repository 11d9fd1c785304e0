import { html } from 'hono/html'
import {
  exportLedger,
  kindsOf,
  type LedgerFormat,
  ledgerFormats,
} from '../../features/submissions/ledger/export-ledger.ts'
import {
  importLedger,
  type LedgerReport,
  largestLedger,
} from '../../features/submissions/ledger/import/import-ledger.ts'
import { noMapping, readMapping } from '../../features/submissions/ledger/import/mapping.ts'
import type { NamedTemplates } from '../../features/submissions/ledger/named-templates.ts'
import { type LedgerTemplate, readTemplate } from '../../features/submissions/ledger/template.ts'
import type { ListFilters } from '../../features/submissions/list-submissions.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { explainError, translate } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { sendFile } from '../download.ts'
import type { Fields } from '../form-fields.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import { largestForm } from '../limits.ts'
import { visibleOrganisations } from '../members.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { canSomewhere, needs, type Visit } from '../visit.ts'
import { filterChoices, filtersIn } from './submission-filters.ts'

const section = '/console/ledgers'
/** Rows that were taken are counted; of the refused ones the first are listed. */
const mostShown = 500

/** Ledgers of what was sent in: written in the cadre's own columns, and old ones taken up, with what became of each row. */
export function addLedgerRoutes({ options, get, post }: ConsoleRoutes, templates: NamedTemplates): void {
  const { store, submissions, logger } = options
  const { kinds } = submissions

  get('/ledgers', async (visit) => {
    needs(visit, 'submission.export')
    return ledgersPage(visit, null, false)
  })

  /** As the lists' filters stand in an address, with `format` and the name of a template. */
  get('/ledgers/export', async (visit) => {
    needs(visit, 'submission.export')
    const query = (name: string) => visit.context.req.query(name) ?? ''
    const filters = filtersIn(visit, await filterChoices(store.db, visit))
    const named = query('template')
    const template = named === '' ? null : await templates.read(named, ledgerKinds(filters))
    return download(visit, filters, query('format'), template)
  })

  /** With the cadre's own template, as a file. */
  post(
    '/ledgers/export',
    async (visit, fields) => {
      needs(visit, 'submission.export')
      const file = fields.file('file')
      if (!file) throw new PlainError('console:import.no-file')
      const kind = fields.text('kind')
      const filters: ListFilters = kind === '' ? {} : { kind: kinds.current(kind).kind }
      const bytes = new Uint8Array(await file.arrayBuffer())
      const template = await readTemplate(bytes, file.name, ledgerKinds(filters))
      return download(visit, filters, fields.text('format'), template)
    },
    largestLedger + largestForm,
  )

  post(
    '/ledgers/import',
    async (visit, fields) => {
      needs(visit, 'submission.import')
      const file = fields.file('file')
      if (!file) throw new PlainError('console:import.no-file')
      const isDry = fields.text('only') !== ''
      const report = await importLedger(submissions, new Uint8Array(await file.arrayBuffer()), {
        asker: { person: visit.who.id },
        mapping: await mappingIn(fields),
        organisation: fields.text('organisation') || null,
        day: fields.day('day'),
        kind: fields.text('kind') || null,
        ...{ state: null, dryRun: isDry, language: visit.language },
      })
      logger.info({ by: visit.who.id, rows: report.rows.length, isDry }, 'a ledger was imported')
      return ledgersPage(visit, report, isDry)
    },
    largestLedger + largestForm,
  )

  const ledgerKinds = ({ kind }: ListFilters) => kindsOf(kinds.everyVersion(), kind)

  async function download(
    visit: Visit,
    filters: ListFilters,
    given: string,
    template: LedgerTemplate | null,
  ): Promise<Response> {
    const format: LedgerFormat = ledgerFormats.find((one) => one === given) ?? 'xlsx'
    const asker = { person: visit.who.id }
    const request = { asker, filters, format, template, language: visit.language }
    const file = await exportLedger(submissions, request)
    logger.info({ by: visit.who.id, format }, 'a ledger was exported')
    return sendFile(visit, file)
  }

  async function ledgersPage(visit: Visit, report: LedgerReport | null, isDry: boolean) {
    const { say, language, actor } = visit
    const { organisations } = await filterChoices(store.db, visit)
    const option = (value: string, label: string) => html`<option value="${value}">${label}</option>`
    const kindOptions = kinds.all().map(({ kind, title }) => option(kind, translate(language, title)))
    const units = (await visibleOrganisations(store.db, actor)).map(({ id, path }) => option(id, path))
    const formats = html`<label>${say('ledgers.format')}<select name="format">${ledgerFormats.map((format) => option(format, format.toUpperCase()))}</select></label>`
    const all = option('', say('submissions.all'))
    const body = html`<h1>${say('nav.ledgers')}</h1>
${report ? reportPanel(visit, report, isDry) : ''}
<section class="panel"><h2>${say('ledgers.export')}</h2><form action="${section}/export" class="fields">
<label>${say('submissions.kind')}<select name="kind">${all}${kindOptions}</select></label>
<label>${say('submissions.organisation')}<select name="organisation">${all}${organisations.map(({ id, path }) => option(id, path))}</select></label>
<label>${say('submissions.from')}<input type="date" name="from"></label>
<label>${say('submissions.until')}<input type="date" name="until"></label>
<label>${say('ledgers.template')}<select name="template">${option('', say('ledgers.usual'))}${templates.names().map((name) => option(name, name))}</select></label>
${formats}<button class="primary">${say('ledgers.download')}</button></form>${pushButton(visit, '台账')}</section>
<section class="panel"><h2>${say('ledgers.own')}</h2><p class="small">${say('ledgers.own-hint')}</p>
<form method="post" action="${section}/export" enctype="multipart/form-data" class="fields">${csrfField(visit)}
<label>${say('ledgers.template-file')}<input type="file" name="file" required accept=".xlsx,.csv,.yaml,.yml"></label>
<label>${say('submissions.kind')}<select name="kind">${all}${kindOptions}</select></label>
${formats}<button>${say('ledgers.download')}</button></form></section>
${canSomewhere(actor, 'submission.import') ? importForm(visit, kindOptions, units) : ''}`
    return consolePage(visit, { title: say('nav.ledgers'), body, section })
  }
}

function importForm(visit: Visit, kinds: readonly Html[], units: readonly Html[]): Html {
  const { say } = visit
  return html`<section class="panel"><h2>${say('ledgers.import')}</h2><p class="small">${say('ledgers.import-hint')}</p>
<form method="post" action="${section}/import" enctype="multipart/form-data" class="fields">${csrfField(visit)}
<label>${say('ledgers.old-file')}<input type="file" name="file" required accept=".xlsx,.csv,.txt"></label>
<label>${say('submissions.kind')}<select name="kind" required>${kinds}</select></label>
<label>${say('ledgers.unit')}<select name="organisation"><option value="">${say('ledgers.refuse')}</option>${units}</select></label>
<label>${say('ledgers.day')}<input type="date" name="day"></label>
<label>${say('ledgers.mapping')}<input type="file" name="mapping" accept=".yaml,.yml"></label>
<label class="check"><input type="checkbox" name="only" value="yes" checked> ${say('ledgers.only')}</label>
<button class="primary">${say('ledgers.import')}</button></form></section>`
}

async function mappingIn(fields: Fields) {
  const file = fields.file('mapping')
  return file ? readMapping(new Uint8Array(await file.arrayBuffer())) : noMapping
}

function reportPanel({ say, language }: Visit, report: LedgerReport, isDry: boolean): Html {
  const count = (outcome: string) => report.rows.filter((row) => row.outcome === outcome).length
  const refused = report.rows.filter(({ outcome }) => outcome === 'refused')
  const rows = refused
    .slice(0, mostShown)
    .map(({ line, cell, subject, reason }) => [
      ...[String(line), cell, subject],
      reason ? explainError(reason, language) : '',
    ])
  const header = (['line', 'cell', 'subject', 'reason'] as const).map((key) => say(`ledgers.${key}`))
  return html`<section class="panel" role="status"><h2>${say(isDry ? 'ledgers.checked' : 'ledgers.done')}</h2>
<dl class="figures">${(['taken', 'there', 'refused'] as const).map((outcome) => html`<div><dt>${say(`ledgers.${outcome}`)}</dt><dd>${count(outcome)}</dd></div>`)}</dl>
${report.ignored.length > 0 ? html`<p class="small">${say('import.ignored', { columns: report.ignored.join('、') })}</p>` : ''}
${rows.length > 0 ? table(say('ledgers.refused'), header, rows) : ''}
${refused.length > mostShown ? html`<p class="small">${say('import.more', { most: mostShown })}</p>` : ''}
${report.isCut ? html`<p class="small">${say('ledgers.cut', { count: report.rows.length })}</p>` : ''}</section>`
}
