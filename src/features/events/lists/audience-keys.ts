import type { Actor } from '../../../people/can.ts'
import type { PlacedOrganisation } from '../../../people/organisations.ts'
import type { Audience } from '../records.ts'

/**
 * The ways into an event, as rows that a list is filtered by: who has one of them may see it and come.
 * @param root of the event's organisation: the house for which it is where none is named.
 */
export function keysOfAudience({ organisations, roles, public: isPublic }: Audience, root: string): string[] {
  if (isPublic) return ['public']
  const places = (organisations.length > 0 ? organisations : [root]).map((id) => `in:${id}`)
  const all = roles.length === 0 ? places : places.flatMap((place) => roles.map((role) => `${place}:${role}`))
  return [...new Set(all)]
}

/** The ways that are open to somebody: a role counts in its organisation and in all above it. */
export function keysOfActor(
  { person, grants }: Pick<Actor, 'person' | 'grants'>,
  organisations: readonly PlacedOrganisation[],
): string[] {
  if (person === null) return ['public']
  const parents = new Map(organisations.map(({ id, parent }) => [id, parent]))
  const keys = new Set(['public'])
  for (const { role, organisation } of grants) {
    for (let at: string | null = organisation; at !== null; at = parents.get(at) ?? null) {
      keys.add(`in:${at}`)
      keys.add(`in:${at}:${role}`)
    }
  }
  return [...keys]
}
