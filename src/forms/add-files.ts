import type { IncomingFile } from '../chat/incoming.ts'
import type { FormField } from './definition.ts'
import { mostFiles } from './fields/file.ts'
import type { TypedValues } from './fields/typed.ts'

export interface AddedFiles {
  values: TypedValues
  /** The field that took them. */
  field: FormField
  /** How many it holds now. */
  held: number
  /** How many were sent and found no room. */
  refused: number
}

/**
 * Puts files into a field, one of a name that is there already in place of that one. One file alone takes the place of
 * the one that a field may hold: it is sent because that was wrong. Null where none of the fields takes files.
 * @param fields in the order in which they are tried; the first that takes files gets them.
 */
export function addFiles(
  fields: readonly FormField[],
  values: TypedValues,
  sent: readonly IncomingFile[],
): AddedFiles | null {
  const takers = fields.filter(({ type }) => type === 'file')
  const field = takers.find((one) => filesOf(values, one).length < mostFiles(one)) ?? takers[0]
  if (!field) return null
  const isAnother = mostFiles(field) === 1 && sent.length === 1
  const files = new Map((isAnother ? [] : filesOf(values, field)).map((file) => [file.name, file]))
  let refused = 0
  for (const { name, type, size, blob } of sent) {
    const clean = [...name.toWellFormed().replaceAll(/\p{Cc}/gu, '')].slice(0, 200).join('')
    if (!files.has(clean) && files.size >= mostFiles(field)) refused += 1
    else files.set(clean, { name: clean, type, size, blob })
  }
  return { values: { ...values, [field.name]: [...files.values()] }, field, held: files.size, refused }
}

/** The files that a field holds. */
export function filesOf(values: TypedValues, { name }: FormField): IncomingFile[] {
  const held = Object.hasOwn(values, name) ? values[name] : undefined
  return Array.isArray(held) ? held.filter((file) => typeof file !== 'string') : []
}
