import type { FieldType } from '../../../chat/form-view.ts'
import type { FormValues } from '../../../forms/definition.ts'
import {
  type CollectionDefinition,
  keptAs,
  type Question,
  questionsOf,
  type Text,
} from '../definition/definition.ts'

/** Fewer answers than these are not counted out: whose they are could be guessed. */
export const fewest = 5

/** What was answered to one question. */
export interface QuestionTally {
  name: string
  label: Text
  type: FieldType
  /** How many answered it. */
  answered: number
  /** Of choices, in their order; `share` of those who answered it, from 0 to 1. */
  options: { label: Text; value: string; count: number; share: number }[]
  /** Of numbers; null: none was given. */
  numbers: { least: number; median: number; mean: number; most: number } | null
  /** Set where so few answered that no figure is given, nor how many they were. */
  isFew?: true
  /** Of all else, as people read it, in the order of the alphabet: it says nothing of whose it is. */
  texts: string[]
}

/** One answer, by names of questions. */
export type Answer = FormValues

const choices: ReadonlySet<FieldType> = new Set(['select', 'multi-select', 'checkbox'])
const numbers: ReadonlySet<FieldType> = new Set(['number', 'money'])
const yes: Text = { 'zh-CN': '是', en: 'yes' }
const no: Text = { 'zh-CN': '否', en: 'no' }

/** The questions of all versions: those of the last first, each with every option that it ever had. */
export function questionsOfAll(versions: ReadonlyMap<number, CollectionDefinition>): Question[] {
  const found = new Map<string, Question>()
  for (const [, definition] of [...versions].toSorted(([one], [other]) => other - one)) {
    for (const question of questionsOf(definition)) {
      const before = found.get(question.name)
      if (!before) found.set(question.name, { ...question, options: [...question.options] })
      else {
        const known = new Set(before.options.map(keptAs))
        before.options.push(...question.options.filter((option) => !known.has(keptAs(option))))
      }
    }
  }
  return [...found.values()]
}

/**
 * Counts answers out, question by question.
 * @param show A value that is neither choice nor number, as people read it; empty: nothing was answered.
 */
export function tallyOf(
  questions: readonly Question[],
  answers: readonly Answer[],
  show: (question: Question, value: unknown) => string,
): QuestionTally[] {
  return questions.map((question) => {
    const { name, label, type } = question
    const given = answers.flatMap((answer) => {
      const value = Object.hasOwn(answer, name) ? answer[name] : undefined
      return value === undefined || value === null ? [] : [value]
    })
    const tally = { name, label, type, answered: given.length, options: [], numbers: null, texts: [] }
    if (choices.has(type)) return { ...tally, options: countOptions(question, given) }
    if (numbers.has(type)) return { ...tally, numbers: spreadOf(given.map(Number)) }
    const texts = given.map((value) => show(question, value)).filter((text) => text !== '')
    return { ...tally, texts: texts.toSorted((one, other) => one.localeCompare(other, 'zh-CN')) }
  })
}

/** Questions that fewer than five answered, such as those of a page with a condition, without their figures: they would tell who did. */
export function withoutFew(questions: readonly QuestionTally[]): QuestionTally[] {
  return questions.map((question) => {
    if (question.answered === 0 || question.answered >= fewest) return question
    return { ...question, answered: 0, options: [], numbers: null, texts: [], isFew: true }
  })
}

function countOptions({ type, options }: Question, given: readonly unknown[]): QuestionTally['options'] {
  const counts = new Map<string, number>()
  for (const value of given) {
    const chosen = Array.isArray(value) ? value : [value]
    for (const one of new Set(chosen.map(String))) counts.set(one, (counts.get(one) ?? 0) + 1)
  }
  const listed =
    type === 'checkbox'
      ? [
          { label: yes, value: 'yes' },
          { label: no, value: 'no' },
        ]
      : options.map((label) => ({ label, value: keptAs(label) }))
  return listed.map(({ label, value }) => {
    const count = counts.get(value) ?? 0
    return { label, value, count, share: given.length === 0 ? 0 : count / given.length }
  })
}

/** @param given In any order; the median of an even number lies between the two in the middle. */
function spreadOf(given: readonly number[]): QuestionTally['numbers'] {
  if (given.length === 0) return null
  const sorted = given.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  const mean = sorted.reduce((sum, one) => sum + one, 0) / sorted.length
  return { least: sorted[0]!, median, mean, most: sorted.at(-1)! }
}
