import { html } from 'hono/html'
import { type NumberedRemark, readResults } from '../../features/consultations/answers.ts'
import { kindTitle, stateTitle } from '../../features/consultations/consultation-cards.ts'
import { exportResults } from '../../features/consultations/export-results.ts'
import {
  adoptedIn,
  type Consultation,
  listConsultations,
  originOf,
  readConsultation,
} from '../../features/consultations/records.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import { placeOf } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { reachOf } from '../../people/reach.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { addDeskPages, cardPage, makingPage, unmade } from '../desk-pages.ts'
import { sendFile } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import { historyPanel } from '../history-panel.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import { askedPage, pageTurns } from '../paging.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'
import { figuresPanel } from './consultation-figures.ts'

const section = '/console/consultations'
const pageSize = 50

type PageKey = Extract<KeyOf<'consultations'>, `page.${string}`> extends `page.${infer Rest}` ? Rest : never

const sayOf =
  ({ language }: Pick<Visit, 'language'>) =>
  (key: PageKey, values: Record<string, string | number> = {}) =>
    translate(language, `consultations:page.${key}`, values)

/** Consultations: a list, each on a page of its own with what was said as far as it may be seen, also as XLSX. */
export function addConsultationRoutes(routes: ConsoleRoutes): void {
  const { options, get } = routes
  const { store, events, pressing, campaigns } = options
  const context = campaigns.consultations
  const desk = createPageDesk({ store, ...pressing, wakeWorkers: () => events.wakeWorkers() }, [
    'consultations',
  ])

  get('/consultations', async (visit) => {
    needs(visit, 'consultation.make')
    const say = sayOf(visit)
    const page = askedPage(visit)
    const reach = reachOf(await listOrganisations(store.db), visit.actor, ['consultation.make'])
    const { consultations, count } = await listConsultations(
      store.db,
      { organisations: reach.all ? null : reach.organisations, decider: visit.who.id },
      { offset: (page - 1) * pageSize, most: pageSize },
    )
    const rows = []
    for (const one of consultations) rows.push(await lineOf(visit, one))
    const header = (['number', 'title', 'unit', 'state', 'answered', 'missing', 'until'] as const).map(
      (key) => say(key),
    )
    const turns = pageTurns(visit, {
      page,
      hasMore: page * pageSize < count,
      addressOf: (to) => `${section}?page=${to}`,
    })
    const body = html`<div class="panel-head page-head"><h1>${say('heading')}</h1><a class="button" href="${section}/new">${say('make')}</a></div>
<section class="panel lines">${rows.length === 0 ? html`<p class="empty">${say('none')}</p>` : table(say('heading'), header, rows)}
${turns}</section>`
    return consolePage(visit, { title: say('heading'), body, section })
  })

  get('/consultations/new', async (visit) => {
    needs(visit, 'consultation.make')
    return shown(visit, unmade, await desk.press(visit, { action: 'consultations.make', value: {} }))
  })

  get('/consultations/:id/results', async (visit) => {
    const consultation = await visible(visit, idIn(visit, 'id'))
    const results = await readResults(store.db, context, consultation)
    if (!results) throw new PlainError('consultations:refused.no-results')
    const units = new Map((await listOrganisations(store.db)).map(({ id, path }) => [id, path]))
    return sendFile(visit, exportResults(consultation, results, units, visit.language))
  })

  get('/consultations/:id', async (visit) => consultationPage(visit, idIn(visit, 'id'), null))

  addDeskPages(routes, {
    ...{ folder: '/consultations', desk, show: shown },
    sentIn: (record) => record ?? section,
  })

  async function lineOf(visit: Visit, { row, organisation }: Consultation) {
    const { all } = await context.circulation.figures(store.db, originOf(row.id))
    const isOut = row.state !== 'draft'
    return [
      html`<a href="${section}/${row.id}">${row.number}</a>`,
      html`<a href="${section}/${row.id}">${row.title}</a><br><span class="small-inline">${kindTitle(row.kind, visit.language)}</span>`,
      organisation,
      html`<span class="tag${row.state === 'open' ? ' state-open' : ''}">${stateTitle(row.state, visit.language)}</span>`,
      isOut ? String(all.answered) : '',
      isOut ? String(all.sent + all.waiting + all.unreachable) : '',
      minuteInChina(new Date(row.until)),
    ]
  }

  /** Throws PlainError, a 404 page, for who neither makes nor decides it. */
  async function visible(visit: Visit, id: string): Promise<Consultation> {
    needs(visit, 'consultation.make')
    const consultation = await readConsultation(store.db, id).catch((error: unknown) => {
      throw error instanceof PlainError ? new PlainError('console:no-such-record') : error
    })
    const { row } = consultation
    const isDecider = row.decider === visit.who.id && row.state !== 'draft'
    const place = await placeOf(store.db, row.organisation)
    if (!isDecider && !can(visit.actor, 'consultation.make', place)) {
      throw new PlainError('console:no-such-record')
    }
    return consultation
  }

  async function shown(visit: Visit, id: string, pressed: Pressed): Promise<Response> {
    if (id !== unmade) return consultationPage(visit, id, pressed)
    needs(visit, 'consultation.make')
    const say = sayOf(visit)
    return makingPage(visit, { section, list: say('heading'), title: say('make'), pressed })
  }

  async function consultationPage(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    const consultation = await visible(visit, id)
    const say = sayOf(visit)
    return cardPage(visit, {
      ...{ section, list: say('heading'), desk, address: `${section}/${id}`, pressed, acted: say('acted') },
      button: { action: 'consultations.show', value: { consultation: id } },
      below: async () => {
        const results = await readResults(store.db, context, consultation)
        const units = new Map((await listOrganisations(store.db)).map((unit) => [unit.id, unit.name]))
        return html`${results ? figuresPanel(visit, consultation, results.said, units) : ''}${results ? remarksPanel(visit, consultation, results.remarks) : ''}${await historyOf(visit, store.db, id)}`
      },
    })
  }
}

