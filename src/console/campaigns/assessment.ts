import { html } from 'hono/html'
import { pointsText, standingOf, stateTitle } from '../../features/assessment/cards.ts'
import { exportResult, listPraised } from '../../features/assessment/export-result.ts'
import { readHistory } from '../../features/assessment/history.ts'
import {
  type Assessment,
  listAssessments,
  objectionsOf,
  type Subject,
} from '../../features/assessment/records.ts'
import { assessmentSeenBy } from '../../features/assessment/show.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import { listOrganisations } from '../../people/organisations.ts'
import { reachOf } from '../../people/reach.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { addDeskPages, cardPage, makingPage, unmade } from '../desk-pages.ts'
import { sendFile, sendWhole } from '../download.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import { historyPanel } from '../history-panel.ts'
import { largestFormPage } from '../limits.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import { askedPage, pageTurns } from '../paging.ts'
import { problemBox } from '../problem-box.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { canSomewhere, idIn, needs, type Visit } from '../visit.ts'

const section = '/console/assessments'
const pageSize = 50
const mostLines = 200

type PageKey = Extract<KeyOf<'assessment'>, `page.${string}`> extends `page.${infer Rest}` ? Rest : never

const sayOf =
  ({ language }: Pick<Visit, 'language'>) =>
  (key: PageKey, values: Record<string, string | number> = {}) =>
    translate(language, `assessment:page.${key}`, values)

