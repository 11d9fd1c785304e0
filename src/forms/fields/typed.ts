import type { IncomingFile } from '../../chat/incoming.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { FormField } from '../definition.ts'

/** What was typed or sent for a field: a list for multi-select, what was kept for file. */
export type Typed = string | string[] | IncomingFile[]

/** By field name; a field that nobody has come to is not there. */
export type TypedValues = Record<string, Typed>

/** Characters of one value and choices of one field that a draft keeps, right or wrong. */
const mostKept = { characters: 20_000, choices: 200 }

/**
 * A value as a draft can keep it: of the shape that the field has, in valid Unicode, without NUL, which PostgreSQL
 * refuses. Null where it is larger than a draft keeps.
 */
export function storable(field: FormField, given: string | string[]): string | string[] | null {
  const pieces = Array.isArray(given) ? given : [given]
  if (pieces.length > mostKept.choices) return null
  const clean = pieces.map((piece) => piece.toWellFormed().replaceAll('\0', '').replaceAll(/\r\n?/g, '\n'))
  if (clean.some((piece) => codePoints(piece) > mostKept.characters)) return null
  return field.type === 'multi-select' ? clean.filter((piece) => piece !== '') : (clean[0] ?? '')
}

/**
 * What was typed into fields, beside what a draft holds. Files come as messages and are never sent with a page.
 * Throws PlainError where a value is larger than a draft keeps.
 */
export function keptValues(
  fields: readonly FormField[],
  values: TypedValues,
  given: Readonly<Record<string, string | string[]>>,
): TypedValues {
  const taken = { ...values }
  for (const field of fields) {
    if (field.type === 'file' || !Object.hasOwn(given, field.name)) continue
    const kept = storable(field, given[field.name] ?? '')
    if (kept === null) throw new PlainError('forms:draft.too-large')
    taken[field.name] = kept
  }
  return taken
}

/** Characters as people count them in a limit: 😀 is one, not two. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** Whether nothing can be seen of it: white space, controls, joiners. */
export function isBlank(text: string): boolean {
  return /^[\p{Z}\p{C}]*$/u.test(text)
}
