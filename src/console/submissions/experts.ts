import { html } from 'hono/html'
import {
  type Expert,
  enterExpert,
  listExperts,
  rootsOf,
} from '../../features/submissions/experts/directory.ts'
import { exportExperts } from '../../features/submissions/experts/export-experts.ts'
import { expertsTemplate, importExperts } from '../../features/submissions/experts/import-experts.ts'
import { isAbout } from '../../features/submissions/experts/match-reasons.ts'
import { settleAndTell } from '../../features/submissions/experts/settle-expert.ts'
import { largestLedger } from '../../features/submissions/ledger/import/import-ledger.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { sendFile } from '../download.ts'
import type { Fields } from '../form-fields.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import { largestForm } from '../limits.ts'
import { askedPage, pageTurns } from '../paging.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'
import { type ExpertRoots, enterForm, importForm, importReport } from './expert-forms.ts'

const section = '/console/experts'
const pageSize = 50
const states = ['registered', 'approved', 'retired'] as const
const done = ['approved', 'retired', 'entered'] as const
/** Code points, as in the chat's form. */
const longestWords = 100

/** The directory of experts, for those who keep it: what `kexie experts` does, within the roots that are theirs. */
export function addExpertRoutes({ options, get, post }: ConsoleRoutes): void {
  const { store, submissions, logger } = options

  get('/experts', (visit) => directoryPage(visit, ''))

  get('/experts/export', async (visit) => {
    const { context, who, language, today } = visit
    const found = await findFor(store.db, visit)
    const format = context.req.query('format') === 'csv' ? 'csv' : 'xlsx'
    logger.info({ by: who.id, format, rows: found.experts.length }, 'experts were exported')
    return sendFile(visit, exportExperts(found.experts, { format, language, today }))
  })

  get('/experts/template', async (visit) => {
    await keptBy(store.db, visit)
    const pieces = (async function* () {
      yield new TextEncoder().encode(expertsTemplate())
    })()
    return sendFile(visit, { pieces, name: 'experts.csv', type: 'text/csv; charset=utf-8' })
  })

  // What a refusal leads back to.
  get('/experts/import', async (visit) => visit.context.redirect(section, 303))

  post('/experts', async (visit, fields) => {
    const { who } = visit
    await store.transaction(async (trx) => {
      const now = await store.now(trx)
      await enterExpert(trx, {
        ...{ root: await rootIn(trx, visit, fields, now), person: null, name: fields.text('name') },
        ...{ organisation: fields.text('organisation'), fields: fields.text('fields') },
        ...{ description: fields.text('description'), contact: fields.text('contact') },
        ...{ source: 'cadre', consent: fields.text('consent') === 'yes' },
        ...{ enteredBy: who.id, approved: true, now },
      })
    })
    return visit.context.redirect(`${section}?done=entered`, 303)
  })

  post(
    '/experts/import',
    async (visit, fields) => {
      const file = fields.file('file')
      const root = await rootIn(store.db, visit, fields, visit.now)
      if (!file) throw new PlainError('console:import.no-file')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const rows = await importExperts(store, bytes, { root, enteredBy: visit.who.id })
      logger.info({ by: visit.who.id, rows: rows.length }, 'experts were imported')
      return directoryPage(visit, importReport(visit, rows))
    },
    largestLedger + largestForm,
  )

  post('/experts/:id/settle', async (visit, fields) => {
    const id = idIn(visit, 'id')
    const to = fields.choice('to', ['approved', 'retired'])
    await store.transaction(async (trx) => {
      const now = await store.now(trx)
      const { kept } = await rootsOf(trx, visit.who.id, dayInChina(now))
      const query = trx.selectFrom('submission_expert').selectAll().where('id', '=', id)
      const expert = await query.executeTakeFirst()
      if (!expert || !kept.includes(expert.root)) throw new PlainError('console:no-such-record')
      await settleAndTell(trx, expert, to, visit.who.id, now)
    })
    submissions.wakeWorkers()
    return visit.context.redirect(`${section}?done=${to}`, 303)
  })

  async function directoryPage(visit: Visit, report: Html | '') {
    const { say, context } = visit
    const { roots, all, experts, asked } = await findFor(store.db, visit)
    const page = askedPage(visit)
    const shown = experts.slice((page - 1) * pageSize, page * pageSize)
    const told = done.find((one) => one === context.req.query('done'))
    const turns = pageTurns(visit, {
      ...{ page, hasMore: page * pageSize < experts.length },
      addressOf: (to) => `${section}${addressOf(asked, { page: String(to) })}`,
    })
    const file = (format: string) =>
      html`<a href="${section}/export${addressOf(asked, { format })}" download>${format.toUpperCase()}</a>`
    const body = html`<h1>${say('nav.experts')}</h1>
${told ? html`<p class="done" role="status">${say(`experts.done.${told}`)}</p>` : ''}
${report}
${filterForm(visit, all, asked)}
<section class="panel lines"><h2>${say('experts.count', { count: experts.length })}</h2>
${shown.length === 0 ? html`<p class="empty">${say('experts.none')}</p>` : expertTable(visit, shown)}
${experts.length === 0 ? '' : html`<p class="small">${say('submissions.download')} ${file('xlsx')} · ${file('csv')}</p>${pushButton(visit, '专家库')}`}
${turns}
</section>
${enterForm(visit, roots)}
${importForm(visit, roots)}`
    return consolePage(visit, { title: say('nav.experts'), body, section })
  }
}

