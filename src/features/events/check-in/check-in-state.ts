import type { Reads } from '../../../people/people.ts'
import { type Event, registersWith } from '../records.ts'

/** Who is in, and with which list that is to be read. */
export interface CheckInState {
  /** Since when, as ISO texts, by registration. */
  inside: Record<string, string>
  /** Another one: somebody registered or cancelled, or the event changed, and the list is to be taken anew. */
  revision: string
}

/** How it stands at the door, for all phones there. */
export async function checkInState(db: Pick<Reads, 'selectFrom'>, event: Event): Promise<CheckInState> {
  const { id, arrangement, state, changed_at } = event.row
  const rows = await db
    .selectFrom('event_check_in')
    .select(['registration', 'at'])
    .where('event', '=', id)
    .execute()
  const seats = await db
    .selectFrom('event_seats')
    .select('revision')
    .where('event', '=', registersWith(event))
    .executeTakeFirst()
  return {
    inside: Object.fromEntries(rows.map(({ registration, at }) => [registration, at])),
    revision: `${seats?.revision ?? 0}.${arrangement}.${state}.${changed_at}`,
  }
}
