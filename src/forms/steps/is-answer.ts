import type { Draft } from '../drafts.ts'
import { checkField } from '../fields/field-schema.ts'
import { isBlank } from '../fields/typed.ts'
import type { Definitions } from '../session.ts'
import { readAnswer } from './read-answer.ts'
import { stepWordOf } from './step-words.ts'

/** Names are looked up when the answer is taken; here it only counts whether it can be one. */
const anybody = { id: '', name: '', path: '' }

/** Whether a text fits the question that a draft waits for, or is one of the words that lead on. */
export async function isAnswer(draft: Draft, definitions: Definitions, text: string): Promise<boolean> {
  if (stepWordOf(text) !== null) return true
  const at = draft.asking?.at
  if (at?.at !== 'field') return at?.at === 'change' && /^\s*\d{1,3}\s*$/.test(text)
  const field = fieldOf(draft, definitions, at.field)
  if (!field || isBlank(text)) return false
  if (field.type === 'text' || field.type === 'long-text') return true
  if (field.type === 'person' || field.type === 'people' || field.type === 'organisation')
    return text.length <= 60 && !/[?？]/.test(text)
  const read = readAnswer(field, text)
  if (typeof read !== 'string') return Array.isArray(read)
  if (field.type === 'checkbox') return true
  const lookup = { today: '2000-01-01', person: async () => anybody, organisation: async () => anybody }
  return 'value' in (await checkField(field, read, lookup))
}

/** Whether a text is one of the options of the question that a draft waits for, though it may be a command elsewhere. */
export async function isChoice(draft: Draft, definitions: Definitions, text: string): Promise<boolean> {
  const at = draft.asking?.at
  const field = at?.at === 'field' ? fieldOf(draft, definitions, at.field) : undefined
  const isChosen = stepWordOf(text) === null && (field?.type === 'select' || field?.type === 'multi-select')
  return isChosen && isAnswer(draft, definitions, text)
}

function fieldOf(draft: Draft, definitions: Definitions, name: string) {
  return definitions
    .of(draft)
    .pages.flatMap(({ fields }) => fields)
    .find((field) => field.name === name)
}
