import type { Language } from '../../chat/language.ts'
import type { Hit } from '../../knowledge/search/search-engine.ts'

/** Clause 10 applied to the numbers in a question, in words; null where the question gives none. */
export function applyFoundingRule(
  _question: string,
  _cited: readonly Hit[],
  _language: Language,
): string | null {
  return null
}
