import type { IncomingFile } from '../../chat/incoming.ts'
import { addFiles } from '../add-files.ts'
import type { FormDefinition, FormField } from '../definition.ts'
import { type Evaluation, evaluate, own, settle } from '../evaluate.ts'
import type { Lookup } from '../fields/lookup.ts'
import type { Problem } from '../fields/refuse.ts'
import { storable, type Typed, type TypedValues } from '../fields/typed.ts'
import { isNamed, readAnswer } from './read-answer.ts'
import { type StepWord, stepWordOf } from './step-words.ts'

/** What waits for an answer: a field; the summary, whether it may be sent in; which field is to be changed. */
export type Asking = { at: 'field'; field: string } | { at: 'summary' } | { at: 'change' }

export interface StepState {
  values: TypedValues
  asking: Asking
}

export type StepInput =
  | { type: 'text'; text: string }
  | { type: 'files'; files: readonly IncomingFile[] }
  /** An option that was clicked; `position` as `positionOf` gave it when the button was made. */
  | { type: 'option'; position: string; value: string }
  | { type: 'word'; position: string; word: StepWord }

export interface Step extends StepState {
  /** `past`: a button of a question that is over, nothing is changed. */
  outcome: 'ask' | 'save' | 'cancel' | 'submit' | 'past'
  /** What is said before the question. */
  remark: Problem | null
  evaluation: Evaluation
}

/** What does not change while a form is filled in. */
export interface StepForm {
  definition: FormDefinition
  context: Readonly<Record<string, string>>
  lookup: Lookup
}

/** Names a question in its buttons. No field's name begins with a colon. */
export function positionOf(asking: Asking): string {
  return asking.at === 'field' ? asking.field : `:${asking.at}`
}

/** Where a draft goes on: at the first field that nobody has come to or that is wrong, else at the summary. */
export async function beginSteps(form: StepForm, values: TypedValues): Promise<Step> {
  const evaluation = await evaluate(form.definition, values, form.context, form.lookup)
  return ask({ values, asking: nextOpen(evaluation, values, -1) }, evaluation)
}

/** One turn: what was said, and what is asked next. */
export async function takeStep(form: StepForm, given: StepState, input: StepInput): Promise<Step> {
  const evaluation = await evaluate(form.definition, given.values, form.context, form.lookup)
  const state = { ...given, asking: stillAsked(given, evaluation) }
  const { asking, values } = state
  if ((input.type === 'option' || input.type === 'word') && input.position !== positionOf(asking)) {
    return { ...state, outcome: 'past', remark: null, evaluation }
  }
  const word = input.type === 'word' ? input.word : input.type === 'text' ? stepWordOf(input.text) : null
  const field =
    asking.at === 'field' ? evaluation.fields.find(({ name }) => name === asking.field) : undefined
  if (word !== null && !(input.type === 'text' && isAnswerTo(field, word))) {
    return takeWord(form, state, word, field, evaluation)
  }
  if (input.type === 'files') return takeFiles(form, state, input.files, field)
  if (asking.at === 'summary') return ask(state, evaluation, { key: 'forms:step.say-submit', values: {} })
  const said = input.type === 'text' ? input.text : input.type === 'option' ? input.value : ''
  if (!field) return chooseField(state, said, evaluation)
  const isClick = input.type === 'option'
  const read = isClick ? clicked(field, said, own(values, field.name)) : readAnswer(field, said)
  if (!isTyped(read)) return ask(state, evaluation, read)
  const kept = storable(field, read)
  if (kept === null) return ask(state, evaluation, { key: 'forms:draft.too-large', values: {} })
  // A click takes up or drops one of several; whoever has all of them says so.
  return takeAnswer(form, state, field, kept, { stay: isClick && field.type === 'multi-select' })
}

async function takeAnswer(
  form: StepForm,
  state: StepState,
  field: FormField,
  typed: Typed,
  { stay }: { stay: boolean },
): Promise<Step> {
  const changed = { ...state.values, [field.name]: typed }
  const evaluation = await evaluate(form.definition, changed, form.context, form.lookup)
  const problem = evaluation.problems.get(field.name)
  const isBegun = stay && Array.isArray(typed) && typed.length === 0
  if (problem && !isBegun && !(stay && problem.key === 'forms:problem.too-few-options')) {
    const before = await evaluate(form.definition, state.values, form.context, form.lookup)
    return ask(state, before, problem)
  }
  const values = settle(evaluation, changed)
  const here = evaluation.fields.findIndex(({ name }) => name === field.name)
  return ask({ values, asking: stay ? state.asking : nextOpen(evaluation, values, here) }, evaluation)
}

async function takeFiles(
  form: StepForm,
  state: StepState,
  files: readonly IncomingFile[],
  field: FormField | undefined,
): Promise<Step> {
  const before = await evaluate(form.definition, state.values, form.context, form.lookup)
  // A file that comes early goes where the form wants one.
  const takers = field?.type === 'file' ? [field] : before.fields
  const added = addFiles(takers, state.values, files)
  if (!added) return ask(state, before, { key: 'forms:step.no-file-here', values: {} })
  const evaluation = await evaluate(form.definition, added.values, form.context, form.lookup)
  const here = evaluation.fields.indexOf(added.field)
  const isFull = added.held >= (added.field.most ?? 5) && added.refused === 0
  const asking = field === added.field && isFull ? nextOpen(evaluation, added.values, here) : state.asking
  const key = added.refused > 0 ? 'forms:step.files-refused' : 'forms:step.files-kept'
  const values = { count: files.length - added.refused, refused: added.refused, held: added.held }
  return ask({ values: added.values, asking }, evaluation, { key, values })
}

