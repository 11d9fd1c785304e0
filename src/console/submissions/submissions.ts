import { html } from 'hono/html'
import { boardOf, mostCounted } from '../../features/submissions/board.ts'
import { type ListFilters, listSubmissions } from '../../features/submissions/list-submissions.ts'
import { waitingFor } from '../../features/submissions/waiting.ts'
import { translate } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { consolePage } from '../frame.ts'
import { askedPage, pageTurns } from '../paging.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { canSomewhere, needs, type Visit } from '../visit.ts'
import { addressOf, filterChoices, filterForm, filtersIn } from './submission-filters.ts'
import { besideOf, dueCell, linesTable, recordAddress } from './submission-lines.ts'

const section = '/console/submissions'
const pageSize = 50

/** What was sent in: as a table that is narrowed and searched, as a board by states, and what waits for the visitor. */
export function addSubmissionRoutes({ options: { store, submissions }, get }: ConsoleRoutes): void {
  const { kinds } = submissions

  get('/submissions', async (visit) => {
    needs(visit, 'submission.view')
    const { say, who, context } = visit
    const choices = await filterChoices(store.db, visit)
    const filters = filtersIn(visit, choices)
    const after = context.req.query('after')
    const page = { size: pageSize, ...(after ? { after } : {}) }
    const list = await listSubmissions(store.db, submissions, { person: who.id }, filters, page)
    const isWhole = Object.keys(filters).length === 0
    const body = html`<h1>${say('nav.submissions')}</h1>
${tabs(visit, 'list', filters)}
${filterForm(visit, kinds, choices, filters)}
<section class="panel lines">
${
  list.submissions.length === 0
    ? html`<p class="empty">${say(isWhole ? 'submissions.none' : 'submissions.none-found')}</p>`
    : linesTable(visit, list.submissions, await besideOf(store.db, list.submissions))
}
${list.submissions.length > 0 && canSomewhere(visit.actor, 'submission.export') ? downloads(visit, filters) : ''}
<p class="actions">${after ? html`<a class="button" href="${section}${addressOf(filters)}">${say('submissions.first-page')}</a>` : ''}${list.next === null ? '' : html`<a class="button" rel="next" href="${section}${addressOf(filters, { after: list.next })}">${say('submissions.next-page')}</a>`}${canSomewhere(visit.actor, 'submission.export') ? html`<a class="button" href="/console/ledgers/export${addressOf(filters)}">${say('ledgers.export')}</a>` : ''}</p>
</section>`
    return consolePage(visit, { title: say('nav.submissions'), body, section })
  })

  get('/submissions/waiting', async (visit) => {
    needs(visit, 'submission.view')
    const { say, who, today } = visit
    const wanted = { page: askedPage(visit), size: pageSize }
    const asker = { person: who.id, today }
    const list = await waitingFor(store.db, submissions, asker, wanted)
    const turns = pageTurns(visit, {
      ...{ page: list.page, hasMore: list.page * pageSize < list.count },
      addressOf: (to) => `${section}/waiting?page=${to}`,
    })
    const body = html`<h1>${say('nav.submissions')}</h1>
${tabs(visit, 'waiting', {})}
<section class="panel lines"><h2>${say('submissions.waiting-count', { count: list.count })}</h2>
${list.count === 0 ? html`<p class="empty">${say('submissions.waiting-none')}</p>` : linesTable(visit, list.submissions, await besideOf(store.db, list.submissions))}
${turns}
</section>`
    return consolePage(visit, { title: say('submissions.waiting'), body, section })
  })

  get('/submissions/board', async (visit) => {
    needs(visit, 'submission.view')
    const { say, who, language } = visit
    const choices = await filterChoices(store.db, visit)
    const all = kinds.all()
    const { kind: wanted, ...narrowed } = filtersIn(visit, choices)
    // Without a choice the kind of which something came in last.
    const newest = await listSubmissions(store.db, submissions, { person: who.id }, {}, { size: 1 })
    const last = newest.submissions[0]?.row.kind
    const kind = all.find((one) => one.kind === (wanted ?? last)) ?? all[0]
    const { organisation, handler } = narrowed
    const chosen = { ...(organisation ? { organisation } : {}), ...(handler ? { handler } : {}) }
    const columns = kind ? await boardOf(store.db, submissions, { person: who.id }, kind.kind, chosen) : []
    const beside = await besideOf(
      store.db,
      columns.flatMap((column) => column.submissions),
    )
    const open = columns.filter(({ isFinal }) => !isFinal)
    const final = columns.filter(({ isFinal, count }) => isFinal && count > 0)
    const column = ({ state, title, submissions: shown, count }: (typeof columns)[number]): Html => {
      const more = addressOf({ ...chosen, kind: kind?.kind ?? '', states: [state] })
      return html`<section class="board-column${count === 0 ? ' board-empty' : ''}" aria-labelledby="state-${state}"><h2 id="state-${state}">${translate(language, title)} <span class="board-count">${count >= mostCounted ? `${mostCounted - 1}+` : count}</span></h2>
${
  shown.length === 0
    ? ''
    : html`<ul>${shown.map(
        (
          one,
        ) => html`<li><a href="${recordAddress(one)}"><span class="board-number">${one.row.number}</span>${one.subject || '—'}</a>
<p class="small">${[one.row.handler === null ? '' : (beside.people.get(one.row.handler) ?? ''), dueCell(visit, one)].filter((part) => part !== '').map((part) => html`<span>${part}</span> `)}</p></li>`,
      )}</ul>`
}
${count > shown.length ? html`<p class="small"><a href="${section}${more}">${say('submissions.see-all')}</a></p>` : ''}</section>`
    }
    const select = (
      name: string,
      label: string,
      options: readonly (readonly [string, string])[],
      value = '',
    ) =>
      html`<label>${label}<select name="${name}">${options.map(([id, text]) => html`<option value="${id}"${id === value ? html` selected` : ''}>${text}</option>`)}</select></label>`
    const anyone = ['', say('submissions.all')] as const
    const body = html`<h1>${say('nav.submissions')}</h1>
${tabs(visit, 'board', kind ? { kind: kind.kind } : {})}
<form class="panel filters" action="${section}/board"><div class="filters-main">
${select(
  'kind',
  say('submissions.kind'),
  all.map((one) => [one.kind, translate(language, one.title)]),
  kind?.kind,
)}
${select('organisation', say('submissions.organisation'), [anyone, ...choices.organisations.map(({ id, path }) => [id, path] as const)], organisation)}
${select('handler', say('submissions.handler'), [anyone, ...choices.handlers.map(({ id, name }) => [id, name] as const)], handler)}
<button>${say('submissions.find')}</button></div></form>
<div class="board" role="region" aria-label="${say('submissions.board')}" tabindex="0">${open.map(column)}</div>
${final.length === 0 ? '' : html`<h2 class="board-ended">${say('submissions.ended')}</h2><div class="board">${final.map(column)}</div>`}`
    return consolePage(visit, { title: say('submissions.board'), body, section })
  })
}

/** What the list holds as a file, as far as the visitor may export it. */
function downloads(visit: Visit, filters: ListFilters): Html {
  const { say } = visit
  const link = (format: string, label: string) =>
    html`<a href="/console/ledgers/export${addressOf(filters, { format })}" download>${label}</a>`
  return html`<p class="small">${say('submissions.download')} ${link('xlsx', 'XLSX')} · ${link('csv', 'CSV')}</p>${pushButton(visit, '台账')}`
}

/** The ways to look at what was sent in. */
function tabs({ say }: Visit, current: 'list' | 'board' | 'waiting', { kind }: ListFilters): Html {
  const of = kind ? { kind } : {}
  const tab = (name: typeof current, href: string, label: string) =>
    html`<li><a href="${href}"${name === current ? html` aria-current="page"` : ''}>${label}</a></li>`
  return html`<nav class="tabs" aria-label="${say('submissions.views')}"><ul>
${tab('list', `${section}${addressOf(of)}`, say('submissions.list'))}
${tab('board', `${section}/board${addressOf(of)}`, say('submissions.board'))}
${tab('waiting', `${section}/waiting`, say('submissions.waiting'))}
</ul></nav>`
}
