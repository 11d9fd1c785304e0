import type { ChosenFiles, IncomingFile } from '../chat/incoming.ts'
import type { FormField } from './definition.ts'
import { mostFiles } from './fields/file.ts'
import type { Problem } from './fields/refuse.ts'
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

/**
 * Puts the files that were chosen on a page into the fields that they were chosen for, after those are gone that were
 * taken off. Gives why some were not taken too, by the field's name.
 */
export function chooseFiles(
  fields: readonly FormField[],
  values: TypedValues,
  chosen: Readonly<Record<string, ChosenFiles>>,
): { values: TypedValues; problems: Map<string, Problem> } {
  const problems = new Map<string, Problem>()
  let held = values
  for (const field of fields) {
    if (field.type !== 'file' || !Object.hasOwn(chosen, field.name)) continue
    const { add, drop, refused } = chosen[field.name]!
    const kept = filesOf(held, field).filter(({ name }) => !drop.includes(name))
    held = { ...held, [field.name]: kept }
    const added = add.length === 0 ? null : addFiles([field], held, add)
    held = added?.values ?? held
    if (refused) problems.set(field.name, refused)
    else if (added && added.refused > 0) {
      const most = mostFiles(field)
      problems.set(field.name, { key: 'forms:problem.too-many-files', values: { most } })
    }
  }
  return { values: held, problems }
}

/** The files that a field holds. */
export function filesOf(values: TypedValues, { name }: FormField): IncomingFile[] {
  const held = Object.hasOwn(values, name) ? values[name] : undefined
  return Array.isArray(held) ? held.filter((file) => typeof file !== 'string') : []
}