async function takeWord(
  form: StepForm,
  state: StepState,
  word: StepWord,
  field: FormField | undefined,
  evaluation: Evaluation,
): Promise<Step> {
  const { asking, values } = state
  const here = field ? evaluation.fields.indexOf(field) : evaluation.fields.length
  switch (word) {
    case 'save':
    case 'cancel':
      return { ...state, outcome: word, remark: null, evaluation }
    case 'back': {
      if (asking.at === 'change') return ask({ values, asking: { at: 'summary' } }, evaluation)
      const previous = evaluation.fields[here - 1]
      if (!previous) return ask(state, evaluation, { key: 'forms:step.first', values: {} })
      return ask({ values, asking: { at: 'field', field: previous.name } }, evaluation)
    }
    case 'change':
      return ask({ values, asking: { at: 'change' } }, evaluation)
    case 'submit': {
      const next = nextOpen(evaluation, values, -1)
      if (next.at !== 'summary') {
        const remark = { key: 'forms:step.not-yet', values: {} }
        return ask({ values, asking: next }, evaluation, remark)
      }
      if (asking.at !== 'summary') return ask({ values, asking: next }, evaluation)
      return { ...state, outcome: 'submit', remark: null, evaluation }
    }
    case 'skip':
    case 'clear':
      return field ? leaveOut(form, state, word, field, evaluation) : ask(state, evaluation)
  }
}

/** Skipping keeps what is right and empties what is not; what must be filled in is asked again. */
async function leaveOut(
  form: StepForm,
  state: StepState,
  word: 'skip' | 'clear',
  field: FormField,
  evaluation: Evaluation,
): Promise<Step> {
  const problem = evaluation.problems.get(field.name)
  const typed = own(state.values, field.name)
  // Choices that are too few yet are not thrown away by going on.
  const isBegun = field.type === 'multi-select' && Array.isArray(typed) && typed.length > 0
  if (word === 'skip' && problem && isBegun) return ask(state, evaluation, problem)
  if (field.required && (word === 'clear' || problem)) {
    return ask(state, evaluation, { key: 'forms:step.required', values: {} })
  }
  const empty = field.type === 'file' || field.type === 'multi-select' ? [] : ''
  const keeps = word === 'skip' && typed !== undefined && !problem
  const values = keeps ? state.values : { ...state.values, [field.name]: empty }
  const after = keeps ? evaluation : await evaluate(form.definition, values, form.context, form.lookup)
  const here = after.fields.indexOf(field)
  return ask({ values, asking: nextOpen(after, values, here) }, after)
}

function chooseField(state: StepState, said: string, evaluation: Evaluation): Step {
  const number = /^\d{1,3}$/.test(said.trim()) ? Number(said.trim()) : 0
  const field =
    evaluation.fields[number - 1] ??
    evaluation.fields.find(({ name, label }) => name === said || isNamed(label, said))
  if (!field) return ask(state, evaluation, { key: 'forms:step.choose-number', values: {} })
  return ask({ ...state, asking: { at: 'field', field: field.name } }, evaluation)
}

/** The next field behind a place that is not answered or not right, else one before it that is wrong, else the summary. */
function nextOpen({ fields, problems }: Evaluation, values: TypedValues, behind: number): Asking {
  const open =
    fields.find(({ name }, i) => i > behind && (problems.has(name) || own(values, name) === undefined)) ??
    fields.find(({ name }) => problems.has(name))
  return open ? { at: 'field', field: open.name } : { at: 'summary' }
}

/** Another device may have changed what the question rests on. */
function stillAsked({ asking, values }: StepState, evaluation: Evaluation): Asking {
  if (asking.at !== 'field') return asking
  return evaluation.fields.some(({ name }) => name === asking.field)
    ? asking
    : nextOpen(evaluation, values, -1)
}

/** A text may be 提交 or 修改 to the letter; the words that lead out of a question are never its answer. */
function isAnswerTo(field: FormField | undefined, word: StepWord): boolean {
  const isText = field?.type === 'text' || field?.type === 'long-text'
  return isText && (word === 'submit' || word === 'change')
}

/** What a field holds after a click on an option: of several, the clicked one is added or taken away. */
function clicked(field: FormField, value: string, held: Typed | undefined): string | string[] {
  if (field.type !== 'multi-select') return field.type === 'checkbox' && value !== 'yes' ? '' : value
  const chosen = Array.isArray(held) ? held.filter((one) => typeof one === 'string') : []
  return chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
}

function isTyped(read: string | string[] | Problem): read is string | string[] {
  return typeof read === 'string' || Array.isArray(read)
}

function ask(state: StepState, evaluation: Evaluation, remark: Problem | null = null): Step {
  return { ...state, outcome: 'ask', remark, evaluation }
}
