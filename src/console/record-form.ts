import { html } from 'hono/html'
import type { FieldView, FormView } from '../chat/form-view.ts'
import type { IncomingPage } from '../chat/incoming.ts'
import { PlainError } from '../messages/plain-error.ts'
import { fileExtensions } from '../platforms/web/file-kind.ts'
import { largestFile } from '../platforms/web/limits.ts'
import type { Html } from '../platforms/web/plain-page.ts'
import type { Fields } from './form-fields.ts'
import { csrfField } from './frame.ts'
import type { Visit } from './visit.ts'

const steps = ['next', 'back', 'cancel', 'submit'] as const

/** One page of the form that an action asks, with what was typed into it so far. */
export function recordForm(visit: Visit, view: FormView, address: string): Html {
  const { say } = visit
  const { fields } = view
  const hasFiles = fields.some(({ type }) => type === 'file')
  const shown = steps.filter((step) => view.steps.includes(step))
  // Return in a field presses the first button: it is to lead on, wherever it stands.
  const leading = shown.find((step) => step === 'next' || step === 'submit')
  const ordered = [...(leading ? [leading] : []), ...shown.filter((step) => step !== leading)]
  return html`<form method="post" action="${address}" class="fields record-form"${hasFiles ? html` enctype="multipart/form-data"` : ''} novalidate>${csrfField(visit)}
<input type="hidden" name="draft" value="${view.draft}"><input type="hidden" name="page" value="${view.page}">
<p class="small">${say('submissions.step', view.step)}</p>
${view.intro.map((line) => html`<p class="small">${line}</p>`)}
${fields.map((field) => fieldRow(visit, field))}
${view.summary.length === 0 ? '' : html`<dl class="facts">${view.summary.filter(({ value }) => value !== '').map(({ label, value }) => html`<dt>${label}</dt><dd class="kept-lines">${value}</dd>`)}</dl>`}
<div class="actions">${ordered.map((step) => html`<button name="step" value="${step}"${step === leading ? html` class="primary"` : ''}>${say(`submissions.do.${step}`)}</button>`)}</div></form>`
}

function fieldRow({ say }: Visit, field: FieldView): Html {
  const { name, label, required, hint, example, problem, type, options } = field
  const id = `field-${name}`
  const limits = type === 'file' ? say('submissions.files-limit', { most: largestFile / 1024 / 1024 }) : ''
  const notes = [hint, limits, example === '' ? '' : say('submissions.example', { example })].filter(Boolean)
  const described = [
    ...(notes.length > 0 ? [`${id}-hint`] : []),
    ...(problem === '' ? [] : [`${id}-problem`]),
  ].join(' ')
  const optional = required ? '' : html` <span class="optional">${say('submissions.optional')}</span>`
  const more = html`${notes.length > 0 ? html`<p class="small" id="${id}-hint">${notes.join(' ')}</p>` : ''}${problem === '' ? '' : html`<p class="problem" id="${id}-problem" role="alert">${problem}</p>`}`
  if (type === 'multi-select') {
    const chosen = field.value
    return html`<fieldset class="choices"><legend>${label}${optional}</legend><input type="hidden" name="${name}[]" value="">${options.map((one) => html`<label class="check"><input type="checkbox" name="${name}[]" value="${one.value}"${chosen.includes(one.value) ? html` checked` : ''}> ${one.label}</label>`)}${more}</fieldset>`
  }
  if (type === 'file') {
    const accept = fileExtensions.map((extension) => `.${extension}`).join(',')
    const held = [field.value].flat()
    // What is there already stays, unless it is ticked.
    const there = html`${held.length === 0 ? '' : html`<fieldset class="choices"><legend>${say('submissions.files-there')}</legend>${held.map((one) => html`<label class="check"><input type="checkbox" name="drop:${name}[]" value="${one}"> ${one}</label>`)}</fieldset>`}`
    return html`<div class="field"><label for="${id}">${label}${optional}</label><input id="${id}" name="add:${name}[]" type="file" multiple accept="${accept}"${ariaOf(described, problem)}>${there}${more}</div>`
  }
  return html`<div class="field"><label for="${id}">${label}${optional}</label>${input(field, id, described)}${more}</div>`
}

function input({ name, type, value, options, problem }: FieldView, id: string, described: string): Html {
  const typed = Array.isArray(value) ? value.join('、') : value
  const aria = ariaOf(described, problem)
  const field = (kind: string, more: Html | '' = '') =>
    html`<input id="${id}" name="${name}" type="${kind}" value="${typed}" autocomplete="off"${more}${aria}>`
  switch (type) {
    case 'long-text':
      return html`<textarea id="${id}" name="${name}" rows="4"${aria}>${typed}</textarea>`
    case 'number':
    case 'money':
      return field('text', html` inputmode="decimal"`)
    case 'date':
      // A day typed in words, as a draft from elsewhere may hold it, is no value of a day field.
      return field(typed === '' || /^\d{4}-\d\d-\d\d$/.test(typed) ? 'date' : 'text')
    case 'time':
      return field(typed === '' || /^\d\d:\d\d$/.test(typed) ? 'time' : 'text')
    case 'select':
      return html`<select id="${id}" name="${name}"${aria}><option value=""></option>${options.map((one) => html`<option value="${one.value}"${one.value === typed ? html` selected` : ''}>${one.label}</option>`)}</select>`
    case 'checkbox':
      return html`<input type="hidden" name="${name}" value=""><input id="${id}" type="checkbox" name="${name}" value="yes"${typed === 'yes' ? html` checked` : ''}${aria}>`
    default:
      return field('text')
  }
}

function ariaOf(described: string, problem: string): Html {
  return html`${described === '' ? '' : html` aria-describedby="${described}"`}${problem === '' ? '' : html` aria-invalid="true"`}`
}

/** A page of a form as a browser sent it, without its files. Throws PlainError where it is none of ours. */
export function pageIn(fields: Fields): Pick<IncomingPage, 'draft' | 'page' | 'step' | 'values'> {
  const [draft, page] = [fields.text('draft'), fields.text('page')]
  if (!/^[\w-]{1,64}$/.test(draft) || page === '') throw new PlainError('console:not-understood')
  const values: IncomingPage['values'] = Object.create(null)
  for (const name of fields.names()) {
    if (['csrf', 'draft', 'page', 'step'].includes(name) || /^(?:add|drop):/.test(name)) continue
    if (name.endsWith('[]')) values[name.slice(0, -2)] = fields.list(name).filter((one) => one !== '')
    else values[name] = fields.text(name)
  }
  return { draft, page, step: fields.choice('step', steps), values }
}
