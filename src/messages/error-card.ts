import { type Card, plain } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import { explainError } from './translate.ts'

/** What a person sees of an error: its plain message, or the general apology where it was not meant for people. */
export function errorCard(error: unknown, language: Language): Card {
  return { tone: 'error', blocks: [{ type: 'text', runs: plain(explainError(error, language)) }] }
}
