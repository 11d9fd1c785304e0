import { html } from 'hono/html'
import { assignGap } from '../../features/policy/assign-gap.ts'
import { listVersions, readVersion } from '../../knowledge/library/versions.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { readerOf } from '../../people/readers.ts'
import { consolePage, csrfField } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'
import { versionsShownTo } from './knowledge.ts'
import { accountsInReach } from './reach.ts'

/** Characters of a clause's first words in the list to choose from. */
const longestLead = 36

/** A question that came to nothing is put under the clause that settles it. */
export function addAssignRoutes({ options: { store }, get, post }: ConsoleRoutes): void {
  get('/gaps/:id', async (visit) => {
    const gap = await gapOf(visit)
    const documents = await readable(visit)
    const wanted = visit.context.req.query('document') ?? gap.nearest_document
    const head = documents.find(({ document }) => document === wanted) ?? documents[0]
    const chosen = head && (await readVersion(store, head.document, head.version))
    const { say } = visit
    const body = html`<h1>${say('assign.title')}</h1>
<section class="panel narrow"><p class="prose">${gap.question}</p>
${
  chosen
    ? html`<form method="get" class="fields"><label>${say('assign.document')}
<select name="document">${documents.map(({ document, title }) => html`<option value="${document}"${document === chosen.document ? html` selected` : ''}>${title}</option>`)}</select></label>
<button>${say('assign.choose')}</button></form>
<form method="post" action="/console/gaps/${gap.id}/assign" class="fields">${csrfField(visit)}
<input type="hidden" name="document" value="${chosen.document}">
<label>${say('assign.clause')}
<select name="key" required>${chosen.clauses.map(({ key, label, lead }) => html`<option value="${key}"${key === gap.nearest_key && chosen.document === gap.nearest_document ? html` selected` : ''}>${label || key} ${lead.slice(0, longestLead)}</option>`)}</select></label>
<p class="small">${say('assign.hint')}</p>
<button class="primary">${say('assign.button')}</button></form>`
    : html`<p class="empty">${say('knowledge.none')}</p>`
}
<p><a href="/console/gaps">${say('back')}</a></p></section>`
    return consolePage(visit, { title: say('assign.title'), body, section: '/console/gaps' })
  })

  post('/gaps/:id/assign', async (visit, fields) => {
    const gap = await gapOf(visit)
    const documents = await readable(visit)
    const head = documents.find((one) => one.document === fields.text('document'))
    const version = head && (await readVersion(store, head.document, head.version))
    const clause = version?.clauses.find(({ key }) => key === fields.text('key'))
    if (!version || !clause) throw new PlainError('console:not-understood')
    await store.transaction((trx) =>
      assignGap(trx, gap, { document: version.document, key: clause.key }, visit.who.id, visit.now),
    )
    return visit.context.redirect('/console/gaps?done=assigned', 303)
  })

  /** The gap that the page is about. Throws PlainError where there is none that the visitor may answer. */
  async function gapOf(visit: Visit) {
    needs(visit, 'gaps.view')
    const gap = await store.db
      .selectFrom('gap')
      .select(['id', 'answer', 'question', 'language', 'account', 'nearest_document', 'nearest_key'])
      .where('id', '=', idIn(visit, 'id'))
      .executeTakeFirst()
    const reached = gap && (await accountsInReach(store.db, visit, 'gaps.answer', [gap.account]))
    if (!gap || !reached?.has(gap.account)) throw new PlainError('console:no-such-record')
    return gap
  }

  /** What the visitor may read themselves: more than that they cannot judge, nor may they learn of it here. */
  async function readable({ who, today }: Visit) {
    const reader = await readerOf(store.db, who.id, today)
    const shown = versionsShownTo(await listVersions(store, today), reader)
    return shown.filter(({ standing }) => standing === 'current')
  }
}
