import { html } from 'hono/html'
import { totalOf } from '../../features/liaison/answers.ts'
import {
  figuresByRegion,
  type GapPoint,
  gapPoints,
  type Point,
  type RegionFigures,
  readPoints,
} from '../../features/liaison/coverage.ts'
import { exportCoverage, regionHeader, regionTitle } from '../../features/liaison/export-coverage.ts'
import {
  type HolderImportRow,
  holdersTemplate,
  importHolders,
} from '../../features/liaison/import-holders.ts'
import { readLiaisonRules } from '../../features/liaison/rules.ts'
import { gapText, roleTitle } from '../../features/liaison/texts.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { explainError, translate } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { sendFile } from '../download.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import { reportPanel } from '../import-report.ts'
import { largestImport } from '../limits.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { canSomewhere, needs, type Visit } from '../visit.ts'
import { addLiaisonPageRoutes } from './liaison-page.ts'
import { liaisonSay, readableOrganisations } from './liaison-say.ts'

const section = '/console/liaison'
const mostGaps = 100

/** Who looks after which organisation, what is missing, figures by region, and assignments out of a table. */
export function addLiaisonRoutes(routes: ConsoleRoutes): void {
  const { options, get, post } = routes
  const { store, logger, duties } = options
  const rules = readLiaisonRules(duties.liaison.knowledgeDir)

  async function pointsOf(visit: Visit): Promise<Point[]> {
    needs(visit, 'liaison.view')
    const reach = (await readableOrganisations(store, visit)).map(({ id }) => id)
    return readPoints(store.db, rules, reach, visit.today)
  }

  async function coveragePage(visit: Visit, report: Html | '') {
    const say = liaisonSay(visit)
    const points = await pointsOf(visit)
    const figures = figuresByRegion(points, visit.today, rules)
    const gaps = gapPoints(points, visit.today, rules)
    const edits = canSomewhere(visit.actor, 'liaison.edit')
    const button = (what: 'record' | 'assign' | 'hand-over') =>
      html`<a class="button" href="${section}/do/${what}">${say(what)}</a>`
    const body = html`<div class="panel-head page-head"><h1>${say('title')}</h1><p class="actions">${button('record')}${edits ? html`${button('assign')}${button('hand-over')}` : ''}</p></div>
<p class="lead">${say('lead')}</p>${report}
${points.length === 0 ? html`<p class="empty">${say('none')}</p>` : html`${gapsPanel(visit, gaps)}${regionsPanel(visit, figures)}${pointsPanel(visit, points)}`}
<p><a href="${section}/visits">${say('all-visits')}</a></p>
${edits ? importForm(visit) : ''}`
    return consolePage(visit, { title: say('title'), body, section })
  }

  get('/liaison', (visit) => coveragePage(visit, ''))

  get('/liaison/export', async (visit) => {
    const { language, today } = visit
    return sendFile(visit, exportCoverage(await pointsOf(visit), { rules, language, today }))
  })

  get('/liaison/template', async (visit) => {
    needs(visit, 'liaison.edit')
    visit.context.header('Content-Type', 'text/csv; charset=utf-8')
    visit.context.header('Content-Disposition', 'attachment; filename="liaison.csv"')
    return visit.context.body(holdersTemplate())
  })

  get('/liaison/import', async (visit) => visit.context.redirect(section, 303))

  post(
    '/liaison/import',
    async (visit, fields) => {
      needs(visit, 'liaison.edit')
      const keeps = fields.choice('step', ['preview', 'import']) === 'import'
      const file = fields.file('file')
      if (!file) throw new PlainError('duty-pages:liaison.no-file')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const context = { ...duties.liaison, rules }
      const rows = await importHolders(store, context, bytes, { by: visit.who.id, keeps })
      if (keeps) logger.info({ by: visit.who.id, rows: rows.length }, 'assignments were imported')
      if (keeps) duties.liaison.wakeWorkers()
      return coveragePage(visit, importReport(visit, rows, keeps))
    },
    largestImport,
  )

  addLiaisonPageRoutes(routes)
}

function gapsPanel(visit: Visit, gaps: readonly GapPoint[]): Html {
  const say = liaisonSay(visit)
  const rows = gaps
    .slice(0, mostGaps)
    .map(({ point, gaps: own }) => [
      html`<a href="${section}/points/${point.organisation}">${point.path}</a>`,
      own.map((gap) => gapText(gap, visit.language)).join('；'),
    ])
  return html`<section class="panel"><h2>${say('gaps')}</h2>${
    rows.length === 0
      ? html`<p class="empty">${say('no-gaps')}</p>`
      : table(say('gaps'), [say('unit'), say('gap')], rows)
  }</section>`
}

function regionsPanel(visit: Visit, figures: readonly RegionFigures[]): Html {
  const say = liaisonSay(visit)
  const line = (title: string, one: Omit<RegionFigures, 'region'>) => [
    title,
    ...[one.points, one.covered, one.visited, one.promises, one.kept].map(String),
  ]
  const rows = [
    ...figures.map((one) => line(regionTitle(one.region, visit.language), one)),
    ...(figures.length > 1 ? [line(say('all'), totalOf(figures))] : []),
  ]
  return html`<section class="panel"><h2>${say('regions')}</h2>${table(say('regions'), regionHeader(visit.language), rows)}
<p class="small">${say('download')} <a href="${section}/export" download>XLSX</a></p>${pushButton(visit, '联系覆盖')}</section>`
}

function pointsPanel(visit: Visit, points: readonly Point[]): Html {
  const say = liaisonSay(visit)
  const { language } = visit
  const header = [
    say('unit'),
    translate(language, 'liaison:export.holders'),
    translate(language, 'liaison:export.last'),
    translate(language, 'liaison:export.promises'),
  ]
  const rows = points.map(({ organisation, path, holders, lastVisit, promises }) => [
    html`<a href="${section}/points/${organisation}">${path}</a>`,
    holders.map(({ role, name }) => `${roleTitle(role, language)} ${name}`).join('、'),
    lastVisit ?? '',
    String(promises.open),
  ])
  return html`<section class="panel"><h2>${say('points')}</h2>${table(say('points'), header, rows)}</section>`
}

function importForm(visit: Visit): Html {
  const say = liaisonSay(visit)
  return html`<details class="panel form-panel" id="import"><summary>${say('import')}</summary>
<p class="small">${say('import-hint')} <a href="${section}/template" download>${say('template')}</a></p>
<form method="post" action="${section}/import" enctype="multipart/form-data" class="fields">${csrfField(visit)}
<label>${say('file')}<input type="file" name="file" required accept=".xlsx,.csv,.txt"></label>
<div class="actions"><button class="primary" name="step" value="preview">${say('preview')}</button><button name="step" value="import">${say('import')}</button></div></form></details>`
}

function importReport(visit: Visit, rows: readonly HolderImportRow[], keeps: boolean): Html {
  const say = liaisonSay(visit)
  const count = (wanted: HolderImportRow['outcome']) =>
    rows.filter(({ outcome }) => outcome === wanted).length
  const said = say(keeps ? 'imported' : 'previewed', {
    rows: rows.length,
    ...{ assigned: count('assigned'), same: count('same'), refused: count('refused') },
  })
  return reportPanel(
    visit,
    rows.map(({ line, name, outcome, reason }) => ({
      ...{ line, name, isRefused: reason !== null },
      outcome: reason
        ? explainError(reason, visit.language)
        : say(outcome === 'same' ? 'outcome-same' : 'outcome-assigned'),
    })),
    { title: say('report'), said, header: [say('line'), say('unit'), say('outcome')] },
  )
}
