import { html } from 'hono/html'
import { collectionToView } from '../../features/collections/access.ts'
import { stateTitle } from '../../features/collections/cards/collection-cards.ts'
import { standingOf } from '../../features/collections/cards/show-collection.ts'
import { percent } from '../../features/collections/cards/tally-card.ts'
import { draftCollection } from '../../features/collections/making/keep-collection.ts'
import { readCollectionFile } from '../../features/collections/making/read-collection-file.ts'
import { type Collection, listCollections } from '../../features/collections/records.ts'
import {
  answerRows,
  exportCollection,
  formats,
  tallyRows,
  unitRows,
} from '../../features/collections/tallying/export-collection.ts'
import { readTally } from '../../features/collections/tallying/read-answers.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { explainError, type KeyOf, translate } from '../../messages/translate.ts'
import { listOrganisations } from '../../people/organisations.ts'
import { reachOf } from '../../people/reach.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import type { Cell } from '../../spreadsheets/cell.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { addDeskPages, cardPage, makingPage, unmade } from '../desk-pages.ts'
import { sendFile } from '../download.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import { largestFormPage } from '../limits.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import { askedPage, pageTurns } from '../paging.ts'
import { problemBox } from '../problem-box.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'

const section = '/console/collections'
const pageSize = 50
const mostRows = 500

type PageKey = Extract<KeyOf<'collections'>, `page.${string}`> extends `page.${infer Rest}` ? Rest : never

const sayOf =
  ({ language }: Pick<Visit, 'language'>) =>
  (key: PageKey) =>
    translate(language, `collections:page.${key}`)

