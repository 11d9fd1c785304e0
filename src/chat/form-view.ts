import type { Card } from './card.ts'

/** One page of an open form, or its summary, as data; platforms with forms render it purely. */
export interface FormView {
  /** The draft's id; comes back with each page. */
  draft: string
  title: string
  /** The page's name; `summary` for the last look before it is sent in. */
  page: string
  /** From 1; the summary is the last. Pages that a condition leaves out are not counted. */
  step: { at: number; of: number }
  /** Heading and explanation of the page, who will see what is filled in. */
  intro: string[]
  fields: FieldView[]
  /** The summary: what was filled in, label and value. Empty on other pages. */
  summary: { label: string; value: string }[]
  /** What may be pressed, in order; `next` is absent on the summary, `submit` on the others. */
  steps: ('next' | 'back' | 'save' | 'cancel' | 'submit')[]
}

export interface FieldView {
  name: string
  label: string
  hint: string
  example: string
  required: boolean
  type: FieldType
  /** For select and multi-select. */
  options: { value: string; label: string }[]
  /** As typed last; a list for multi-select and file. Files are shown by their names. */
  value: string | string[]
  /** Why the value is not taken; empty where it is. */
  problem: string
}

/** A checkbox is `yes` or empty. People are names, parted by commas. A file is sent as a message into the draft. */
export type FieldType =
  | 'text'
  | 'long-text'
  | 'number'
  | 'money'
  | 'date'
  | 'time'
  | 'person'
  | 'people'
  | 'organisation'
  | 'select'
  | 'multi-select'
  | 'checkbox'
  | 'file'

/** What an acknowledgement may carry, as far as the platform can show it there. */
export interface Acknowledgement {
  toast?: string
  /** In place of the card whose button was pressed. */
  replace?: Card
  /** Beside the conversation: modal, drawer. */
  beside?: Card
  /**
   * Not everybody in the conversation may read `beside`: where it cannot open beside, it goes to whoever pressed, alone.
   * Default false: it follows in the conversation.
   */
  besideAlone?: boolean
  /** The form that is open beside the conversation, at the page to show next. */
  form?: FormView
  /** The form that was open is finished with: closed. */
  closed?: boolean
}
