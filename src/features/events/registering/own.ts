import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { activeStates, type RegistrationRow } from '../records.ts'

/** The registration of whoever speaks from an account, while it stands; null: there is none. */
export async function ownRegistration(
  db: Reads,
  account: Account,
  event: string,
): Promise<RegistrationRow | null> {
  const person = (await findPersonByAccount(db, account))?.id ?? null
  const row = await db
    .selectFrom('event_registration')
    .selectAll()
    .where('event', '=', event)
    .where('state', 'in', activeStates)
    .where((where) =>
      person === null ? where('account', '=', accountKey(account)) : where('person', '=', person),
    )
    .executeTakeFirst()
  return row ?? null
}
