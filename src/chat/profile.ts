import type { Language } from './language.ts'

/** What a platform's directory says of somebody. */
export interface Profile {
  /** As they want to be called; empty where nobody says. */
  name: string
  /** Names of their departments, the main one first. */
  departments: string[]
  language: Language
  /** IANA name; empty where nobody says. */
  timeZone: string
}
