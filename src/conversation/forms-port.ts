import type { Card } from '../chat/card.ts'
import type { Acknowledgement, FormView } from '../chat/form-view.ts'
import type { Account, Conversation, IncomingPage } from '../chat/incoming.ts'
import type { Language } from '../chat/language.ts'
import type { Trx } from '../store/store.ts'
import type { Say, Turn } from './feature.ts'

/** A form to be opened for whoever pressed a button. */
export interface FormToOpen {
  /** `feature.form`. */
  form: string
  account: Account
  /** Null: a guest. */
  person: string | null
  conversation: Conversation
  language: Language
  values: Record<string, string | string[]>
  context: Record<string, string>
  now: Date
  /** Whether the platform shows pages of fields; else it is asked step by step in the conversation. */
  asView: boolean
  /** Whether others than the account see the conversation. Default false. */
  group?: boolean | undefined
}

/** With what a page is answered. */
export interface PageTools {
  now: Date
  language: Language
  say: Say
}

/** A draft that is being asked step by step. */
export interface AskedDraft {
  draft: string
  /**
   * Whether a text is what the question asks for, though it may read like a question itself: it fits the field, or
   * the field takes any text, or it is one of the words that lead on.
   */
  isAnswer(text: string): Promise<boolean>
  /** Whether a text is one of the options that the question offers; it is then no command, though it may be called so. */
  isChoice(text: string): Promise<boolean>
}

/** What a conversation needs of forms. */
export interface Forms {
  /** The first page, or the card with the first question. */
  open(trx: Trx, request: FormToOpen): Promise<{ view: FormView } | { card: Card }>
  /** Takes a page that was left, in the transaction of the interaction. */
  answerPage(trx: Trx, page: IncomingPage, tools: PageTools): Promise<Acknowledgement>
  /** The draft that is asked step by step there, of that account; null: none. */
  asking(
    db: Pick<Trx, 'selectFrom'>,
    conversation: Conversation,
    account: Account,
  ): Promise<AskedDraft | null>
  /**
   * The matter under whose key an answer there is to be kept; null: none is expected, or it may lie open.
   * @param place.files Whether files come with it, which are also taken by a form that is not asked there.
   */
  sealedFor(
    db: Pick<Trx, 'selectFrom'>,
    place: { conversation: Conversation; account: Account; files: boolean },
  ): Promise<string | null>
  /** Takes what was said as the answer to the question of the draft, files included; commits the turn. */
  takeText(turn: Turn, asked: Pick<AskedDraft, 'draft'>): Promise<void>
  /**
   * Takes files into the draft that stands open beside this conversation; commits the turn then. False: no draft
   * there takes files, and nothing was done.
   */
  receiveFiles(turn: Turn): Promise<boolean>
  /** Whether a draft that the account has in hand takes files. */
  wantsFiles(account: Account): Promise<boolean>
}
