import { type Action, rules, type Scope } from './role-rules.ts'
import type { Role } from './roles.ts'

export type { Action } from './role-rules.ts'

/** A role that somebody holds today. */
export interface Grant {
  role: Role
  organisation: string
  /** Whether the organisation is a root. */
  root: boolean
}

/** Who acts. A guest has neither person nor grants. */
export interface Actor {
  person: string | null
  grants: readonly Grant[]
}

/** What it is done to. */
export interface RecordPlace {
  /**
   * The organisation of the record, then all above it. Empty for what is the whole house's (its health, its
   * documents, people of no organisation): that is for those who hold their role in a root.
   */
  path: readonly string[]
  /** Whose record it is, where it is a person's. */
  person?: string | null
}

/**
 * Whether somebody may do something to a record. A person belongs to several organisations: given as a list, the
 * actor must be allowed in every one of them, so that nobody reaches a person through the least of their roles.
 */
export function can(actor: Actor, action: Action, record: RecordPlace | readonly RecordPlace[]): boolean {
  const places = isList(record) ? record : [record]
  return (
    places.length > 0 &&
    places.every((place) =>
      actor.grants.some((grant) => reaches(rules[grant.role][action], grant, actor, place)),
    )
  )
}

function isList(record: RecordPlace | readonly RecordPlace[]): record is readonly RecordPlace[] {
  return Array.isArray(record)
}

function reaches(scope: Scope | undefined, grant: Grant, actor: Actor, place: RecordPlace): boolean {
  if (scope === undefined) return false
  // Whoever may do it to others may do it to themselves; within their own organisation, or not at all.
  if (scope === 'self') return actor.person !== null && place.person === actor.person
  if (place.path.length === 0) return grant.root
  return scope === 'own' ? place.path[0] === grant.organisation : place.path.includes(grant.organisation)
}
