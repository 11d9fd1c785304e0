import { type Language, languages } from '../chat/language.ts'

/** A text that is kept: in each language, so that everybody reads it in their own. */
export type InBothLanguages = Readonly<Record<Language, string>>

export function inBothLanguages(say: (language: Language) => string): InBothLanguages {
  return Object.fromEntries(languages.map((language) => [language, say(language)])) as Record<
    Language,
    string
  >
}
