import type { Language } from '../chat/language.ts'
import { type KeyOf, translate } from '../messages/translate.ts'
import type { OrganisationKind, Role } from '../people/roles.ts'

/** A key of the console's texts, without `console:`; the compiler knows them all. */
export type ConsoleKey = KeyOf<'console'>

/** A text of the console in the language of the screen. */
export type Say = (key: ConsoleKey, values?: Record<string, string | number>) => string

export function sayIn(language: Language): Say {
  return (key, values = {}) => translate(language, `console:${key}`, values)
}

export function roleName(language: Language, role: Role): string {
  return translate(language, `console:role.${role}`)
}

export function kindName(language: Language, kind: OrganisationKind): string {
  return translate(language, `console:kind.${kind}`)
}
