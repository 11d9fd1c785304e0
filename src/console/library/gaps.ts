import { html } from 'hono/html'
import { countAnswers } from '../../features/policy/answer-figures.ts'
import { type Gap, listGaps } from '../../features/policy/answer-log.ts'
import { can } from '../../people/can.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { consolePage, table } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { needs, type Visit, wholeHouse } from '../visit.ts'
import { clauseNames } from './clause-names.ts'
import { accountsInReach } from './reach.ts'

/** The figures above the list are those of a month. */
const figuresFor = 30 * 24 * 3600_000
const mostShown = 200

/** What people asked in vain, and how they liked the answers. */
export function addGapRoutes({ options: { store }, get }: ConsoleRoutes): void {
  get('/gaps', async (visit) => {
    needs(visit, 'gaps.view')
    const { say, actor, now } = visit
    const seesAll = can(actor, 'gaps.view', wholeHouse)
    const asked = await store.db.selectFrom('gap').select('account').distinct().execute()
    const accounts = asked.map(({ account }) => account)
    const visible = await accountsInReach(store.db, visit, 'gaps.view', accounts)
    const gaps = await listGaps(store.db, visible)
    const answered = await listGaps(store.db, visible, { closed: true })
    const answerable = await accountsInReach(store.db, visit, 'gaps.answer', accounts)
    const shown = gaps.slice(0, mostShown)
    // The asker may read more than the visitor, who is then told of no clause.
    const nameOf = await clauseNames(
      store,
      visit,
      shown.flatMap(({ nearest }) => nearest ?? []),
    )
    const nearestTo = ({ nearest }: Gap) => {
      const name = nearest && nameOf(nearest)
      return name && typeof name !== 'string' ? name.name : ''
    }
    const figures = seesAll ? await countAnswers(store.db, new Date(now.getTime() - figuresFor)) : null
    const header = (['question', 'times', 'askers', 'person', 'nearest', 'last', 'assign'] as const).map(
      (key) => say(`gaps.${key}`),
    )
    const rows = shown.map((gap) => [
      gap.question,
      String(gap.times),
      String(gap.askers),
      gap.wantsPerson ? html`<span class="tag waiting">${say('gaps.waiting')}</span>` : '',
      nearestTo(gap),
      minuteInChina(gap.lastAt),
      answerable.has(gap.account) ? html`<a href="/console/gaps/${gap.id}">${say('gaps.assign-to')}</a>` : '',
    ])
    const body = html`<h1>${say('nav.gaps')}</h1>
${visit.context.req.query('done') === 'assigned' ? html`<p class="done" role="status">${say('gaps.done')}</p>` : ''}
<p class="lead">${say(seesAll ? 'gaps.lead' : 'gaps.lead-own')}</p>
${
  figures
    ? html`<dl class="figures" aria-label="${say('gaps.figures')}">${(
        ['answers', 'refused', 'up', 'down'] as const
      ).map((name) => html`<div><dt>${say(`gaps.figure.${name}`)}</dt><dd>${figures[name]}</dd></div>`)}</dl>`
    : ''
}
<section class="panel"><h2>${say('gaps.list', { count: gaps.length })}</h2>
${gaps.length === 0 ? html`<p class="empty">${say('gaps.none')}</p>` : table(say('nav.gaps'), header, rows)}
${gaps.length > mostShown ? html`<p class="small">${say('gaps.more', { most: mostShown })}</p>` : ''}
</section>
${answered.length === 0 ? '' : answeredPanel(visit, answered.slice(0, mostShown))}`
    return consolePage(visit, { title: say('nav.gaps'), body, section: '/console/gaps' })
  })
}

/** What a person has answered since: done, and no longer in the list above. */
function answeredPanel({ say }: Visit, gaps: readonly Gap[]): Html {
  const header = (['question', 'times', 'closed'] as const).map((key) => say(`gaps.${key}`))
  const rows = gaps.map((gap) => [
    gap.question,
    String(gap.times),
    gap.closedAt ? minuteInChina(gap.closedAt) : '',
  ])
  return html`<section class="panel"><h2>${say('gaps.answered', { count: gaps.length })}</h2>
${table(say('gaps.answered', { count: gaps.length }), header, rows)}</section>`
}
