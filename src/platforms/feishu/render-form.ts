import type { FieldView, FormView } from '../../chat/form-view.ts'
import type { IncomingPage } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { cut, label, oneLine } from './card-text.ts'
import { largestCard, longestInput, longestSummary, mostElements, mostOptions } from './limits.ts'
import {
  countElements,
  type Element,
  type FeishuCard,
  noteElement,
  type Place,
  plainText,
  sizeOf,
} from './render-card.ts'

/** What the buttons of a form carry. */
export interface PageValue extends Place {
  draft: string
  page: string
  step: IncomingPage['step']
  /** The fields that are filled in there: one that does not come back was emptied. */
  fields?: string[]
}

/** Ends the name of a field into which several values are typed with commas between them. */
export const listSuffix = ':list'

/**
 * A page of a form as a card with a form in it. `back` and `save` send in what was typed as well, so none of the
 * fields is required by the card itself: the vendor's client would let nobody save a page that is half filled in. What
 * is missing is said above its field when the page comes back.
 */
export function renderForm(view: FormView, place: Place, language: Language): FeishuCard {
  for (const budget of [4000, 1000, 300, 80]) {
    const card = draw(view, { place, language, budget, options: mostOptions })
    if (fits(card)) return card
  }
  // Very many choices: they are written down instead of chosen from.
  return draw(view, { place, language, budget: 60, options: 0 })
}

/** In place of a form that is finished with. */
export function renderClosed(words: string): FeishuCard {
  return {
    schema: '2.0',
    config: { update_multi: true, summary: { content: cut(oneLine(words), longestSummary) } },
    body: { elements: [noteElement(words)] },
  }
}

interface Drawing {
  place: Place
  language: Language
  /** Characters of one text. */
  budget: number
  /** A choice of more is typed. */
  options: number
}

function fits(card: FeishuCard): boolean {
  return sizeOf(card) <= largestCard && countElements(card) <= mostElements
}

function draw(view: FormView, drawing: Drawing): FeishuCard {
  const { language, budget } = drawing
  const words = (text: string) => cut(harmlessText(text), budget)
  const at = translate(language, 'feishu:form.step', { at: view.step.at, of: view.step.of })
  const title = label(view.step.of > 1 ? `${view.title} ${at}` : view.title)
  const elements: Element[] = view.intro
    .filter((line) => line.trim() !== '')
    .map((line) => noteElement(words(line)))
  if (view.summary.length > 0) {
    const lines = view.summary.map((line) => `${words(oneLine(line.label))}：${words(line.value) || '—'}`)
    elements.push({ tag: 'div', text: plainText(lines.join('\n')) })
  }
  const buttons = view.steps.filter((step) => step !== 'cancel')
  if (view.fields.length > 0) {
    const fields = view.fields.flatMap((field) => drawField(field, drawing))
    const names = fields.flatMap(({ name }) => (typeof name === 'string' ? [name] : []))
    const sending = buttons.map((step) => ({
      ...stepButton(step, view, drawing, { fields: names }),
      name: `step-${step}`,
      form_action_type: 'submit',
    }))
    elements.push({ tag: 'form', name: 'page', elements: [...fields, row(sending)] })
  } else elements.push(row(buttons.map((step) => stepButton(step, view, drawing))))
  const beside = [
    // The vendor's client may send nothing at all for a form in which nothing was filled in.
    ...(view.fields.length > 0 && view.fields.every(isEmpty) ? skipButton(view, drawing) : []),
    ...(view.steps.includes('cancel') ? [stepButton('cancel', view, drawing)] : []),
  ]
  if (beside.length > 0) elements.push(row(beside))
  return {
    schema: '2.0',
    config: { update_multi: true, summary: { content: title } },
    header: { title: plainText(title), template: 'blue' },
    body: { elements },
  }
}

function isEmpty(field: FieldView): boolean {
  return field.value.length === 0
}

/** Goes on with nothing filled in; where something is required, the page comes back and says so. */
function skipButton(view: FormView, drawing: Drawing): Element[] {
  const words = translate(drawing.language, 'feishu:form.skip')
  return view.steps.includes('next') ? [{ ...stepButton('next', view, drawing), text: plainText(words) }] : []
}

function row(buttons: Element[]): Element {
  return {
    tag: 'column_set',
    flex_mode: 'flow',
    columns: buttons.map((button) => ({ tag: 'column', width: 'auto', elements: [button] })),
  }
}

function stepButton(
  step: IncomingPage['step'],
  view: FormView,
  { place, language }: Drawing,
  more: Pick<PageValue, 'fields'> = {},
): Element {
  const value: PageValue = { draft: view.draft, page: view.page, step, ...more, ...place }
  return {
    tag: 'button',
    text: plainText(translate(language, `feishu:form.${step}`)),
    type: step === 'next' || step === 'submit' ? 'primary' : 'default',
    behaviors: [{ type: 'callback', value }],
  }
}

