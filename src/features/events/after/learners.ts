import type { Reads } from '../../../people/people.ts'
import type { Event } from '../records.ts'

/** The people of the house who were there or have hours of the event, with what is credited; in the order of names. */
export async function learnersOf(
  db: Pick<Reads, 'selectFrom'>,
  { row }: Pick<Event, 'row'>,
): Promise<{ person: string; name: string; hours: number }[]> {
  const there = await db
    .selectFrom('event_check_in as there')
    .innerJoin('event_registration as registration', 'registration.id', 'there.registration')
    .innerJoin('person', 'person.id', 'registration.person')
    .select(['person.id', 'person.name'])
    .where('there.event', '=', row.id)
    .execute()
  const credited = await db
    .selectFrom('event_hours')
    .innerJoin('person', 'person.id', 'event_hours.person')
    .select(['person.id', 'person.name', 'event_hours.hours'])
    .where('event_hours.event', '=', row.id)
    .execute()
  const learners = new Map(there.map(({ id, name }) => [id, { person: id, name, hours: 0 }]))
  for (const { id, name, hours } of credited) learners.set(id, { person: id, name, hours })
  return [...learners.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}
