import { languages } from '../../chat/language.ts'
import { translate, type Wording } from '../../messages/translate.ts'
import type { FormField } from '../definition.ts'
import type { Problem } from '../fields/refuse.ts'
import { bareAnswer } from './step-words.ts'

const yes = ['是', '是的', '对', '有', '同意', '1', 'y', 'yes', 'true', 'ok', '好', '√', '☑']
const no = ['否', '不', '不是', '没有', '不同意', '2', 'n', 'no', 'false', '×']

/**
 * What a field of a page would hold for an answer that was typed: the options by their numbers or names. A problem
 * where it cannot be told.
 */
export function readAnswer(field: FormField, text: string): string | string[] | Problem {
  switch (field.type) {
    case 'select':
      return optionOf(field, text) ?? { key: 'forms:problem.option', values: {} }
    case 'multi-select':
      return optionsOf(field, text)
    case 'checkbox': {
      const bare = bareAnswer(text)
      if (yes.includes(bare)) return 'yes'
      return no.includes(bare) ? '' : { key: 'forms:problem.checkbox', values: {} }
    }
    case 'file':
      return { key: 'forms:problem.send-file', values: {} }
    default:
      return text
  }
}

/** By number, from 1, as they are listed; by name, in any language; else by value. */
function optionOf({ options = [] }: FormField, text: string): string | null {
  const bare = bareAnswer(text)
  const number = /^\(?(\d{1,3})[).、]?$/.exec(bare)?.[1]
  if (number !== undefined && options[Number(number) - 1]) return options[Number(number) - 1]!.value
  const named = options.find(({ value, label }) => bareAnswer(value) === bare || isNamed(label, text))
  return named?.value ?? null
}

/** Whether a text is what a name says, in any language; what stands in brackets behind it need not be typed. */
export function isNamed(name: Wording, text: string): boolean {
  const bare = bareAnswer(text)
  return languages.some((language) => {
    const whole = translate(language, name)
    return [whole, whole.replace(/\s*[（(][^（）()]*[）)]$/, '')].some((one) => bareAnswer(one) === bare)
  })
}

function optionsOf(field: FormField, text: string): string[] | Problem {
  const whole = optionOf(field, text)
  if (whole !== null) return [whole]
  const byComma = text.split(/[、,，;；/\n]|\s*[和及与]\s*|\sand\s/)
  const pieces = byComma.length > 1 ? byComma : text.trim().split(/\s+/)
  const found: string[] = []
  for (const piece of pieces.map((one) => one.trim()).filter((one) => one !== '')) {
    const value = optionOf(field, piece)
    if (value === null) return { key: 'forms:problem.option-unknown', values: { text: piece.slice(0, 60) } }
    if (!found.includes(value)) found.push(value)
  }
  return found
}
