import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { comparedEvents, findComparedEvent } from '../../events/port.ts'
import { type Doing, noteHistory } from '../history.ts'
import type { Campaign } from '../records.ts'

/** An event of a contest, as its card lists it. */
export type ContestEvent = Awaited<ReturnType<typeof comparedEvents>>[number]

/** Events of a contest, by their beginning. */
export async function eventsOf(db: Reads, campaign: string): Promise<ContestEvent[]> {
  const rows = await db
    .selectFrom('campaign_event')
    .select('event')
    .where('campaign', '=', campaign)
    .execute()
  return comparedEvents(
    db,
    rows.map(({ event }) => event),
  )
}

/**
 * Makes an event part of a contest. Throws PlainError where there is none by that number in one of the organisations that
 * somebody may make campaigns for.
 */
export async function linkEvent(
  trx: Trx,
  { row }: Campaign,
  given: { number: string; mayUse(organisation: string): Promise<boolean> },
  doing: Doing,
): Promise<void> {
  const number = given.number.normalize('NFKC').trim().toUpperCase()
  const event = await findComparedEvent(trx, number)
  // Who may not use it is not told whether it is there.
  if (!event || !(await given.mayUse(event.organisation))) {
    throw new PlainError('campaigns:problem.no-event', { number: number.slice(0, 40) })
  }
  // People would find nothing behind it.
  if (!event.isPublished) throw new PlainError('campaigns:problem.event-unpublished', { number })
  await trx
    .insertInto('campaign_event')
    .values({ campaign: row.id, event: event.id })
    .onConflict((conflict) => conflict.columns(['campaign', 'event']).doNothing())
    .execute()
  await noteHistory(trx, row.id, 'event-linked', { number }, doing)
}