/** Collections: a list, each on a page of its own with what was answered, files out and in. */
export function addCollectionRoutes(routes: ConsoleRoutes): void {
  const { options, get, post } = routes
  const { store, events, pressing, campaigns } = options
  const context = campaigns.collections
  const desk = createPageDesk({ store, ...pressing, wakeWorkers: () => events.wakeWorkers() }, [
    'collections',
  ])

  async function listPage(visit: Visit, problem = ''): Promise<Response> {
    needs(visit, 'collection.view')
    const say = sayOf(visit)
    const page = askedPage(visit)
    const { organisations, all } = reachOf(await listOrganisations(store.db), visit.actor, [
      ...(['collection.view', 'collection.make'] as const),
    ])
    const reach = { organisations: all ? null : organisations, person: visit.who.id }
    const { collections, count } = await listCollections(store.db, reach, {
      ...{ offset: (page - 1) * pageSize, most: pageSize },
    })
    const rows = []
    for (const collection of collections) rows.push(await lineOf(visit, collection))
    const header = (['number', 'what', 'unit', 'state', 'answers', 'missing', 'until'] as const).map((key) =>
      say(key),
    )
    const turns = pageTurns(visit, {
      page,
      hasMore: page * pageSize < count,
      addressOf: (to) => `${section}?page=${to}`,
    })
    const body = html`<div class="panel-head page-head"><h1>${say('title')}</h1><a class="button" href="${section}/new">${say('make')}</a></div>
${problemBox(problem)}
<section class="panel lines">${rows.length === 0 ? html`<p class="empty">${say('none')}</p>` : table(say('title'), header, rows)}
${turns}</section>
<details class="panel form-panel" id="import"><summary>${say('file')}</summary><p class="small">${say('file-hint')}</p>
<form method="post" action="${section}/file" enctype="multipart/form-data" class="fields">${csrfField(visit)}
<label>${say('file')}<input type="file" name="file" required accept=".yaml,.yml"></label>
<button class="primary">${say('take')}</button></form></details>`
    return consolePage(visit, { title: say('title'), body, section, status: problem === '' ? 200 : 422 })
  }

  async function lineOf({ language }: Visit, collection: Collection) {
    const { row, organisation, definition } = collection
    const { answers, missing } = await standingOf(store.db, context, collection)
    const at = `${section}/${row.id}`
    return [
      html`<a href="${at}">${row.number}</a>`,
      html`<a href="${at}">${definition.title[language]}</a>`,
      organisation,
      html`<span class="tag${row.state === 'open' ? ' state-open' : ''}">${stateTitle(row.state, language)}</span>`,
      ...(row.state === 'draft' ? ['', ''] : [String(answers), String(missing)]),
      row.deadline ? minuteInChina(new Date(row.deadline)) : '',
    ]
  }

  get('/collections', (visit) => listPage(visit))
  get('/collections/file', async (visit) => visit.context.redirect(section, 303))

  post(
    '/collections/file',
    async (visit, fields) => {
      needs(visit, 'collection.make')
      const file = fields.file('file')
      if (!file) throw new PlainError('collections:page.no-file')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const { language, who } = visit
      try {
        const { row } = await store.transaction(async (trx) => {
          const doing = { by: who.id, now: await store.now(trx) }
          const bringing = { circulation: context.circulation, person: who.id, now: doing.now, language }
          return draftCollection(trx, await readCollectionFile(trx, bytes, bringing), doing)
        })
        return visit.context.redirect(`${section}/${row.id}`, 303)
      } catch (error) {
        if (!(error instanceof PlainError)) throw error
        return listPage(visit, explainError(error, language))
      }
    },
    largestFormPage,
  )

  get('/collections/new', async (visit) => {
    needs(visit, 'collection.make')
    return shown(visit, unmade, await desk.press(visit, { action: 'collections.make', value: {} }))
  })

  get('/collections/:id/export', async (visit) => {
    const { collection, handles } = await visible(visit)
    const { language } = visit
    const tally = await readTally(store.db, collection, { handles, language })
    if (typeof tally === 'string') throw new PlainError(`collections:refused.${tally}`)
    const named = handles && collection.row.anonymity !== 'anonymous'
    const answers = named ? await answerRows(store.db, collection, language) : []
    const format = formats.find((one) => one === visit.context.req.query('format')) ?? 'xlsx'
    const rows = { tally: tallyRows(tally, language), units: unitRows(tally, language), answers }
    return sendFile(visit, exportCollection(collection, rows, { format, language }))
  })

  get('/collections/:id', async (visit) => recordPage(visit, idIn(visit, 'id'), null))

  addDeskPages(routes, { folder: '/collections', desk, show: shown, sentIn: (record) => record ?? section })

  /** Throws PlainError, a 404 page, for who may not see it. */
  async function visible(visit: Visit) {
    const now = await store.now()
    return collectionToView(store.db, idIn(visit, 'id'), visit.who.id, now).catch((error: unknown) => {
      throw error instanceof PlainError ? new PlainError('console:no-such-record') : error
    })
  }

  async function shown(visit: Visit, id: string, pressed: Pressed): Promise<Response> {
    if (id !== unmade) return recordPage(visit, id, pressed)
    needs(visit, 'collection.make')
    const say = sayOf(visit)
    return makingPage(visit, { section, list: say('title'), title: say('make'), pressed })
  }

  async function recordPage(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    const { collection, handles } = await visible(visit)
    const say = sayOf(visit)
    return cardPage(visit, {
      ...{ section, list: say('title'), desk, address: `${section}/${id}`, pressed, acted: say('acted') },
      button: { action: 'collections.show', value: { collection: id } },
      below: () => panels(visit, collection, handles),
    })
  }

  async function panels(visit: Visit, collection: Collection, handles: boolean): Promise<Html | ''> {
    const { row } = collection
    if (row.state === 'draft' || row.state === 'dropped') return ''
    const { language } = visit
    const say = sayOf(visit)
    const tally = await readTally(store.db, collection, { handles, language })
    if (typeof tally === 'string') {
      return html`<section class="panel"><p class="empty">${translate(language, `collections:refused.${tally}`)}</p></section>`
    }
    const isNamed = handles && row.anonymity !== 'anonymous'
    const answers = isNamed ? await answerRows(store.db, collection, language) : []
    const units = unitRows(tally, language)
    const links = formats.map(
      (format, i) =>
        html`${i > 0 ? ' · ' : ''}<a href="${section}/${row.id}/export?format=${format}" download>${format.toUpperCase()}</a>`,
    )
    return html`<section class="panel"><h2>${say('result')}</h2>${rowsTable(say('result'), shares(tallyRows(tally, language)))}
<p class="small">${say('export')} ${links}</p>${pushButton(visit, row.number)}</section>
${units.length === 0 ? '' : html`<section class="panel"><h2>${say('by-unit')}</h2><p class="small">${say('by-unit-hint')}</p>${rowsTable(say('by-unit'), shares(units))}</section>`}
${answers.length < 2 ? '' : html`<section class="panel"><h2>${say('answer-list')}</h2>${rowsTable(say('answer-list'), answers)}</section>`}`
  }
}

/** The last column as people read a share. */
const shares = (rows: Cell[][]): Cell[][] =>
  rows.map((row) =>
    row.map((cell, at) => (at === row.length - 1 && typeof cell === 'number' ? percent(cell) : cell)),
  )

function rowsTable(title: string, [header = [], ...rows]: Cell[][]): Html {
  return table(
    title,
    header.map(shownCell),
    rows.slice(0, mostRows).map((row) => row.map(shownCell)),
  )
}

function shownCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'object') return 'day' in cell ? cell.day : cell.minute
  return typeof cell === 'number' ? String(Math.round(cell * 100) / 100) : cell
}
