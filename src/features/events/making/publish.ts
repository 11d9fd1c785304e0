import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import { followEvent } from '../consequences.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, toEvent } from '../records.ts'

/**
 * Publishes a draft: from now on those whom it is for see it and may register. Throws PlainError where it is none any
 * more, or its time has come while it lay.
 */
async function publishEvent(trx: Trx, context: EventsContext, { row }: Event, now: Date): Promise<Event> {
  const at = now.toISOString()
  const { number } = row
  if (row.state !== 'draft') throw new PlainError(`making:refused.is-${row.state}`, { number })
  if (row.starts_at <= at) throw new PlainError('making:refused.began', { number })
  if (row.registers_with === null && row.closes_at <= at) {
    throw new PlainError('making:refused.closed', { number })
  }
  if (row.registers_with !== null) {
    const lead = await findEvent(trx, row.registers_with)
    // People would find an event for which nothing takes their registration.
    if (lead?.row.state === 'draft')
      throw new PlainError('making:refused.lead-first', { number: lead.row.number })
  }
  const published = await trx
    .updateTable('event_entry')
    .set({ state: 'published', changed_at: at })
    .where('id', '=', row.id)
    .where('state', '=', 'draft')
    .returningAll()
    .executeTakeFirst()
  // Two organisers pressed at the same moment.
  if (!published) throw new PlainError('making:refused.is-published', { number })
  const event = toEvent(published)
  await followEvent(trx, context, event, now)
  return event
}

/** Publishes the drafts among some events, and gives them. Where there is none it says what became of the first. */
export async function publishAll(
  trx: Trx,
  context: EventsContext,
  events: readonly Event[],
  now: Date,
): Promise<Event[]> {
  const drafts = events.filter(({ row }) => row.state === 'draft')
  const wanted = drafts.length > 0 ? drafts : events.slice(0, 1)
  // The first takes the registrations of a series, so it is published before those that lead to it.
  const ordered = wanted.toSorted(
    (a, b) => Number(a.row.registers_with !== null) - Number(b.row.registers_with !== null),
  )
  const published: Event[] = []
  for (const draft of ordered) published.push(await publishEvent(trx, context, draft, now))
  return published
}
