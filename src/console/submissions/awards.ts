import { html } from 'hono/html'
import { awardsCard } from '../../features/submissions/review/award-list.ts'
import { cardBlocks } from '../card-blocks.ts'
import { consolePage } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { canSomewhere, needs } from '../visit.ts'

const section = '/console/awards'
/** Years that can be chosen, this one among them. */
const mostYears = 10

/** 表彰名单 of a year as the chat shows it; whoever may export downloads all of it as a ledger. */
export function addAwardRoutes({ options: { store, submissions }, get }: ConsoleRoutes): void {
  get('/awards', async (visit) => {
    needs(visit, 'submission.view')
    const { say, who, today, language, context } = visit
    const current = Number(today.slice(0, 4))
    const years = Array.from({ length: mostYears }, (_, at) => String(current - at))
    const year = years.find((one) => one === context.req.query('year')) ?? years[0]!
    const reader = { person: who.id, today, language, text: year }
    const card = await store.snapshot((trx) => awardsCard(trx, submissions, reader))
    const blocks = card.blocks.filter(({ type }) => type !== 'link')
    const file = (format: string) =>
      html`<a href="/console/ledgers/export?awarded=${year}&amp;format=${format}" download>${format.toUpperCase()}</a>`
    const body = html`<h1>${say('nav.awards')}</h1>
<form class="panel filters" action="${section}"><div class="filters-main">
<label>${say('awards.year')}<select name="year">${years.map((one) => html`<option value="${one}"${one === year ? html` selected` : ''}>${one}</option>`)}</select></label>
<button class="primary">${say('awards.show')}</button></div></form>
<section class="panel">${card.title ? html`<h2>${card.title}</h2>` : ''}${cardBlocks(blocks, () => '')}
${card.title && canSomewhere(visit.actor, 'submission.export') ? html`<p class="small">${say('awards.download')} ${file('xlsx')} · ${file('csv')}</p>` : ''}</section>`
    return consolePage(visit, { title: say('nav.awards'), body, section })
  })
}
