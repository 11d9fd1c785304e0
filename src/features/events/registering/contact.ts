import type { Reads } from '../../../people/people.ts'
import { openText, sealText } from '../../../seal/matters.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { RegistrationRow } from '../records.ts'

/** Who somebody of the public is, as they wrote it on the web. */
export interface Contact {
  name: string
  /** Empty: none. */
  unit: string
  telephone: string
}

const place = 'event_registration.contact'

/** Encrypts it under the registration's own key, so that it can be erased. */
export function sealContact(
  trx: Trx,
  { sealer }: Pick<EventsContext, 'sealer'>,
  registration: string,
  contact: Contact,
): Promise<string> {
  return sealText(trx, sealer, registration, place, JSON.stringify(contact))
}

/** Null: there is none, or it was erased. */
export async function openContact(
  db: Pick<Reads, 'selectFrom'>,
  { sealer }: Pick<EventsContext, 'sealer'>,
  { id, contact }: Pick<RegistrationRow, 'id' | 'contact'>,
): Promise<Contact | null> {
  const text = contact === null ? null : await openText(db, sealer, id, place, contact)
  return text === null ? null : (JSON.parse(text) as Contact)
}
