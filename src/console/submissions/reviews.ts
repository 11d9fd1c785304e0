import { html } from 'hono/html'
import { waitingReviews } from '../../features/submissions/review/waiting-reviews.ts'
import { stateTitle, varietyTitle } from '../../features/submissions/texts.ts'
import { consolePage, table } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { needs } from '../visit.ts'
import { pressForm, recordBody, visitorOf } from './record.ts'
import { dueCell } from './submission-lines.ts'

const section = '/console/reviews'

/** What waits for the visitor's review: the next one open beside the button by which it is scored or declined. */
export function addReviewRoutes({ options: { store, submissions, records }, get }: ConsoleRoutes): void {
  get('/reviews', async (visit) => {
    needs(visit, 'submission.review')
    const { say, language, who, context } = visit
    const waiting = await waitingReviews(store.db, submissions, who.id)
    const wanted = context.req.query('id')
    const chosen = waiting.find(({ row }) => row.id === wanted) ?? waiting[0]
    const record = chosen ? await records.show(visitorOf(visit), chosen.row.id) : null
    const others = waiting.filter((one) => one !== chosen)
    const buttons = (record?.blocks ?? []).flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
    const asked = buttons.filter(
      ({ action, value }) =>
        action === 'submissions.act' && chosen?.kind.actions[value.action ?? '']?.does.includes('review'),
    )
    const header = (['number', 'name', 'state', 'due'] as const).map((key) => say(`submissions.${key}`))
    const rows = others.map((submission) => [
      html`<a href="${section}?id=${submission.row.id}">${submission.row.number}</a>`,
      html`${submission.subject}<br><span class="small-inline">${varietyTitle(submission.kind, submission.row.variety, language)}</span>`,
      stateTitle(submission, language),
      dueCell(visit, submission),
    ])
    const body = html`<h1>${say('nav.reviews')}</h1>
<p class="lead">${say(waiting.length === 0 ? 'submissions.reviews-none' : 'submissions.reviews-lead', { count: waiting.length })}</p>
${context.req.query('done') === 'acted' ? html`<p class="done" role="status">${say('submissions.review-kept')}</p>` : ''}
${
  record && chosen
    ? html`<div class="record"><div class="record-main"><h2 class="record-title">${record.title}</h2>${recordBody(visit, record, 'reviews')}</div>
<aside class="record-side"><section class="panel"><h2>${say('submissions.review-now')}</h2><p class="small">${say('submissions.review-hint')}</p><p class="small">${dueCell(visit, chosen)}</p><div class="actions">${asked.map((button) => pressForm(visit, chosen.row.id, button, 'reviews'))}</div></section></aside></div>`
    : ''
}
${others.length === 0 ? '' : html`<section class="panel"><h2>${say('submissions.review-others', { count: others.length })}</h2>${table(say('nav.reviews'), header, rows)}</section>`}`
    return consolePage(visit, { title: say('nav.reviews'), body, section })
  })
}
