import type { Acknowledgement, FieldView, FormView } from '../../chat/form-view.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { renderCard } from './render-card.ts'

/** An acknowledgement as it goes to the browser: what is shown is made harmless, what comes back stays unchanged. */
export function renderAcknowledgement(given: Acknowledgement): Acknowledgement {
  return {
    ...(given.toast === undefined ? {} : { toast: harmlessText(given.toast) }),
    ...(given.replace === undefined ? {} : { replace: renderCard(given.replace) }),
    ...(given.beside === undefined ? {} : { beside: renderCard(given.beside) }),
    ...(given.form === undefined ? {} : { form: renderForm(given.form) }),
    ...(given.closed === undefined ? {} : { closed: given.closed }),
  }
}

function renderForm(form: FormView): FormView {
  return {
    ...form,
    title: harmlessText(form.title),
    intro: form.intro.map(harmlessText),
    fields: form.fields.map(renderField),
    summary: form.summary.map(({ label, value }) => ({
      label: harmlessText(label),
      value: harmlessText(value),
    })),
  }
}

function renderField(field: FieldView): FieldView {
  return {
    ...field,
    label: harmlessText(field.label),
    hint: harmlessText(field.hint),
    example: harmlessText(field.example),
    problem: harmlessText(field.problem),
    options: field.options.map(({ value, label }) => ({ value, label: harmlessText(label) })),
    value: typeof field.value === 'string' ? harmlessText(field.value) : field.value.map(harmlessText),
  }
}
