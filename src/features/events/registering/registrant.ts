import type { Recipient } from '../../../chat/outgoing.ts'
import { accountOfKey, addressOf } from '../../../people/address.ts'
import type { Reads } from '../../../people/people.ts'
import type { RegistrationRow } from '../records.ts'

/** Where the person of a registration is written to; null: the public, who look it up by their code. */
export async function addressOfRegistrant(
  db: Reads,
  { person, account }: Pick<RegistrationRow, 'person' | 'account'>,
): Promise<Recipient | null> {
  if (person !== null) return addressOf(db, person)
  return account === null ? null : { type: 'account', account: accountOfKey(account) }
}

/** In which language they registered. */
export function languageOfRegistrant({ language }: Pick<RegistrationRow, 'language'>): 'zh-CN' | 'en' {
  return language === 'en' ? 'en' : 'zh-CN'
}
