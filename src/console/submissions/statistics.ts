import { html } from 'hono/html'
import {
  columnsOf,
  columnTitle,
  definitionLines,
  figureText,
  rowTitle,
  statisticsTitle,
} from '../../features/submissions/statistics/figure-texts.ts'
import { type Step, steps } from '../../features/submissions/statistics/period.ts'
import {
  readStatistics,
  type Statistics,
  type StatisticsRow,
} from '../../features/submissions/statistics/statistics.ts'
import { rulesOf } from '../../features/submissions/statistics/statistics-command.ts'
import { statisticsWorkbook } from '../../features/submissions/statistics/statistics-workbook.ts'
import { translate } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { barChart } from '../bar-chart.ts'
import { sendFile } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { needs, type Visit } from '../visit.ts'
import { filterChoices } from './submission-filters.ts'

const section = '/console/statistics'

/** What was sent in and what became of it, in figures: chart, tables, definitions, and all of it as a workbook. */
export function addStatisticsRoutes({ options: { store, submissions }, get }: ConsoleRoutes): void {
  const read = (visit: Visit) => {
    needs(visit, 'submission.view')
    const { organisation, period, kind, step } = askedIn(visit)
    return readStatistics(submissions, rulesOf(submissions), {
      asker: { person: visit.who.id },
      organisation: organisation || null,
      period: period || null,
      kind: kind || null,
      step,
    })
  }

  get('/statistics', async (visit) => {
    const statistics = await read(visit)
    const { say, language } = visit
    const asked = askedIn(visit)
    const { organisations } = await filterChoices(store.db, visit)
    const option = (value: string, label: string, chosen: string) =>
      html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`
    const all = option('', say('submissions.all'), '')
    const body = html`<h1>${statisticsTitle(statistics, language)}</h1>
<form class="panel fields" action="${section}">
<label>${say('statistics.period')}<input name="period" value="${statistics.period.name}" placeholder="2026-Q1"></label>
<label>${say('submissions.organisation')}<select name="organisation">${all}${organisations.map(({ id, path }) => option(id, path, asked.organisation))}</select></label>
<label>${say('submissions.kind')}<select name="kind">${all}${submissions.kinds.all().map(({ kind, title }) => option(kind, translate(language, title), asked.kind))}</select></label>
<label>${say('statistics.step')}<select name="step">${steps.map((step) => option(step, say(`statistics.${step}`), asked.step))}</select></label>
<button class="primary">${say('statistics.show')}</button>
<a class="button" href="${section}/workbook?${new URLSearchParams(asked)}">${say('statistics.workbook')}</a></form>${asked.organisation === '' && asked.kind === '' && /^20\d\d$/.test(statistics.period.name) ? pushButton(visit, `工作统计 ${statistics.period.name}`) : ''}
<section class="panel"><h2>${say('statistics.by-time')}</h2>
${barChart(
  say('statistics.by-time'),
  statistics.byTime.map(({ name, figures }) => ({
    label: name,
    value: figures.number,
    text: figureText(figures, 'number'),
  })),
)}
${figuresTable(visit, statistics, say('statistics.time'), statistics.byTime)}</section>
<section class="panel"><h2>${say('statistics.by-organisation')}</h2>
${figuresTable(visit, statistics, say('submissions.organisation'), statistics.byOrganisation)}</section>
<section class="panel"><h2>${say('statistics.definitions')}</h2><ul>${definitionLines(statistics, language).map((line) => html`<li>${line}</li>`)}</ul></section>`
    return consolePage(visit, { title: say('nav.statistics'), body, section })
  })

  get('/statistics/workbook', async (visit) => {
    const statistics = await read(visit)
    const title = statisticsTitle(statistics, visit.language)
    return sendFile(visit, {
      pieces: statisticsWorkbook(statistics, visit.language),
      name: `${title.replaceAll(/[\\/:*?"<>|]+/g, ' ')}.xlsx`,
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    })
  })
}

/** As they stand in the address. */
function askedIn({ context }: Visit) {
  const query = (name: string) =>
    (context.req.query(name) ?? '').toWellFormed().replaceAll('\0', '').trim().slice(0, 100)
  const step: Step = steps.find((one) => one === query('step')) ?? 'month'
  return { organisation: query('organisation'), period: query('period'), kind: query('kind'), step }
}

function figuresTable(
  { say, language }: Visit,
  statistics: Statistics,
  first: string,
  rows: readonly StatisticsRow[],
): Html {
  const columns = columnsOf(statistics)
  const line = (name: string, { figures }: Pick<StatisticsRow, 'figures'>) => [
    name,
    ...columns.map((column) => figureText(figures, column)),
  ]
  return table(
    first,
    [first, ...columns.map((column) => columnTitle(column, language))],
    [
      line(say('statistics.total'), { figures: statistics.total }),
      ...rows.map((row) => line(rowTitle(row, language), row)),
    ],
  )
}
