import { html } from 'hono/html'
import type { FieldView, FormView } from '../../chat/form-view.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { fileExtensions } from '../../platforms/web/file-kind.ts'
import type { Html } from '../../platforms/web/plain-page.ts'

/** Who works where is told to nobody without account: such a field is left out where it may be. */
const ofRegister: readonly string[] = ['person', 'people', 'organisation']

/** One page of a form, as a browser without scripts fills it in. */
export function formBody(view: FormView, action: string, language: Language): Html {
  const word = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `submissions:page.${key}`, values)
  const fields = view.fields.filter(({ type, required }) => required || !ofRegister.includes(type))
  const hasFiles = fields.some(({ type }) => type === 'file')
  const steps = view.steps.filter((step) => step !== 'save')
  return html`<p class="plain-note">${word('step', view.step)}</p>
${view.intro.map((line) => html`<p>${line}</p>`)}
<form method="post" action="${action}" class="plain-form"${hasFiles ? html` enctype="multipart/form-data"` : ''} novalidate>
<input type="hidden" name="draft" value="${view.draft}"><input type="hidden" name="page" value="${view.page}">
${fields.map((field) => fieldRow(field, word))}
${view.summary.length === 0 ? '' : html`<dl class="plain-facts">${view.summary.filter(({ value }) => value !== '').map(({ label, value }) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`}
<div class="plain-steps">${steps.map((step, at) => html`<button class="${at === 0 ? 'plain-button' : 'plain-quiet'}" name="step" value="${step}">${word(`do.${step}`)}</button>`)}</div></form>`
}

/** One field with its label, hint and what is wrong of it. @param word gives a message of the web forms. */
export function fieldRow(field: FieldView, word: (key: string) => string): Html {
  const { name, label, required, hint, example, problem } = field
  const id = `field-${name}`
  const notes = [hint, example === '' ? '' : `${word('example')}${example}`].filter((note) => note !== '')
  const described = problem === '' ? (notes.length > 0 ? `${id}-hint` : '') : `${id}-problem`
  return html`<div class="plain-field"><label for="${id}">${label}${required ? '' : html` <span class="plain-optional">${word('optional')}</span>`}</label>
${notes.length > 0 ? html`<p class="plain-hint" id="${id}-hint">${notes.join(' ')}</p>` : ''}
${input(field, id, described)}
${problem === '' ? '' : html`<p class="plain-problem" id="${id}-problem" role="alert">${problem}</p>`}</div>`
}

function input({ name, type, value, options, problem }: FieldView, id: string, described: string): Html {
  const typed = Array.isArray(value) ? '' : value
  const aria = html`${described === '' ? '' : html` aria-describedby="${described}"`}${problem === '' ? '' : html` aria-invalid="true"`}`
  const field = (kind: string, more: Html | '' = '') =>
    html`<input id="${id}" name="${name}" type="${kind}" value="${typed}" autocomplete="off"${more}${aria}>`
  switch (type) {
    case 'long-text':
      return html`<textarea id="${id}" name="${name}" rows="5"${aria}>${typed}</textarea>`
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
    case 'multi-select':
      return html`<input type="hidden" name="${name}" value="">${options.map((one) => html`<label class="plain-choice"><input type="checkbox" name="${name}" value="${one.value}"${value.includes(one.value) ? html` checked` : ''}> ${one.label}</label>`)}`
    case 'checkbox':
      return html`<input type="hidden" name="${name}" value=""><input id="${id}" type="checkbox" name="${name}" value="yes"${typed === 'yes' ? html` checked` : ''}${aria}>`
    case 'file':
      return html`${Array.isArray(value) && value.length > 0 ? html`<p class="plain-hint">${value.join('、')}</p>` : ''}<input id="${id}" name="${name}" type="file" multiple accept="${fileExtensions.map((extension) => `.${extension}`).join(',')}"${aria}>`
    default:
      return field('text')
  }
}
