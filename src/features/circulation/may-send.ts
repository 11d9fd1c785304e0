import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placeOf, placesOfPerson } from '../../people/actor.ts'
import type { Audience } from '../../people/audience.ts'
import { can } from '../../people/can.ts'
import { organisationsOfChats } from '../../people/chats.ts'
import type { Reads } from '../../people/people.ts'

/**
 * Throws PlainError where somebody may not send to all of an audience: every organisation, group and person in it must lie
 * within their right (`circulation.send`).
 */
export async function mustReachAudience(
  db: Reads,
  audience: Audience,
  { by, now }: { by: string; now: Date },
): Promise<void> {
  const today = dayInChina(now)
  const actor = await actorOf(db, by, today)
  const allows = async (organisation: string) =>
    can(actor, 'circulation.send', await placeOf(db, organisation))
  if (audience.chats.length + audience.people.length + audience.members.length === 0) {
    throw new PlainError('circulation:refused.nobody')
  }
  for (const organisation of new Set(audience.members.map((one) => one.organisation))) {
    if (!(await allows(organisation))) throw new PlainError('circulation:refused.organisation')
  }
  const bound = await organisationsOfChats(db, audience.chats)
  for (const organisation of new Set(bound.values())) {
    if (!(await allows(organisation))) throw new PlainError('circulation:refused.group')
  }
  if (bound.size < new Set(audience.chats.map((chat) => JSON.stringify(chat))).size) {
    throw new PlainError('circulation:refused.unbound')
  }
  for (const person of audience.people) {
    const places = await placesOfPerson(db, person, today)
    if (!places.some((place) => can(actor, 'circulation.send', place))) {
      throw new PlainError('circulation:refused.person')
    }
  }
}
