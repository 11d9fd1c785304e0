import type { Reads } from '../../../people/people.ts'
import { type Event, registersWith } from '../records.ts'

/** Who come, but have not said so since time or place changed. */
function unconfirmed(db: Reads, event: Event) {
  return db
    .selectFrom('event_registration')
    .innerJoin('event_entry', 'event_entry.id', 'event_registration.event')
    .where('event_registration.event', '=', registersWith(event))
    .where('event_registration.state', '=', 'confirmed')
    .whereRef('event_registration.arrangement', '<', 'event_entry.arrangement')
}

export async function unconfirmedCount(db: Reads, event: Event): Promise<number> {
  const { count } = await unconfirmed(db, event)
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Their names, in the order in which they registered; of the public there is none here. */
export async function unconfirmedNames(db: Reads, event: Event, most: number): Promise<string[]> {
  const rows = await unconfirmed(db, event)
    .select(['event_registration.name'])
    .orderBy('event_registration.seq')
    .limit(most)
    .execute()
  return rows.map(({ name }) => name)
}
