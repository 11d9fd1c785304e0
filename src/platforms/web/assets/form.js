import { element } from './draw-card.js'
import { drawField } from './draw-field.js'
import { focusDrawerTitle, showInDrawer } from './drawer.js'
import { announce } from './notify.js'
import { say } from './page-data.js'

/** What each step says; `next` and `submit` are the main one of their page. */
const stepLabels = {
  next: () => say('form-next'),
  back: () => say('form-back'),
  save: () => say('form-save'),
  cancel: () => say('form-cancel'),
  submit: () => say('form-submit'),
}

/**
 * Opens a page of a form in the drawer.
 * @param leavePage `(view, step, values)` hands the page in and shows what comes next; rejects with a Problem.
 * @param sendFile `(file)` resolves when the file has been taken.
 */
export function showForm(view, { leavePage, sendFile }) {
  const form = element('form', 'form')
  form.noValidate = true
  form.autocomplete = 'off'
  const complaint = element('p', 'form-complaint')
  complaint.setAttribute('role', 'alert')
  complaint.hidden = true
  const fields = view.fields.map((field) => drawField(field, { sendFile, complain }))
  const foot = element('div', 'form-foot')
  form.append(
    element('p', 'form-step', say('form-at', view.step)),
    ...view.intro.map((text) => element('p', 'form-intro', text)),
    complaint,
    ...fields.map(({ node }) => node),
    drawSummary(view.summary),
    foot,
  )
  let isBusy = false

  function complain(text) {
    complaint.textContent = text
    complaint.hidden = text === ''
    if (text) complaint.scrollIntoView({ block: 'nearest' })
  }

  /** Hands the page in, once however often it is pressed; true where that worked. */
  async function leave(step) {
    if (isBusy) return false
    isBusy = true
    form.setAttribute('aria-busy', 'true')
    complain('')
    try {
      await leavePage(view, step, Object.fromEntries(fields.flatMap(({ read }) => read())))
      return true
    } catch (problem) {
      complain(problem.message)
      return false
    } finally {
      isBusy = false
      form.removeAttribute('aria-busy')
    }
  }

  function drawSteps() {
    const main = view.steps.find((step) => step === 'next' || step === 'submit')
    const others = view.steps.filter((step) => step !== main)
    foot.replaceChildren(
      ...[...others, main].filter(Boolean).map((step) => {
        const control = element('button', `form-button form-button-${step}`, stepLabels[step]())
        control.type = step === main ? 'submit' : 'button'
        if (step === main) control.classList.add('form-button-main')
        else control.addEventListener('click', () => (step === 'cancel' ? askToCancel() : leave(step)))
        return control
      }),
    )
  }

  /** Throwing away what was filled in is asked once. */
  function askToCancel() {
    const question = element('p', 'form-question', say('form-cancel-question'))
    const yes = element('button', 'form-button form-button-bad', say('form-cancel-yes'))
    const no = element('button', 'form-button', say('form-cancel-no'))
    for (const control of [yes, no]) control.type = 'button'
    yes.addEventListener('click', () => leave('cancel'))
    no.addEventListener('click', () => {
      drawSteps()
      foot.querySelector('.form-button-cancel').focus()
    })
    foot.replaceChildren(question, no, yes)
    no.focus()
    announce(question.textContent)
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    leave(view.steps.includes('submit') ? 'submit' : 'next')
  })
  drawSteps()
  showInDrawer(view.title, form, () => {
    // Closing keeps what was filled in, as far as it can be kept.
    if (!view.steps.includes('save')) return true
    return leave('save')
  })
  focusFirst(view, fields, complain)
}

/** The first field that was not taken, else the first to fill in; the heading where nothing is. */
function focusFirst(view, fields, complain) {
  const wrong = fields.filter(({ field }) => field.problem !== '')
  if (wrong.length > 0) {
    complain(say('form-problems', { count: wrong.length }))
    wrong[0].focus()
  } else if (view.fields.length > 0 && matchMedia('(pointer: fine)').matches) {
    fields[0].focus()
  } else {
    focusDrawerTitle()
  }
}

function drawSummary(summary) {
  if (summary.length === 0) return ''
  return element(
    'dl',
    'form-summary',
    ...summary.flatMap(({ label, value }) => [element('dt', '', label), element('dd', '', value)]),
  )
}
