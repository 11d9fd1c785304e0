import type { Audience } from '../../../people/audience.ts'
import { chatsOf } from '../../../people/chats.ts'
import { listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import type { Campaign } from '../records.ts'

/**
 * Who hears of a campaign: as it was chosen, else the groups of the organisations that take part and of all below them;
 * where there is no group, everybody there.
 */
export async function audienceOfCampaign(
  db: Reads,
  { audience, organisations }: Pick<Campaign, 'audience' | 'organisations'>,
): Promise<Audience> {
  if (audience) return audience
  const chats = await chatsOf(db, await withAllBelow(db, organisations))
  return chats.length > 0
    ? { chats, people: [], members: [] }
    : { chats: [], people: [], members: membersOf(organisations) }
}

/** Everybody in organisations and below them. */
export function membersOf(organisations: readonly string[]): Audience['members'] {
  return organisations.map((organisation) => ({ organisation, role: null, below: true }))
}

/** Ids of organisations with all below them, each once. */
export async function withAllBelow(db: Reads, organisations: readonly string[]): Promise<string[]> {
  const within = new Set(organisations)
  // A parent comes before what is below it.
  for (const { id, parent } of await listOrganisations(db)) {
    if (parent !== null && within.has(parent)) within.add(id)
  }
  return [...within]
}
