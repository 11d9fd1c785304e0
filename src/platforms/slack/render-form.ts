import { createHash } from 'node:crypto'
import type { Card } from '../../chat/card.ts'
import type { FieldView, FormView } from '../../chat/form-view.ts'
import type { IncomingPage } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { harmlessText } from '../text/harmless-text.ts'
import * as limits from './limits.ts'
import {
  type ButtonElement,
  type CardBlock,
  cut,
  idSeparator,
  type PlainText,
  plainText,
  renderCard,
} from './render-card.ts'

/** Where a modal was opened from: it is told to nobody else, and the modal itself does not say. */
export interface Place {
  chat: string
  thread: string
  group: boolean
  /** Opened on the app's home, which is to be drawn anew afterwards. Default: elsewhere. */
  home?: true
}

/** What a modal remembers for its next payload. */
export interface ModalMemory extends Place {
  draft?: string
  page?: string
  /** What its own button at the foot does. */
  step?: IncomingPage['step']
}

interface Option {
  text: PlainText
  value: string
}
type Options = { options: Option[] } | { option_groups: { label: PlainText; options: Option[] }[] }
type InputElement =
  | {
      type: 'plain_text_input'
      action_id: string
      multiline: boolean
      max_length: number
      initial_value?: string
      placeholder?: PlainText
    }
  | { type: 'datepicker'; action_id: string; initial_date?: string }
  | { type: 'timepicker'; action_id: string; initial_time?: string }
  | ({ type: 'static_select'; action_id: string; initial_option?: Option } & Options)
  | ({ type: 'multi_static_select'; action_id: string; initial_options?: Option[] } & Options)
  | { type: 'checkboxes'; action_id: string; options: Option[]; initial_options?: Option[] }
type FormBlock =
  | CardBlock
  | {
      type: 'input'
      block_id: string
      label: PlainText
      hint?: PlainText
      optional: boolean
      element: InputElement
    }

export interface Modal {
  type: 'modal'
  title: PlainText
  close: PlainText
  submit?: PlainText
  private_metadata: string
  callback_id: string
  blocks: FormBlock[]
}

/** Names modals of ours; what is pressed in others is nobody's. */
const callbackId = 'kexie'
export const stepAction = 'form-step.'
const inputAction = 'value'

/** A page of a form as a modal: the way on is its own button, the others stand below the fields. */
export function renderForm(view: FormView, place: Place, language: Language): Modal {
  const say = (key: string, values = {}) => translate(language, `slack:form.${key}`, values)
  const step = view.steps.find((one) => one === 'next' || one === 'submit')
  const others = view.steps.filter((one) => one !== step)
  const intro: Card = {
    tone: 'info',
    blocks: [
      { type: 'note', text: say('step', view.step) },
      ...view.intro.map((text) => ({ type: 'text' as const, runs: [{ text }] })),
      ...view.summary.map(({ label, value }) => ({
        type: 'text' as const,
        runs: [{ text: `${label}\n`, strong: true }, { text: value || '—' }],
      })),
    ],
  }
  const steps: CardBlock[] =
    others.length === 0 ? [] : [{ type: 'actions', elements: others.map((one) => stepButton(one, say(one))) }]
  const fields = view.fields.flatMap((field) => renderField(field, language))
  const room = limits.mostViewBlocks - steps.length
  const blocks = [...renderCard(intro, 'modal', language), ...fields].slice(0, room)
  return {
    ...modalOf(
      view.title,
      { ...place, draft: view.draft, page: view.page, ...(step ? { step } : {}) },
      language,
    ),
    ...(step ? { submit: plainText(say(step), limits.longestViewTitle) } : {}),
    blocks: [...blocks, ...steps],
  }
}

/** A card beside the conversation. */
export function renderModal(card: Card, place: Place, language: Language): Modal {
  const title = card.title ?? translate(language, 'web:title')
  const isWhole = title.length <= limits.longestViewTitle
  const shown: Card = isWhole
    ? card
    : { ...card, blocks: [{ type: 'text', runs: [{ text: title, strong: true }] }, ...card.blocks] }
  return { ...modalOf(title, place, language), blocks: renderCard(shown, 'modal', language) }
}

/** What was filled in, from the state of a modal's inputs. Fields that were only shown are not in it. */
export function readValues(state: Record<string, Record<string, StateValue>>): IncomingPage['values'] {
  const values: IncomingPage['values'] = {}
  for (const [block, elements] of Object.entries(state)) {
    const element = elements[inputAction]
    if (element) values[fieldOf(block)] = readValue(element)
  }
  return values
}

/** What Slack says of an input; which of these it says depends on its type. */
export interface StateValue {
  type: string
  value?: string | null | undefined
  selected_date?: string | null | undefined
  selected_time?: string | null | undefined
  selected_option?: { value: string } | null | undefined
  selected_options?: { value: string }[] | null | undefined
}

function readValue(given: StateValue): string | string[] {
  switch (given.type) {
    case 'datepicker':
      return given.selected_date ?? ''
    case 'timepicker':
      return given.selected_time ?? ''
    case 'static_select':
      return given.selected_option?.value ?? ''
    case 'multi_static_select':
      return (given.selected_options ?? []).map(({ value }) => value)
    case 'checkboxes':
      return given.selected_options?.[0]?.value ?? ''
    default:
      return given.value ?? ''
  }
}

