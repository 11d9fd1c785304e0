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
  at: Date
}

export interface IncomingMessage extends IncomingBase {
  type: 'message'
  text: string
}

/** A button was pressed (or its words were typed, where a platform has no buttons). */
export interface IncomingAction extends IncomingBase {
  type: 'action'
  action: string
  value: Record<string, string>
}

export type Incoming = IncomingMessage | IncomingAction