interface Asked {
  q: string
  state: string
  unit: string
}

/** Those of the visitor's roots that the page's filters let through. */
async function findFor(db: Reads, visit: Visit) {
  const roots = await keptBy(db, visit)
  const query = (name: string) =>
    [...(visit.context.req.query(name) ?? '').toWellFormed().replaceAll('\0', '').trim()]
      .slice(0, longestWords)
      .join('')
  const asked: Asked = { q: query('q'), state: query('state'), unit: query('unit') }
  const ids = roots.map(({ id }) => id)
  const all = await listExperts(db, ids, { retired: true })
  const experts = all.filter(
    (expert) =>
      // Whoever was taken out is shown to those who ask for them.
      (asked.state === '' ? expert.state !== 'retired' : expert.state === asked.state) &&
      (asked.unit === '' || expert.organisation === asked.unit) &&
      isAbout(asked.q, expert),
  )
  return { roots, all, experts, asked }
}

/** The roots whose directory the visitor keeps. Throws PlainError, a 403 page, where there is none. */
async function keptBy(db: Reads, visit: Visit): Promise<ExpertRoots> {
  needs(visit, 'submission.import')
  const { kept } = await rootsOf(db, visit.who.id, visit.today)
  if (kept.length === 0) throw new PlainError('console:not-allowed')
  return db
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('id', 'in', kept)
    .orderBy('name')
    .execute()
}

/** The root that was chosen. Throws PlainError where the visitor does not keep its directory. */
async function rootIn(db: Reads, visit: Visit, fields: Fields, now: Date): Promise<string> {
  const { kept } = await rootsOf(db, visit.who.id, dayInChina(now))
  const root = kept.find((one) => one === fields.text('root'))
  if (root === undefined) throw new PlainError('console:not-allowed')
  return root
}

function addressOf({ q, state, unit }: Asked, more: Record<string, string>): string {
  const given = Object.entries({ q, state, unit, ...more }).filter(([, value]) => value !== '')
  return `?${new URLSearchParams(given)}`
}

function filterForm({ say }: Visit, all: readonly Expert[], { q, state, unit }: Asked): Html {
  const units = [...new Set(all.map(({ organisation }) => organisation))].filter((one) => one !== '')
  const option = (value: string, label: string, chosen: string) =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`
  return html`<form class="panel filters" role="search" action="${section}"><div class="filters-main">
<label>${say('experts.words')}<input name="q" type="search" value="${q}" maxlength="${longestWords}"></label>
<label>${say('submissions.state')}<select name="state">${option('', say('experts.in'), state)}${states.map((one) => option(one, say(`experts.state.${one}`), state))}</select></label>
<label>${say('submissions.organisation')}<select name="unit">${option('', say('submissions.all'), unit)}${units.toSorted().map((one) => option(one, one, unit))}</select></label>
<button class="primary">${say('submissions.find')}</button></div></form>`
}

function expertTable(visit: Visit, experts: readonly Expert[]): Html {
  const { say } = visit
  const keys = ['number', 'name', 'unit', 'fields', 'contact', 'state-title', 'change'] as const
  const rows = experts.map((expert) => [
    expert.number,
    html`${expert.name}${expert.description === '' ? '' : html`<details><summary>${say('experts.about')}</summary><p class="prose">${expert.description}</p></details>`}`,
    expert.organisation,
    expert.fields,
    expert.contact,
    html`<span class="tag${expert.state === 'registered' ? ' waiting' : ''}">${say(`experts.state.${expert.state}`)}</span>`,
    buttons(visit, expert),
  ])
  return table(
    say('nav.experts'),
    keys.map((key) => say(`experts.${key}`)),
    rows,
  )
}

function buttons(visit: Visit, { id, state, name }: Expert): Html {
  const { say } = visit
  const button = (to: 'approved' | 'retired', label: string) =>
    html`<form method="post" action="${section}/${id}/settle">${csrfField(visit)}<input type="hidden" name="to" value="${to}"><button${to === 'approved' ? html` class="primary"` : ''} aria-label="${label} ${name}">${label}</button></form>`
  if (state === 'retired') return html``
  const isNew = state === 'registered'
  return html`<span class="actions">${isNew ? button('approved', say('experts.approve')) : ''}${button('retired', say(isNew ? 'experts.refuse' : 'experts.retire'))}</span>`
}
