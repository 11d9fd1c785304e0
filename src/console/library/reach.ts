import { accountKey } from '../../chat/keys.ts'
import { placesOfPerson } from '../../people/actor.ts'
import { type Action, can } from '../../people/can.ts'
import type { Reads } from '../../people/people.ts'
import { type Visit, wholeHouse } from '../visit.ts'

/**
 * Of these accounts (`accountKey`) those whose questions the visitor may do this to: of people of whom that holds in
 * each of their organisations, and of guests for whoever may do it to the whole house's.
 */
export async function accountsInReach(
  db: Reads,
  { actor, today }: Visit,
  action: Action,
  accounts: Iterable<string>,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('account')
    .select(['platform', 'installation', 'user_id', 'person'])
    .execute()
  const owners = new Map(
    rows.map(({ platform, installation, user_id: user, person }) => [
      accountKey({ platform, installation, user }),
      person,
    ]),
  )
  const byOwner = Map.groupBy(new Set(accounts), (account) => owners.get(account))
  const reached = new Set<string>()
  for (const [person, own] of byOwner) {
    const places = person === undefined ? wholeHouse : await placesOfPerson(db, person, today)
    if (can(actor, action, places)) for (const account of own) reached.add(account)
  }
  return reached
}