/** The field with what is to be known about it above: name, problem, hint. */
function drawField(field: FieldView, drawing: Drawing): Element[] {
  const { language, budget } = drawing
  const words = (text: string) => cut(harmlessText(text), budget)
  const name = `${oneLine(field.label)}${field.required ? ' *' : ''}`
  const elements: Element[] = [{ tag: 'div', text: { ...plainText(words(name)), text_size: 'heading' } }]
  if (field.problem !== '') {
    elements.push({ tag: 'div', text: { ...plainText(`⚠ ${words(field.problem)}`), text_color: 'red' } })
  }
  if (field.hint !== '') elements.push(noteElement(words(field.hint)))
  return [
    ...elements,
    ...drawControl(field, drawing, words(field.example) || translate(language, 'feishu:form.fill-in')),
  ]
}

function drawControl(field: FieldView, drawing: Drawing, placeholder: string): Element[] {
  const { language } = drawing
  const value = typeof field.value === 'string' ? harmlessText(field.value) : field.value.map(harmlessText)
  const text = typeof value === 'string' ? value : ''
  const named = { name: field.name, required: false }
  const hint = { placeholder: plainText(cut(placeholder, 100)) }
  switch (field.type) {
    case 'file': {
      const held = typeof value === 'string' ? [] : value
      const words = translate(language, held.length > 0 ? 'feishu:form.files' : 'feishu:form.send-files', {
        files: held.map((file) => cut(oneLine(file), 60)).join('、'),
      })
      return [noteElement(words)]
    }
    case 'checkbox':
      return [select({ ...named, ...hint }, yesOrNo(language), text)]
    case 'select':
      if (field.options.length > drawing.options) return typedChoice(field, named, hint, drawing)
      return [select({ ...named, ...hint }, field.options, text)]
    case 'multi-select': {
      if (field.options.length > drawing.options) return typedChoice(field, named, hint, drawing)
      const chosen = (typeof value === 'string' ? [value] : value).filter((one) =>
        field.options.some((option) => option.value === one),
      )
      return [
        {
          tag: 'multi_select_static',
          ...named,
          ...hint,
          options: field.options.map(drawOption),
          ...(chosen.length > 0 ? { selected_values: chosen } : {}),
          width: 'fill',
        },
      ]
    }
    case 'date':
    case 'time': {
      const isDate = field.type === 'date'
      // What a picker cannot show, such as “next Monday”, stays as it was typed.
      const shape = isDate ? /^\d{4}-\d\d-\d\d$/ : /^\d\d:\d\d$/
      if (text !== '' && !shape.test(text)) break
      const initial = text === '' ? {} : isDate ? { initial_date: text } : { initial_time: text }
      return [{ tag: isDate ? 'date_picker' : 'picker_time', ...named, ...hint, ...initial, width: 'fill' }]
    }
  }
  // What is longer than the vendor's field stays as it is unless it is changed in the conversation.
  if (text.length > longestInput) {
    return [noteElement(`${cut(text, 200)}\n${translate(language, 'feishu:form.too-long-to-show')}`)]
  }
  return [
    {
      tag: 'input',
      ...named,
      ...hint,
      ...(text === '' ? {} : { default_value: text }),
      max_length: longestInput,
      width: 'fill',
      ...(field.type === 'long-text' ? { input_type: 'multiline_text', rows: 4 } : {}),
    },
  ]
}

function select(named: object, options: FieldView['options'], value: string): Element {
  const chosen = options.some((option) => option.value === value) ? { initial_option: value } : {}
  return { tag: 'select_static', ...named, options: options.map(drawOption), ...chosen, width: 'fill' }
}

function drawOption({ value, label: words }: { value: string; label: string }) {
  return { text: plainText(label(words)), value }
}

function yesOrNo(language: Language): FieldView['options'] {
  return (['yes', 'no'] as const).map((value) => ({
    value,
    label: translate(language, `feishu:form.${value}`),
  }))
}

/** Too many options to be drawn: the first are shown, and their value is typed. */
function typedChoice(
  field: FieldView,
  named: object,
  hint: object,
  { language, budget }: Drawing,
): Element[] {
  const shown = field.options.map((option) => `${option.value}：${oneLine(option.label)}`).join('\n')
  const value = typeof field.value === 'string' ? field.value : field.value.join('，')
  const several = field.type === 'multi-select' ? { name: `${field.name}${listSuffix}` } : {}
  return [
    noteElement(`${translate(language, 'feishu:form.type-choice')}\n${cut(harmlessText(shown), budget * 4)}`),
    {
      tag: 'input',
      ...named,
      ...several,
      ...hint,
      ...(value === '' ? {} : { default_value: cut(value, longestInput) }),
      max_length: longestInput,
      width: 'fill',
    },
  ]
}