/** The problems of a page, by the blocks of the modal that was sent in; null where one of them has no input there. */
export function problemsOf(view: FormView, blockIds: readonly string[]): Record<string, string> | null {
  const blocks = new Map(blockIds.map((id) => [fieldOf(id), id]))
  const problems: Record<string, string> = {}
  for (const { name, problem } of view.fields) {
    if (problem === '') continue
    const block = blocks.get(name)
    if (block === undefined) return null
    problems[block] = cut(harmlessText(problem), limits.longestLabel)
  }
  return Object.keys(problems).length > 0 ? problems : null
}

function modalOf(title: string, memory: ModalMemory, language: Language) {
  return {
    type: 'modal' as const,
    title: plainText(title, limits.longestViewTitle),
    close: plainText(translate(language, 'slack:close'), limits.longestViewTitle),
    callback_id: callbackId,
    private_metadata: JSON.stringify(memory),
  }
}

function stepButton(step: IncomingPage['step'], label: string): ButtonElement {
  return { type: 'button', action_id: stepAction + step, text: plainText(label, limits.longestButton) }
}

function renderField(field: FieldView, language: Language): FormBlock[] {
  const say = (key: string, values = {}) => translate(language, `slack:form.${key}`, values)
  const shown = (text: string): FormBlock[] =>
    renderCard(
      {
        tone: 'info',
        blocks: [{ type: 'text', runs: [{ text: `${field.label}\n`, strong: true }, { text }] }],
      },
      'modal',
      language,
    )
  const problem: FormBlock[] =
    field.problem === ''
      ? []
      : [{ type: 'context', elements: [plainText(`⚠️ ${field.problem}`, limits.longestContext)] }]
  if (field.type === 'file') {
    const files = [field.value].flat().filter((name) => name !== '')
    const text = files.length > 0 ? say('files', { files: files.join('、') }) : say('send-files')
    return [...problem, ...shown([field.hint, text].filter(Boolean).join('\n'))]
  }
  const element = inputOf(field, language)
  if (!element)
    return [...problem, ...shown(`${[field.value].flat().join('、')}\n${say('too-long-to-show')}`)]
  const hints = [field.hint, field.example && say('example', { example: field.example })].filter(Boolean)
  return [
    ...problem,
    {
      type: 'input',
      block_id: blockIdOf(field),
      label: plainText(field.label, limits.longestLabel),
      ...(hints.length > 0 ? { hint: plainText(hints.join(' '), limits.longestHint) } : {}),
      optional: !field.required,
      element,
    },
  ]
}

/** Null where Slack has no input that holds the value: it is shown and kept. */
function inputOf(field: FieldView, language: Language): InputElement | null {
  const value = typeof field.value === 'string' ? field.value : field.value.join('、')
  const chosen = [field.value].flat()
  switch (field.type) {
    case 'date':
      // A date in words, typed elsewhere, stays as it is written until it is changed.
      if (value === '' || /^\d{4}-\d{2}-\d{2}$/.test(value)) {
        return { type: 'datepicker', action_id: inputAction, ...(value ? { initial_date: value } : {}) }
      }
      break
    case 'time':
      if (value === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(value)) {
        return { type: 'timepicker', action_id: inputAction, ...(value ? { initial_time: value } : {}) }
      }
      break
    case 'checkbox': {
      const yes = {
        text: plainText(translate(language, 'slack:form.yes'), limits.longestOption),
        value: 'yes',
      }
      const isChecked = value === 'yes'
      return {
        type: 'checkboxes',
        action_id: inputAction,
        options: [yes],
        ...(isChecked ? { initial_options: [yes] } : {}),
      }
    }
    case 'select':
    case 'multi-select': {
      const options = optionsOf(field)
      if (!options) break
      const initial = options.filter((option) => chosen.includes(option.value))
      const offered = grouped(options)
      if (field.type === 'select') {
        const [first] = initial
        return {
          type: 'static_select',
          action_id: inputAction,
          ...offered,
          ...(first ? { initial_option: first } : {}),
        }
      }
      return {
        type: 'multi_static_select',
        action_id: inputAction,
        ...offered,
        ...(initial.length > 0 ? { initial_options: initial } : {}),
      }
    }
  }
  if (value.length > limits.longestInput) return null
  return {
    type: 'plain_text_input',
    action_id: inputAction,
    multiline: field.type === 'long-text',
    max_length: limits.longestInput,
    ...(value ? { initial_value: value } : {}),
    ...(field.example ? { placeholder: plainText(field.example, limits.longestPlaceholder) } : {}),
  }
}

/** Null where they are too many, or named too long, to be chosen from: then they are typed. */
function optionsOf({ options }: FieldView): Option[] | null {
  if (options.length === 0 || options.length > limits.mostOptions * limits.mostOptionGroups) return null
  if (options.some(({ value }) => value === '' || value.length > limits.longestOptionValue)) return null
  return options.map(({ value, label }) => ({ text: plainText(label, limits.longestOption), value }))
}

function grouped(options: Option[]): Options {
  if (options.length <= limits.mostOptions) return { options }
  const groups = []
  for (let at = 0; at < options.length; at += limits.mostOptions) {
    const some = options.slice(at, at + limits.mostOptions)
    const range = `${at + 1}–${at + some.length}`
    groups.push({ label: plainText(range, limits.longestOption), options: some })
  }
  return { option_groups: groups }
}

/**
 * Slack keeps what stands in an input while its block keeps its id, and would not show another value: the id changes
 * with the value.
 */
function blockIdOf({ name, value }: FieldView): string {
  const mark = createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8)
  return `${name}${idSeparator}${mark}`
}

function fieldOf(blockId: string): string {
  return blockId.slice(0, blockId.lastIndexOf(idSeparator))
}
