import { actorOf } from '../../people/actor.ts'
import { rules } from '../../people/can.ts'
import { descendantsOf } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'

/** The organisations in which somebody sees what was sent in, by their offices today. */
export async function organisationsBelow(db: Reads, person: string, today: string): Promise<string[]> {
  const { grants } = await actorOf(db, person, today)
  const found = new Set<string>()
  for (const { role, organisation } of grants) {
    const scope = rules[role]['submission.view']
    if (scope === undefined || scope === 'self') continue
    found.add(organisation)
    if (scope === 'below') for (const { id } of await descendantsOf(db, organisation)) found.add(id)
  }
  return [...found]
}
