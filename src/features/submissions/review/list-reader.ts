import type { Language } from '../../../chat/language.ts'

/** Who asks for a list that everybody of the house may read. */
export interface ListReader {
  /** Null: a guest. */
  person: string | null
  /** `YYYY-MM-DD` of China. */
  today: string
  language: Language
  /** What they typed. */
  text: string
}
