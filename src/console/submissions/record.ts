import { html } from 'hono/html'
import type { Button } from '../../chat/card.ts'
import type { FormView } from '../../chat/form-view.ts'
import type { Pressed, RecordPage } from '../../features/submissions/port.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { explainError } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { cardBlocks } from '../card-blocks.ts'
import { consolePage, csrfField } from '../frame.ts'
import { largestFilledPage } from '../limits.ts'
import { buttonIn } from '../press-panel.ts'
import { recordForm } from '../record-form.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, type Visit } from '../visit.ts'
import { filesPanel } from './record-files.ts'

const section = '/console/submissions'
/** Buttons of the card in chat that the page itself stands for. */
const ownToPage: readonly string[] = ['submissions.open', 'submissions.history']

/**
 * A record with its content, how it was handled, and what the visitor may do about it. Whoever may open the console and
 * has a part in the record sees it; what they see and may do is decided as in chat.
 */
export function addRecordRoutes({ options: { records }, pageFiles, get, post }: ConsoleRoutes): void {
  get('/submissions/:id', async (visit) => {
    const record = await records.show(visitorOf(visit), idIn(visit, 'id'))
    const done = visit.context.req.query('done') === 'acted' ? visit.say('submissions.acted') : ''
    return recordPage(visit, record, { done })
  })

  // What a refusal leads back to.
  for (const path of ['/submissions/:id/press', '/submissions/:id/form']) {
    get(path, async (visit) => visit.context.redirect(`${section}/${idIn(visit, 'id')}`, 303))
  }

  post('/submissions/:id/press', async (visit, fields) => {
    const id = idIn(visit, 'id')
    return result(visit, id, () => records.press(visitorOf(visit), buttonIn(fields)))
  })

  post(
    '/submissions/:id/form',
    (visit, fields) =>
      pageFiles.answer(visit, fields, async (page) => {
        const id = idIn(visit, 'id')
        if (page.step === 'cancel') {
          await records.answer(visitorOf(visit), page)
          return visit.context.redirect(`${section}/${id}`, 303)
        }
        return result(visit, id, () => records.answer(visitorOf(visit), page))
      }),
    largestFilledPage,
  )

  /** Where it leads: to the form, to the record as it is now, or to the record with why nothing was done. */
  async function result(visit: Visit, id: string, work: () => Promise<Pressed>): Promise<Response> {
    let pressed: Pressed
    try {
      pressed = await work()
    } catch (error) {
      if (!(error instanceof PlainError) || error.key === 'submissions:gone') throw error
      pressed = { form: null, toast: explainError(error, visit.language), isDone: false, beside: null }
    }
    const { form, toast, isDone, beside } = pressed
    if (isDone) {
      const isReview = visit.context.req.query('from') === 'reviews'
      return visit.context.redirect(
        isReview ? '/console/reviews?done=acted' : `${section}/${id}?done=acted`,
        303,
      )
    }
    const record = await records.show(visitorOf(visit), id)
    if (beside && !form && toast === '') return recordPage(visit, record, { beside })
    return recordPage(visit, record, form ? { form } : { problem: toast })
  }
}

export function visitorOf({ who, language }: Visit): { person: string; language: Visit['language'] } {
  return { person: who.id, language }
}

interface Said {
  form?: FormView
  /** Why nothing was done. */
  problem?: string
  done?: string
  /** What was asked for beside the record. */
  beside?: Pressed['beside']
}

function recordPage(
  visit: Visit,
  record: RecordPage,
  { form, problem = '', done = '', beside = null }: Said,
) {
  const { say, context } = visit
  const from = context.req.query('from') === 'reviews' ? 'reviews' : ''
  const wrong = form?.fields.some((field) => field.problem !== '') ?? false
  const body = html`<p class="crumbs"><a href="${from ? '/console/reviews' : section}">${say(from ? 'nav.reviews' : 'nav.submissions')}</a></p>
<h1>${record.title}</h1>
${done === '' ? '' : html`<p class="done" role="status">${done}</p>`}
${problem === '' ? '' : html`<p class="done problem-box" role="alert">${problem}</p>`}
${beside ? html`<section class="panel" role="status"><h2>${beside.title}</h2>${cardBlocks(beside.blocks, (button) => pressForm(visit, record.id, button, from))}</section>` : ''}
<div class="record${form ? ' record-filling' : ''}">
<div class="record-main">${recordBody(visit, record, from)}</div>
<aside class="record-side">${form ? formPanel(visit, record, form, from) : actionPanel(visit, record, from)}</aside>
</div>`
  const status = wrong || problem !== '' ? 422 : 200
  return consolePage(visit, { title: record.title, body, section, status })
}

/** What the record holds, and below it how it was handled. */
export function recordBody(visit: Visit, { id, blocks, history, files }: RecordPage, from = ''): Html {
  const { say } = visit
  // The last row of buttons is what can be done with the record as a whole; it stands at the side.
  const last = blocks.findLastIndex(({ type }) => type === 'buttons')
  const content = blocks.filter((_, at) => at !== last)
  return html`<section class="panel" aria-label="${say('submissions.content')}">${cardBlocks(content, (button) => pressForm(visit, id, button, from))}</section>
${filesPanel(visit, id, files)}
${
  history.length === 0
    ? ''
    : html`<section class="panel"><h2>${say('submissions.history')}</h2><ol class="history">${history.map(({ text, words }) => html`<li><p>${text}</p>${words === '' ? '' : html`<p class="prose">${words}</p>`}</li>`)}</ol></section>`
}`
}

function actionPanel(visit: Visit, { id, blocks }: RecordPage, from: string): Html {
  const last = blocks.findLast((block) => block.type === 'buttons')
  const buttons = (last?.type === 'buttons' ? last.buttons : []).map((button) =>
    pressForm(visit, id, button, from),
  )
  const shown = buttons.filter((button) => button !== '')
  return html`<section class="panel"><h2>${visit.say('submissions.actions')}</h2>
${shown.length === 0 ? html`<p class="empty">${visit.say('submissions.no-actions')}</p>` : html`<div class="actions">${shown}</div>`}</section>`
}

function formPanel(visit: Visit, { id }: RecordPage, form: FormView, from: string): Html {
  const address = `${section}/${id}/form${from ? `?from=${from}` : ''}`
  return html`<section class="panel"><h2>${form.title}</h2>${recordForm(visit, form, address)}</section>`
}

/** A button of the card as a form of its own, so that it works without a script. */
export function pressForm(visit: Visit, id: string, button: Button, from = ''): Html | '' {
  if (ownToPage.includes(button.action)) {
    const other = button.value.submission
    return other === undefined || other === id || button.action !== 'submissions.open'
      ? ''
      : html`<a class="button" href="${section}/${other}">${button.label}</a>`
  }
  return html`<form method="post" action="${section}/${id}/press${from ? `?from=${from}` : ''}">${csrfField(visit)}<input type="hidden" name="action" value="${button.action}"><input type="hidden" name="value" value="${JSON.stringify(button.value)}"><button${button.style === 'primary' ? html` class="primary"` : ''}>${button.label}</button></form>`
}
