import type { FormField, FormPage, FormValues } from '../../../forms/definition.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import {
  both,
  keptAs,
  limits,
  type Question,
  type QuestionPage,
  tellingTypes,
} from '../definition/definition.ts'

/** Questions that the form asks for; more come by a file. */
export const mostAsked = 10

const askedTypes = [
  ...(['select', 'multi-select', 'text', 'long-text', 'number', 'money', 'date', 'checkbox'] as const),
  ...(['person', 'organisation', 'file'] as const),
]

const label = (name: string) => `collections:form.${name}`

/** One page for each question; how many is asked before. Not asked where the questions come from a file or a template. */
export function questionPages(): FormPage[] {
  return Array.from({ length: mostAsked }, (_, n) => ({
    name: `question-${n + 1}`,
    intro: [{ 'zh-CN': `第 ${n + 1} 题`, en: `Question ${n + 1}` }],
    when: (values: FormValues, { kept }: Readonly<Record<string, string>>) =>
      kept !== 'yes' && Number(values.count ?? 0) > n,
    fields: fieldsOf(n + 1),
    check: async ({ values }: { values: FormValues }) => problemsOf(values, n + 1),
  }))
}

function fieldsOf(n: number): FormField[] {
  return [
    { name: `label${n}`, type: 'text', label: label('label'), required: true, most: limits.label },
    {
      ...{ name: `type${n}`, type: 'select', label: label('type'), required: true, usual: 'select' },
      options: askedTypes.map((value) => ({ value, label: `collections:type.${value}` })),
    },
    {
      ...{ name: `options${n}`, type: 'long-text', label: label('options'), hint: label('options-hint') },
      ...{ most: 2000, example: label('options-example') },
    },
    { name: `required${n}`, type: 'checkbox', label: label('required') },
  ]
}

function problemsOf(values: FormValues, n: number): Record<string, Problem> {
  const type = values[`type${n}`]
  const options = optionsIn(values, n)
  const problem = (what: string, more: Record<string, string | number> = {}) => ({
    [`options${n}`]: {
      key: `collections:wrong.${what}`,
      values: { name: String(values[`label${n}`] ?? ''), ...more },
    },
  })
  const earlier = Array.from({ length: n - 1 }, (_, at) => values[`label${at + 1}`])
  if (values[`label${n}`] !== undefined && earlier.includes(values[`label${n}`])) {
    return {
      [`label${n}`]: { key: 'collections:wrong.label-twice', values: { name: String(values[`label${n}`]) } },
    }
  }
  if (values.anonymity === 'anonymous' && tellingTypes.has(type as Question['type'])) {
    const shown = { name: String(values[`label${n}`] ?? ''), type: String(type) }
    return { [`type${n}`]: { key: 'collections:wrong.telling-anonymous', values: shown } }
  }
  if (type !== 'select' && type !== 'multi-select')
    return options.length > 0 ? problem('options-unwanted') : {}
  if (options.length < 2) return problem('options-missing')
  const twice = options.find((option, at) => options.indexOf(option) < at)
  if (twice !== undefined) return problem('option-twice', { value: twice })
  const most = { name: 'options', most: limits.options }
  if (options.length > limits.options) return problem('too-many', most)
  const long = options.some((option) => Array.from(option).length > limits.option)
  return long ? problem('too-long', { name: 'options', most: limits.option }) : {}
}

function optionsIn(values: FormValues, n: number): string[] {
  const text = values[`options${n}`]
  return typeof text === 'string' ? text.split(/[\n;；]+/).flatMap((one) => one.trim() || []) : []
}

/** The questions that were filled in, on one page. */
export function pageFilled(values: FormValues): QuestionPage {
  const questions = Array.from({ length: Number(values.count ?? 0) }, (_, at): Question => {
    const n = at + 1
    return {
      ...{ name: `q${n}`, type: (values[`type${n}`] ?? 'text') as Question['type'], hint: both('') },
      ...{ label: both(String(values[`label${n}`] ?? '')), required: values[`required${n}`] === true },
      ...{ options: optionsIn(values, n).map(both), least: null, most: null },
    }
  })
  return { title: both(''), when: [], questions }
}

/** The same, as the form has it filled in; null: the form cannot ask for these. */
export function filledQuestions(pages: readonly QuestionPage[]): Record<string, string> | null {
  const [page, more] = pages
  if (!page || more || page.questions.length > mostAsked) return null
  const isPlain = ({ name, hint, least, most, options, label: text, type }: Question, at: number) =>
    name === `q${at + 1}` &&
    hint['zh-CN'] === '' &&
    least === null &&
    most === null &&
    [text, ...options].every((one) => one.en === one['zh-CN']) &&
    askedTypes.some((one) => one === type)
  if (!page.questions.every(isPlain) || page.title['zh-CN'] !== '') return null
  const filled: Record<string, string> = { count: String(page.questions.length) }
  for (const [at, question] of page.questions.entries()) {
    filled[`label${at + 1}`] = keptAs(question.label)
    filled[`type${at + 1}`] = question.type
    filled[`options${at + 1}`] = question.options.map(keptAs).join('\n')
    filled[`required${at + 1}`] = question.required ? 'yes' : ''
  }
  return filled
}
