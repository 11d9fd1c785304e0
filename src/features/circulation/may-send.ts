import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placesOfPerson } from '../../people/actor.ts'
import type { Audience } from '../../people/audience.ts'
import { can } from '../../people/can.ts'
import { chatKey, organisationsOfChats } from '../../people/chats.ts'
import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { reachOf } from '../../people/reach.ts'

/**
 * Throws PlainError where somebody may not send to all of an audience: every organisation, group and person in it must lie
 * within their right (`circulation.send`), and where those below an organisation are meant too, every one of these.
 */
export async function mustReachAudience(
  db: Reads,
  audience: Audience,
  { by, now }: { by: string; now: Date },
): Promise<void> {
  const today = dayInChina(now)
  const actor = await actorOf(db, by, today)
  if (audience.chats.length + audience.people.length + audience.members.length === 0) {
    throw new PlainError('circulation:refused.nobody')
  }
  const organisations = await listOrganisations(db)
  const allowed = new Set(reachOf(organisations, actor, ['circulation.send']).organisations)
  for (const { organisation, below } of audience.members) {
    const wanted = below ? withBelow(organisations, organisation) : [organisation]
    // A right that ends at one's own organisation does not reach those below it.
    if (!wanted.every((id) => allowed.has(id))) throw new PlainError('circulation:refused.organisation')
  }
  const bound = await organisationsOfChats(db, audience.chats)
  for (const organisation of new Set(bound.values())) {
    if (!allowed.has(organisation)) throw new PlainError('circulation:refused.group')
  }
  if (bound.size < new Set(audience.chats.map(chatKey)).size) {
    throw new PlainError('circulation:refused.unbound')
  }
  for (const person of audience.people) {
    const places = await placesOfPerson(db, person, today)
    if (!places.some((place) => can(actor, 'circulation.send', place))) {
      throw new PlainError('circulation:refused.person')
    }
  }
}

/** An organisation with all below it. @param organisations each after its parent. */
export function withBelow(
  organisations: readonly { id: string; parent: string | null }[],
  top: string,
): string[] {
  const found = new Set([top])
  for (const { id, parent } of organisations) {
    if (parent !== null && found.has(parent)) found.add(id)
  }
  return [...found]
}
