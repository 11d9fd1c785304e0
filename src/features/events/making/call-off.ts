import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import { changeSeats } from '../change-seats.ts'
import { followEvent } from '../consequences.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, registersWith } from '../records.ts'
import { lockedEvent } from './change-event.ts'
import { dropDraft } from './make-events.ts'
import { leadsOthers } from './series.ts'
import { tellOfChange } from './tell-of-change.ts'

interface CallingOff {
  reason: string
  /** A person; null: whoever runs the bot at its machine. */
  by: string | null
  now: Date
}

/**
 * Calls published events off: their seats are closed, reminders and calendar entries end, and everybody who is registered
 * is told the reason, once. Drafts among them are dropped. Throws PlainError where one is published no longer, or others
 * of its series, which go on, take registrations with it.
 */
export async function callOffAll(
  trx: Trx,
  context: EventsContext,
  events: readonly Event[],
  given: CallingOff,
): Promise<void> {
  const published = events.filter(({ row }) => row.state !== 'draft')
  // The lead of a series that shares registrations goes last: then nobody registers with it any more.
  const ordered = published.toSorted((a, b) => Number(leads(a)) - Number(leads(b)))
  for (const event of events) if (event.row.state === 'draft') await dropDraft(trx, context, event)
  const groups = Map.groupBy(ordered, registersWith)
  for (const event of ordered) {
    const together = groups.get(registersWith(event)) ?? []
    const isLast = together.at(-1) === event
    await callOff(trx, context, event, { ...given, dates: isLast ? together.length : 0 })
  }
}

function leads({ row }: Event): boolean {
  return row.registers_with === null
}

/** @param dates how many are called off for the same registrations; 0: they are told with another. */
async function callOff(
  trx: Trx,
  context: EventsContext,
  { row: { id } }: Pick<Event, 'row'>,
  { reason, by, now, dates }: CallingOff & { dates: number },
): Promise<void> {
  const { row } = await lockedEvent(trx, id)
  const { number } = row
  if (row.state !== 'published') throw new PlainError(`making:refused.is-${row.state}`, { number })
  if (await leadsOthers(trx, id)) throw new PlainError('making:refused.leads', { number })
  await trx
    .updateTable('event_entry')
    .set({ state: 'cancelled', reason, sequence: row.sequence + 1, changed_at: now.toISOString() })
    .where('id', '=', id)
    .execute()
  // Whoever only waits for it waits for nothing any more.
  if (row.registers_with === null) await changeSeats(trx, context, id, [{ type: 'close' }], { by, now })
  const event = (await findEvent(trx, id))!
  await followEvent(trx, context, event, now)
  if (dates > 0) await tellOfChange(trx, event, { type: 'called-off', reason, dates }, { by, now })
}
