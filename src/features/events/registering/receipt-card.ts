import { type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate, type Wording } from '../../../messages/translate.ts'

/** What stands there until the press has its result, which then takes its place. */
export function receivedCard(headline: string, language: Language): Card {
  return {
    tone: 'info',
    title: headline,
    blocks: [{ type: 'text', runs: plain(translate(language, 'registration:received')) }],
  }
}

/** A sentence and nothing else. */
export function sentenceCard(
  language: Language,
  key: Wording,
  values: Record<string, string | number> = {},
  tone: Card['tone'] = 'info',
): Card {
  return { tone, blocks: [{ type: 'text', runs: plain(translate(language, key, values)) }] }
}
