import { PlainError } from '../../../messages/plain-error.ts'
import { type KindFile, kindSchema } from './schema.ts'

/**
 * A version of a kind as it was taken up. Keys that a newer program wrote and this one does not know are passed over, so
 * that going back to an older program does not keep it from starting.
 * @throws PlainError where it cannot be read all the same.
 */
export function readVersion(stored: { kind: string; version: number; definition: string }): KindFile {
  const value: unknown = JSON.parse(stored.definition)
  const issues = kindSchema.safeParse(value).error?.issues ?? []
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue
    const place = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], value)
    for (const key of issue.keys) delete (place as Record<string, unknown>)[key]
  }
  const { data, error } = kindSchema.safeParse(value)
  if (error) {
    const { path = [] } = error.issues[0] ?? {}
    throw new PlainError('submissions:definition.unreadable', {
      ...{ kind: stored.kind, version: stored.version, place: path.join('.') },
    })
  }
  return data
}
