import type { Language } from '../../../chat/language.ts'
import { type Address, accountOfKey, addressesOf } from '../../../people/address.ts'
import type { Reads } from '../../../people/people.ts'
import type { RegistrationRow } from '../records.ts'

type Registrant = Pick<RegistrationRow, 'id' | 'person' | 'account'>

/**
 * Where registrants are written to, by registration, in few statements; without the public, who look it up by their code,
 * and whoever has no account.
 */
export async function addressesOfRegistrants(
  db: Reads,
  registrations: readonly Registrant[],
): Promise<Map<string, Address>> {
  const ofPeople = await addressesOf(
    db,
    registrations.flatMap(({ person }) => person ?? []),
  )
  const addresses = new Map<string, Address>()
  for (const { id, person, account } of registrations) {
    const guest = person === null && account !== null ? accountOfKey(account) : null
    const address = guest ? ({ type: 'account', account: guest } as const) : ofPeople.get(person ?? '')
    if (address) addresses.set(id, address)
  }
  return addresses
}

/** As `addressesOfRegistrants`, of one; null: nowhere. */
export async function addressOfRegistrant(db: Reads, registration: Registrant): Promise<Address | null> {
  return (await addressesOfRegistrants(db, [registration])).get(registration.id) ?? null
}

/** In which language they registered. */
export function languageOfRegistrant({ language }: Pick<RegistrationRow, 'language'>): Language {
  return language === 'en' ? 'en' : 'zh-CN'
}
