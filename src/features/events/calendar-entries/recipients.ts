import type { Account } from '../../../chat/incoming.ts'
import { accountOfKey, addressesOf } from '../../../people/address.ts'
import type { Reads } from '../../../people/people.ts'
import type { RegistrationRow } from '../records.ts'

/** The accounts at which registrants are written to, by registration; without the public and whoever has none. */
export async function accountsOfRegistrants(
  db: Reads,
  registrations: readonly RegistrationRow[],
): Promise<Map<string, Account>> {
  const addresses = await addressesOf(
    db,
    registrations.flatMap(({ person }) => person ?? []),
  )
  const accounts = new Map<string, Account>()
  for (const { id, person, account } of registrations) {
    const address = person === null ? undefined : addresses.get(person)
    if (address && address.type !== 'conversation') accounts.set(id, address.account)
    else if (person === null && account !== null) accounts.set(id, accountOfKey(account))
  }
  return accounts
}