/** 考核: a list, each on a page of its own with points, objections and history; the result as XLSX, the praised as PDF. */
export function addAssessmentRoutes(routes: ConsoleRoutes): void {
  const { options, get, post } = routes
  const { store, events, pressing } = options
  const desk = createPageDesk({ store, ...pressing, wakeWorkers: () => events.wakeWorkers() }, ['assessment'])

  async function listPage(visit: Visit, problem = ''): Promise<Response> {
    needs(visit, 'assessment.view')
    const say = sayOf(visit)
    const page = askedPage(visit)
    const { organisations, all } = reachOf(await listOrganisations(store.db), visit.actor, [
      'assessment.view',
    ])
    const { assessments, count } = await listAssessments(store.db, all ? null : organisations, {
      ...{ offset: (page - 1) * pageSize, most: pageSize },
    })
    const rows = assessments.map(({ row, organisation }) => [
      html`<a href="${section}/${row.id}">${row.number}</a>`,
      html`<a href="${section}/${row.id}">${row.title}</a>`,
      ...[organisation, `${row.starts_on} – ${row.ends_on}`],
      html`<span class="tag${row.state === 'open' ? ' state-open' : ''}">${stateTitle(row.state, visit.language)}</span>`,
    ])
    const header = [say('number'), say('name'), say('held-by'), say('period'), say('state')]
    const makes = canSomewhere(visit.actor, 'assessment.make')
    const turns = pageTurns(visit, {
      page,
      hasMore: page * pageSize < count,
      addressOf: (to) => `${section}?page=${to}`,
    })
    const body = html`<div class="panel-head page-head"><h1>${say('title')}</h1>${makes ? html`<a class="button" href="${section}/new">${say('make')}</a>` : ''}</div>
${problemBox(problem)}
<section class="panel lines">${rows.length === 0 ? html`<p class="empty">${say('none')}</p>` : table(say('title'), header, rows)}
${turns}</section>
${makes ? sheetPanel(visit) : ''}`
    return consolePage(visit, { title: say('title'), body, section, status: problem === '' ? 200 : 422 })
  }

  function sheetPanel(visit: Visit): Html {
    const say = sayOf(visit)
    return html`<details class="panel form-panel" id="sheet"><summary>${say('sheet')}</summary><p class="small">${say('sheet-hint')}</p>
<form method="post" action="${section}/sheet" enctype="multipart/form-data" class="fields">${csrfField(visit)}
<label>${say('sheet')}<input type="file" name="file" required accept=".yaml,.yml"></label>
<button class="primary">${say('take')}</button></form></details>`
  }

  get('/assessments', (visit) => listPage(visit))
  get('/assessments/sheet', async (visit) => visit.context.redirect(section, 303))

  // A sheet of one's own: what is wrong is named by its line, else the form of an assessment by it is opened.
  post(
    '/assessments/sheet',
    async (visit, fields) => {
      needs(visit, 'assessment.make')
      const file = fields.file('file')
      if (!file) return listPage(visit, sayOf(visit)('no-file'))
      const sheet = new TextDecoder().decode(await file.arrayBuffer())
      const pressed = await desk.press(visit, { action: 'assessment.make', value: { sheet } })
      return pressed.isRefused ? listPage(visit, pressed.toast) : shown(visit, unmade, pressed)
    },
    largestFormPage,
  )

  get('/assessments/new', async (visit) => {
    needs(visit, 'assessment.make')
    return shown(visit, unmade, await desk.press(visit, { action: 'assessment.make', value: {} }))
  })

  get('/assessments/:id/result.xlsx', async (visit) => {
    const { assessment, subjects } = await visible(visit)
    return sendFile(visit, exportResult(store.db, assessment, subjects, visit.language))
  })

  get('/assessments/:id/praised.pdf', async (visit) => {
    const { assessment } = await visible(visit)
    const bytes = await listPraised(store.db, assessment, visit.language, await store.now())
    if (!bytes) throw new PlainError('console:no-such-record')
    return sendWhole(visit, { bytes, name: `${assessment.row.number}.pdf`, type: 'application/pdf' })
  })

  get('/assessments/:id', async (visit) => recordPage(visit, idIn(visit, 'id'), null))

  addDeskPages(routes, { folder: '/assessments', desk, show: shown, sentIn: (record) => record ?? section })

  /** Throws PlainError, a 404 page, for who may not see it. */
  async function visible(visit: Visit) {
    const looker = { person: visit.who.id, now: await store.now() }
    return assessmentSeenBy(store.db, idIn(visit, 'id'), looker).catch((error: unknown) => {
      throw error instanceof PlainError ? new PlainError('console:no-such-record') : error
    })
  }

  async function shown(visit: Visit, id: string, pressed: Pressed): Promise<Response> {
    if (id !== unmade) return recordPage(visit, id, pressed)
    needs(visit, 'assessment.make')
    const say = sayOf(visit)
    return makingPage(visit, { section, list: say('title'), title: say('make'), pressed })
  }

  async function recordPage(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    const { assessment, subjects, makes } = await visible(visit)
    const say = sayOf(visit)
    return cardPage(visit, {
      ...{ section, list: say('title'), desk, address: `${section}/${id}`, pressed, acted: say('acted') },
      button: { action: 'assessment.show', value: { assessment: id } },
      below: async () =>
        html`${subjectsPanel(visit, assessment, subjects)}${makes ? await objectionsPanel(visit, assessment) : ''}${makes ? await historyOf(visit, assessment) : ''}`,
    })
  }

  function subjectsPanel(visit: Visit, assessment: Assessment, subjects: readonly Subject[]): Html {
    const say = sayOf(visit)
    const { row, sheet } = assessment
    const lines = subjects
      .slice(0, mostLines)
      .map((one) => [
        ...[one.name, one.unit, pointsText(one.row.self_total), pointsText(one.row.total)],
        standingOf(assessment, one, visit.language),
      ])
    const header = [say('subject'), say('unit'), say('self'), say('checked'), say('state')]
    const isPraised = subjects.some((one) => sheet.praised.includes(one.row.grade ?? ''))
    return html`<section class="panel lines"><h2>${say('subjects')}</h2>${table(say('subjects'), header, lines)}
<p class="small"><a href="${section}/${row.id}/result.xlsx" download>${say('result')} XLSX</a>
${row.state === 'closed' && isPraised ? html`<a href="${section}/${row.id}/praised.pdf" download>${say('praised')} PDF</a>` : ''}</p>${pushButton(visit, row.number)}</section>`
  }

  async function objectionsPanel(visit: Visit, { row }: Assessment): Promise<Html | ''> {
    const objections = await objectionsOf(store.db, row.id)
    if (objections.length === 0) return ''
    const say = sayOf(visit)
    const lines = objections.map((one) => [
      ...[one.name, one.text, say(`objection-${one.state}`), one.reason],
      minuteInChina(new Date(one.settled_at ?? one.made_at)),
    ])
    const header = [say('by'), say('objection'), say('state'), say('reason'), say('at')]
    return html`<section class="panel lines"><h2>${say('objections')}</h2>${table(say('objections'), header, lines)}</section>`
  }

  async function historyOf(visit: Visit, { row }: Assessment): Promise<Html> {
    const say = sayOf(visit)
    const lines = (await readHistory(store.db, row.id)).map(({ what, about, name, at }) =>
      say('did', {
        ...{ what: say(`what.${what}`), about, name: name ?? say('by-machine') },
        at: minuteInChina(new Date(at)),
      }),
    )
    return historyPanel(say('history'), lines)
  }
}
