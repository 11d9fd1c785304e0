import type { FormField, FormValues } from '../../../forms/definition.ts'
import type { Wording } from '../../../messages/translate.ts'
import type { OwnQuestion } from '../records.ts'

/** Names of fields are apart from those that every registration has. */
const prefix = 'own-'

/** The event's own questions as fields. A choice is sent as its number, for what people wrote may be of any length. */
export function questionFields(questions: readonly OwnQuestion[]): FormField[] {
  return questions.map(({ name, label, type, required, options }) => ({
    ...{ name: `${prefix}${name}`, type, label: verbatim(label), required },
    ...(options.length > 0
      ? { options: options.map((option, at) => ({ value: String(at + 1), label: verbatim(option) })) }
      : {}),
    ...(type === 'text' ? { most: 200 } : {}),
    ...(type === 'long-text' ? { most: 2000 } : {}),
  }))
}

/** What was answered, as a registration keeps it: by the question's name, choices as the words that were chosen. */
export function answersOf(questions: readonly OwnQuestion[], values: FormValues): Record<string, unknown> {
  const answers: Record<string, unknown> = {}
  for (const { name, options } of questions) {
    const value = values[`${prefix}${name}`]
    const worded = (one: unknown) => (options.length > 0 ? (options[Number(one) - 1] ?? '') : one)
    if (value !== undefined) answers[name] = Array.isArray(value) ? value.map(worded) : worded(value)
  }
  return answers
}

/** Kept answers as the form would have them typed; what fits the question no more is left out. */
export function typedAnswers(
  questions: readonly OwnQuestion[],
  answers: Readonly<Record<string, unknown>>,
): Record<string, string | string[]> {
  const typed: Record<string, string | string[]> = {}
  for (const { name, type, options } of questions) {
    const answer = answers[name]
    const numbers = [answer].flat().flatMap((one) => {
      const at = options.indexOf(String(one))
      return at < 0 ? [] : [String(at + 1)]
    })
    if (type === 'multi-select') {
      if (numbers.length > 0) typed[`${prefix}${name}`] = numbers
    } else if (type === 'select') {
      if (numbers[0]) typed[`${prefix}${name}`] = numbers[0]
    } else if (type === 'checkbox') {
      if (answer === true) typed[`${prefix}${name}`] = 'yes'
    } else if (typeof answer === 'string' || typeof answer === 'number') {
      typed[`${prefix}${name}`] = String(answer)
    }
  }
  return typed
}

/** Words that people wrote, as a label: nothing in them is filled in. */
export function verbatim(text: string): Wording {
  const shown = text.replaceAll('{{', '{ {')
  return { 'zh-CN': shown, en: shown }
}
