import type { Reads } from '../../../people/people.ts'
import type { EventsContext } from '../context.ts'
import type { RegistrationRow } from '../records.ts'
import { openContact } from '../registering/contact.ts'

/** What somebody registered is called; of the public it lies sealed, and is empty where it was erased. */
export async function nameOf(
  db: Reads,
  context: Pick<EventsContext, 'sealer'>,
  registration: Pick<RegistrationRow, 'id' | 'name' | 'contact'>,
): Promise<string> {
  if (registration.name !== '' || registration.contact === null) return registration.name
  return (await openContact(db, context, registration))?.name ?? ''
}
