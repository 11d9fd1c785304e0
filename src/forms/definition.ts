import type { Block, Card } from '../chat/card.ts'
import type { FieldType } from '../chat/form-view.ts'
import type { Account, Conversation } from '../chat/incoming.ts'
import type { Language } from '../chat/language.ts'
import type { Say } from '../conversation/feature.ts'
import type { Wording } from '../messages/translate.ts'
import type { Reads } from '../people/people.ts'
import type { Trx } from '../store/store.ts'
import type { Problem } from './fields/refuse.ts'

/**
 * Values as they were checked, by field name; undefined where left empty. Text for text, long-text and select (the
 * option's value); number for number and money (元); `YYYY-MM-DD` for date; `HH:MM` for time; the id for person and
 * organisation; a list of ids for people; a list for multi-select; true or false for checkbox; a list of `IncomingFile` for file.
 */
export type FormValues = Record<string, unknown>

export interface FormDefinition {
  /** `feature.form`. */
  name: string
  /**
   * What is typed into it lies encrypted from the first page on, and nothing of it is kept once it was sent in but what
   * `submit` keeps. Default false.
   */
  sealed?: boolean
  /** Grows with each change of its pages; a draft keeps the version that it began with. */
  version: number
  /** `{{name}}` in it is filled from the form's context. */
  title: Wording
  /** What tells its drafts apart, filled from the form's context as an intro is. Default: the time alone. */
  subject?: Wording
  pages: FormPage[]
  /**
   * The pages in place of `pages`, of a form whose questions are kept with what it is about: made of the draft's context
   * alone, so that a draft asks to its end what it began with. Default: `pages`.
   */
  pagesOf?: (context: Readonly<Record<string, string>>) => FormPage[]
  /** Above the summary: who will see what has no line of its own; null: the notes say it. Default: whoever handles the record. */
  seenBy?: Wording | null
  /** What it opens with where whoever opens it says nothing else, such as a text to be changed. Default: nothing. */
  begins?: (opened: OpenedForm) => Promise<Record<string, string>>
  /** Lines above the summary that hang on what was filled in, such as what there is already. Default: none. */
  notes?: (filled: FilledForm) => Promise<string[]>
  /** What may be done instead of sending it in, with the buttons for it, when the summary comes up. Default: nothing. */
  instead?: (filled: FilledForm) => Promise<Instead | null>
  /** What is said when somebody wants to go on and what they filled in is not taken. Default: nothing but the problems. */
  stuck?: (stuck: StuckForm) => Promise<Block[] | null>
  /**
   * Whether somebody may send in what a reminder with this context asks for; asked before it is handed over to them.
   * Default: whoever has the reminder may.
   */
  takes?: (asked: Pick<FilledForm, 'db' | 'now' | 'context'> & { person: string }) => Promise<boolean>
  /** Makes the record, in the transaction that marks the draft as submitted: once per draft. */
  submit(submission: Submission): Promise<Receipt>
}

export interface FormPage {
  name: string
  /** The lines above the fields; `{{name}}` in them is filled from the form's context. */
  intro: Wording[]
  /** Whether the page is asked, by what earlier pages hold and the form's context, with `guest` as `yes` for a guest. Default: always. */
  when?: (values: FormValues, context: Readonly<Record<string, string>>) => boolean
  fields: FormField[]
  /**
   * What is wrong though each field is right by itself, by field of this page: an end before the beginning. Sees what is
   * right here and on the pages before.
   */
  check?: (filled: FilledForm) => Promise<Readonly<Record<string, Problem>>>
}

export interface FormField {
  /** Unique within the form. */
  name: string
  type: FieldType
  /** Hint and example default to none. */
  label: Wording
  hint?: Wording
  example?: Wording
  /** Default false. */
  required?: boolean
  /** For select and multi-select. */
  options?: { value: string; label: Wording }[]
  /**
   * For select: what a page shows as chosen while nothing is held. Step by step it is asked all the same, so that
   * nobody misses the choice.
   */
  usual?: string
  /**
   * Characters, for text; the value, for number and money; how many, for multi-select and file. Default: at most 200
   * characters for text, 5000 for long-text, no amount below 0 for money, at most 5 files.
   */
  least?: number
  most?: number
  /** For person and people: any colleague of the house may be named. Default: whom the asker may look up. */
  colleagues?: boolean
  /** Phrases that say nothing: a text with no more than them is not taken. Default: none. */
  hollow?: readonly string[]
  /** The line that says who will see this field. Default: whoever handles the record. */
  seenBy?: Wording
}

/** A form as it is looked at before it is sent in. */
export interface FilledForm {
  db: Reads
  now: Date
  language: Language
  /** Null: a guest. */
  person: string | null
  /** What is right of what was filled in. */
  values: FormValues
  context: Readonly<Record<string, string>>
}

/** A form that is being opened, by whoever presses its button: their right to what it would say is not asked before. */
export type OpenedForm = Omit<FilledForm, 'values'>

/** A form that cannot go on. */
export interface StuckForm extends FilledForm {
  trx: Trx
  account: Account
  /** The draft's id. */
  draft: string
  /** As typed, right or wrong, the answer that was just refused included. */
  typed: Readonly<Record<string, unknown>>
  /** Fields that are not taken, by name. */
  problems: ReadonlySet<string>
}

export interface Instead {
  blocks: Block[]
  /** Others than whoever fills it in read the conversation, and this is not for them. */
  alone: boolean
}

/** A draft that is sent in. */
export interface Submission {
  trx: Trx
  /** Says something more, after the receipt. */
  say: (...said: Parameters<Say>) => Promise<unknown>
  /** What is left to do once the receipt's message has its id, by which it can be edited; in the same transaction. */
  onceSaid(work: (receipt: string) => Promise<void>): void
  now: Date
  language: Language
  /** The draft's id: the same at every try. */
  draft: string
  account: Account
  /** Null: a guest. */
  person: string | null
  /** Where the form was opened. */
  conversation: Conversation
  values: FormValues
  context: Record<string, string>
}

/** What the person keeps. */
export interface Receipt {
  /** Shown to people, such as `WD-2026-0007`. */
  number: string
  card: Card
  /** It goes to whoever sent it in, and not before the others of a group. Default false. */
  alone?: boolean
  /**
   * Of a sealed form: it says nothing of what was filled in, and stays as it is when that is erased. Default false.
   */
  isOpen?: boolean
  /** What is said for a moment at its submit. Default: that it was sent in, with the number. */
  toast?: string
}
