import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { Account, Conversation } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Intake } from '../../chat/platform.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Logger } from '../logger.ts'
import { Admission, type AdmissionOptions } from './admission.ts'
import type { ChatWatch } from './chat-watch.ts'
import { screenLanguage } from './screen-language.ts'
import { eventId } from './shown-message.ts'
import { TakeOnce } from './take-once.ts'
import type { Transcript } from './transcript.ts'
import { accountOf, type PagesBeside } from './visitor.ts'

export interface ApiOptions extends AdmissionOptions {
  logger: Logger
  intake: Intake
  transcript: Transcript
  watch: ChatWatch
  blobs: Blobs
  pages?: PagesBeside | undefined
}

/** What the routes that the page talks to share. */
export interface ApiContext extends ApiOptions {
  admission: Admission
  takeOnce: TakeOnce
  accountOf(context: Context): Promise<Account>
  envelope(context: Context, account: Account, body: { id: string; conversation: string }): Envelope
}

/** What every event has: its id, who, where, when. */
interface Envelope {
  id: string
  account: Account
  conversation: Conversation
  language: Language
  at: Date
}

export function createApiContext(options: ApiOptions): ApiContext {
  return {
    ...options,
    admission: new Admission(options),
    takeOnce: new TakeOnce(options),
    accountOf: (context) => accountOf(context, options.pages),
    envelope: (context, account, { id, conversation }) => ({
      id: eventId(account.user, id),
      account,
      // Everybody has one chat; each “new conversation” is a thread of it.
      conversation: { platform: 'web', installation: 'web', chat: account.user, thread: conversation },
      language: screenLanguage(context),
      at: options.clock(),
    }),
  }
}

/** Tells one account's page from another's without naming the account. */
export function readerOf(user: string): string {
  return createHash('sha256').update(user).digest('base64url')
}
