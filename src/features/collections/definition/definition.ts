import type { FieldType } from '../../../chat/form-view.ts'
import type { Language } from '../../../chat/language.ts'

/** Words in both languages; whoever writes one means it for both. */
export type Text = Record<Language, string>

/** What is asked: kept with each version of a collection, as JSON. */
export interface CollectionDefinition {
  title: Text
  /** What it is for, above each page; empty: nothing. */
  intro: Text
  pages: QuestionPage[]
}

export interface QuestionPage {
  /** Empty: none. */
  title: Text
  /** All must hold for the page to be asked; empty: it always is. */
  when: Condition[]
  questions: Question[]
}

/** What an earlier question must have been answered with: one of these. */
export interface Condition {
  /** Name of the question. */
  question: string
  is: string[]
}

export interface Question {
  /** Unique; by it answers are kept. */
  name: string
  type: FieldType
  label: Text
  hint: Text
  required: boolean
  /** Of select and multi-select, in their order; an answer holds the Chinese text. */
  options: Text[]
  /** As `FormField` has them; null: its default. */
  least: number | null
  most: number | null
}

export const questionTypes = [
  ...(['text', 'long-text', 'number', 'money', 'date', 'time', 'person', 'people', 'organisation'] as const),
  ...(['select', 'multi-select', 'checkbox', 'file'] as const),
] satisfies FieldType[]

/** Types that name somebody or carry what names somebody: not asked where nobody is to be told. */
export const tellingTypes: ReadonlySet<FieldType> = new Set(['person', 'people', 'file'])

/** What one definition may hold; a draft keeps all of it. */
export const limits = {
  pages: 20,
  questions: 60,
  onPage: 8,
  options: 30,
  title: 60,
  intro: 500,
  label: 100,
  hint: 150,
  option: 60,
} as const

/** All questions, in their order. */
export function questionsOf({ pages }: CollectionDefinition): Question[] {
  return pages.flatMap(({ questions }) => questions)
}

/** The value of an option, by which answers and conditions name it. */
export const keptAs = (option: Text): string => option['zh-CN']

/** The same words in both languages. */
export const both = (text: string): Text => ({ 'zh-CN': text, en: text })
