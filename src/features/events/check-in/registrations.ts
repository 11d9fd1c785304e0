import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { type Event, isActive, type RegistrationRow, registersWith } from '../records.ts'

/** The registration of an account's person, or of the account itself; null: they have none. */
export async function registrationOfAccount(
  db: Reads,
  event: Event,
  account: Account,
): Promise<RegistrationRow | null> {
  const person = await findPersonByAccount(db, account)
  const rows = await db
    .selectFrom('event_registration')
    .selectAll()
    .where('event', '=', registersWith(event))
    .where((where) =>
      where.or([
        where('account', '=', accountKey(account)),
        ...(person ? [where('person', '=', person.id)] : []),
      ]),
    )
    .execute()
  // A guest who has signed in since may have both: the one that holds counts.
  return rows.find(isActive) ?? rows[0] ?? null
}

/** Null where there is none of this id for the event. */
export async function readRegistration(db: Reads, event: Event, id: string): Promise<RegistrationRow | null> {
  const row = await db
    .selectFrom('event_registration')
    .selectAll()
    .where('id', '=', id)
    .where('event', '=', registersWith(event))
    .executeTakeFirst()
  return row ?? null
}