/** All words to the letter, with the file that has the figures too. */
function remarksPanel(
  visit: Visit,
  { row, questions }: Consultation,
  remarks: readonly NumberedRemark[],
): Html {
  const say = sayOf(visit)
  const adopted = adoptedIn(row)
  const header = [say('number'), say('remark'), say('question'), say('name'), say('adopted')]
  const rows = remarks.map(({ id, number, question, text, by }) => [
    ...[String(number), text, question === null ? '' : (questions[question]?.text ?? '')],
    ...[by ? [by.name, by.organisation].filter((part) => part !== '').join(' · ') : ''],
    adopted.includes(id) ? say('yes') : '',
  ])
  return html`<section class="panel"><h2>${say('remarks')}</h2>${rows.length === 0 ? html`<p class="empty">${say('no-remarks')}</p>` : table(say('remarks'), header, rows)}
<p class="small"><a href="${section}/${row.id}/results" download>${say('download')}</a></p>${pushButton(visit, row.number)}</section>`
}

async function historyOf(visit: Visit, db: Reads, consultation: string): Promise<Html> {
  const say = sayOf(visit)
  const rows = await db
    .selectFrom('consultation_history')
    .leftJoin('person', 'person.id', 'consultation_history.by')
    .select(['consultation_history.what', 'consultation_history.at', 'person.name'])
    .where('consultation', '=', consultation)
    .orderBy('at', 'desc')
    .orderBy('consultation_history.id')
    .limit(200)
    .execute()
  const lines = rows.map(({ what, at, name }) =>
    say('did', {
      what: say(`what.${what}`),
      name: name ?? say('by-machine'),
      at: minuteInChina(new Date(at)),
    }),
  )
  return historyPanel(say('history'), lines)
}
