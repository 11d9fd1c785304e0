import { PlainError } from '../../messages/plain-error.ts'
import { roles } from '../../people/roles.ts'
import type { Visibility } from '../clause.ts'

/** A name that is none of them would hide a document from everybody. */
const roleNames: readonly string[] = roles

/**
 * Reads who may see a document: `all`, or organisations and roles as `org:分公司一,role:cadre` (commas of
 * either width). Throws PlainError where an entry is neither.
 */
export function parseVisibleTo(text: string): Visibility {
  const entries = text
    .split(/[,，、]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  if (entries.length === 1 && /^(all|公开)$/i.test(entries[0]!)) return { open: true }
  const organisations = new Set<string>()
  const named = new Set<string>()
  for (const entry of entries) {
    const [, kind, name] = /^(org|role)\s*[:：]\s*(.+)$/i.exec(entry) ?? []
    if (kind?.toLowerCase() === 'org') organisations.add(name!)
    else if (kind && roleNames.includes(name!.toLowerCase())) named.add(name!.toLowerCase())
    else throw new PlainError('knowledge:library.visible-to-invalid', { entry, roles: roleNames.join('、') })
  }
  if (entries.length === 0) {
    throw new PlainError('knowledge:library.visible-to-invalid', {
      entry: text,
      roles: roleNames.join('、'),
    })
  }
  return { open: false, organisations: [...organisations].sort(), roles: [...named].sort() }
}

/** The form that `parseVisibleTo` reads. */
export function formatVisibleTo(visibility: Visibility): string {
  if (visibility.open) return 'all'
  return [
    ...visibility.organisations.map((name) => `org:${name}`),
    ...visibility.roles.map((name) => `role:${name}`),
  ].join(',')
}
