import type { Reads } from '../../../people/people.ts'
import type { Event, RegistrationRow } from '../records.ts'

/** People in one transaction: so that nobody else waits long. */
const batch = 100

/** A batch of those who were there, in the order of their ids; `last` is where the next begins, null: it is the last. */
export async function thereAfter(
  db: Reads,
  { row }: Pick<Event, 'row'>,
  after: string,
): Promise<{ registrations: RegistrationRow[]; last: string | null }> {
  const registrations = await db
    .selectFrom('event_check_in as there')
    .innerJoin('event_registration as registration', 'registration.id', 'there.registration')
    .selectAll('registration')
    .where('there.event', '=', row.id)
    .where('there.registration', '>', after)
    .orderBy('there.registration')
    .limit(batch)
    .execute()
  const last = registrations.length === batch ? registrations.at(-1)!.id : null
  return { registrations, last }
}
