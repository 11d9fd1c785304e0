import { html } from 'hono/html'
import { PlainError } from '../../messages/plain-error.ts'
import { explainError, translate } from '../../messages/translate.ts'
import { can } from '../../people/can.ts'
import { templateHeadings } from '../../people/import/columns.ts'
import { type ImportReport, importPeople } from '../../people/import-people.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { type Visit, wholeHouse } from '../visit.ts'

const section = '/console/import'
/** Rows that were taken are counted; only the first ones are listed, refused ones always first. */
const mostShown = 500

/** Organisations and people from a spreadsheet, with what became of each row. */
export function addImportRoutes({ options, get, post }: ConsoleRoutes, largestImport: number): void {
  const { store, logger } = options

  get('/import', async (visit) => {
    mayImport(visit)
    return consolePage(visit, { title: visit.say('nav.import'), body: importPage(visit, null), section })
  })

  post(
    '/import',
    async (visit, fields) => {
      mayImport(visit)
      const file = fields.file('file')
      if (!file) throw new PlainError('console:import.no-file')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const report = await importPeople(store, bytes, visit.now, { by: visit.who.id })
      logger.info({ by: visit.who.id, rows: report.rows.length }, 'people were imported')
      return consolePage(visit, { title: visit.say('nav.import'), body: importPage(visit, report), section })
    },
    largestImport,
  )
}

/** The rows of a file may name any organisation, so it takes an administrator of the whole house. */
function mayImport({ actor }: Visit): void {
  if (!can(actor, 'people.import', wholeHouse)) throw new PlainError('console:not-allowed')
}

const outcomes = ['refused', 'added', 'changed', 'unchanged'] as const

function importPage(visit: Visit, report: ImportReport | null) {
  const { say } = visit
  return html`<h1>${say('nav.import')}</h1>
<p class="lead">${say('import.lead')}</p>
${report ? importReport(visit, report) : ''}
<section class="panel"><form method="post" action="${section}" enctype="multipart/form-data" class="fields">${csrfField(visit)}
<label>${say('import.file')}<input type="file" name="file" required accept=".xlsx,.csv,.txt"></label>
<button class="primary">${say('import.button')}</button>
<p class="small">${say('import.hint')}</p></form></section>
<section class="panel"><h2>${say('import.columns')}</h2><p class="prose">${say('import.columns-text', { headings: templateHeadings.join('、') })}</p></section>`
}

function importReport({ say, language }: Visit, report: ImportReport) {
  const count = (outcome: string) => report.rows.filter((row) => row.outcome === outcome).length
  const rows = report.rows
    .toSorted((one, other) => Number(other.outcome === 'refused') - Number(one.outcome === 'refused'))
    .slice(0, mostShown)
    .map(({ line, name, outcome, reason }) => [
      String(line),
      name,
      html`<span class="tag outcome-${outcome}">${say(`import.outcome.${outcome}`)}</span>`,
      reason ? explainError(reason, language) : '',
    ])
  const header = (['line', 'name', 'outcome-title', 'reason'] as const).map((key) => say(`import.${key}`))
  return html`<section class="panel" role="status"><h2>${say('import.done')}</h2>
<dl class="figures">${outcomes.map((outcome) => html`<div class="outcome-${outcome}"><dt>${say(`import.outcome.${outcome}`)}</dt><dd>${count(outcome)}</dd></div>`)}</dl>
${report.ignored.length > 0 ? html`<p class="small">${say('import.ignored', { columns: report.ignored.join('、') })}</p>` : ''}
${report.signedOut.length > 0 ? html`<p class="small">${translate(language, 'people:command.report.signed-out', { names: report.signedOut.join(translate(language, 'people:command.report.joint')) })}</p>` : ''}
${rows.length > 0 ? table(say('import.done'), header, rows) : html`<p class="empty">${say('import.empty')}</p>`}
${report.rows.length > mostShown ? html`<p class="small">${say('import.more', { most: mostShown })}</p>` : ''}
</section>`
}
