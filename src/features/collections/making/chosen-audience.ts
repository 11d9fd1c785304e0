import type { ChosenAudience } from '../../circulation/port.ts'
import type { CollectionFile } from '../definition/file-schema.ts'

/** What a file says of its audience, as if it was filled in. @param named.people Ids. */
export function chosenByFile(
  audience: NonNullable<CollectionFile['audience']>,
  { people, roles }: { people: string[]; roles: string[] },
): ChosenAudience {
  const kinds = [
    ...(audience.groups ? ['groups'] : []),
    ...(audience.members ? ['members'] : []),
    ...(people.length > 0 ? ['people'] : []),
  ]
  const { organisation, below } = audience
  return { toKinds: kinds, toAt: organisation.join('、'), toBelow: below, toRoles: roles, toPeople: people }
}
