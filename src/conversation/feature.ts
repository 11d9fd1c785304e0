import type { IncomingAction, IncomingMessage } from '../chat/incoming.ts'
import type { Language } from '../chat/language.ts'
import type { Reply } from '../chat/platform.ts'

/** What a feature says it has; main.ts lists the features, nothing is found by scanning. */
export interface Feature {
  /** First part of its actions' names. */
  name: string
  actions: Record<string, (action: IncomingAction, reply: Reply) => Promise<void>>
  commands: Command[]
}

/** Words that a person types to reach something directly. */
export interface Command {
  /** Every way to type it, in each language; compared without case, width and punctuation at the ends. */
  words: Record<Language, string[]>
  /** What else it takes, such as a code; default: nothing else. Compared as the words are. */
  pattern?: RegExp
  run(message: IncomingMessage, language: Language, reply: Reply): Promise<void>
}
