import type { Language } from './language.ts'

/** Who speaks: platform + installation (tenant, workspace, app) + that platform's stable user id. */
export interface Account {
  platform: string
  installation: string
  user: string
}

/** Where it is said. Follow-up context is kept per conversation and account, so two people in one group are not mixed. */
export interface Conversation {
  platform: string
  installation: string
  chat: string
  /** Empty where the chat has no threads. */
  thread: string
}

interface IncomingBase {
  /** The platform's own id of this event: the same event delivered twice has the same id. */
  id: string
  account: Account
  conversation: Conversation
  /** The language of the person's screen, used where the text does not tell. */
  language: Language
  /** When it was said, by the vendor's clock where the event tells, else when it was received; never in the future. */
  at: Date
  /** Whether others than the account see the conversation. Default false: a private chat. */
  group?: boolean
}

/** A file that was sent with a message, kept already. */
export interface IncomingFile {
  name: string
  /** Media type as the platform says it, such as `image/png`; empty where it says none. */
  type: string
  /** Bytes. */
  size: number
  /** Its name in the blob store. */
  blob: string
  /** The name of the key under which its bytes lie encrypted. Default: they lie open. */
  sealedUnder?: string | undefined
}

/** Something said. Queued: stored before it is acknowledged, worked in the order of its conversation. */
export interface IncomingMessage extends IncomingBase {
  type: 'message'
  /** Empty where only files were sent. */
  text: string
  /** Default: none. */
  files?: IncomingFile[]
  /** The chat as its vendor names it, where the vendor can be asked for what was said there. Default: it cannot. */
  vendorChat?: string
}

/** A button was pressed (or its number was typed, where a platform has no buttons). */
export interface IncomingAction extends IncomingBase {
  type: 'action'
  action: string
  value: Record<string, string>
  /** The platform's id of the message that carries the button; default: unknown. */
  message?: string
}

/** A page of a form was left, in a form that stands open beside the conversation (web panel, modal, card form). */
export interface IncomingPage extends IncomingBase {
  type: 'page'
  /** The draft's id, as `FormView` gave it. */
  draft: string
  /** The page's name. */
  page: string
  /** `save` keeps the draft for later, `cancel` throws it away, `submit` sends it in from the summary. */
  step: 'next' | 'back' | 'save' | 'cancel' | 'submit'
  /** As typed, by the field's name; a list for fields of several choices. */
  values: Record<string, string | string[]>
  /** What was chosen for fields of files, by the field's name, on a page that sends them along. Default: nothing. */
  files?: Record<string, ChosenFiles>
}

export interface ChosenFiles {
  add: IncomingFile[]
  /** Names of those that are taken off. */
  drop: string[]
  /** Why one of the files chosen there is not taken, as a message key with its values. Default: all are. */
  refused?: { key: string; values: Record<string, string | number> }
}

/** What is answered at once, within the acknowledgement. */
export type Interaction = IncomingAction | IncomingPage

export type Incoming = IncomingMessage | Interaction
