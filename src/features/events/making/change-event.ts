import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import { changeSeats } from '../change-seats.ts'
import { followEvent } from '../consequences.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, registersWith, toEvent } from '../records.ts'
import { lockSeats } from '../seats/lock-seats.ts'
import { columnsOf, type EventDraft } from './keep-event.ts'
import { asksAgain, type Difference, differencesOf } from './notice.ts'

/** An event that was changed, and what of that matters to those who come. */
export interface ChangedEvent {
  event: Event
  differences: Difference[]
}

/**
 * Puts what its organisers want now in place of what an event was. Its seats are changed by the rules of seats: fewer
 * than are taken are refused. Of a published event whose calendar entry reads otherwise now the SEQUENCE is raised; of
 * one at another time or place the arrangement, so that those who come are asked again. Nobody is told by it: see
 * `tellOfChange`. Throws PlainError where it is called off or over, or the seats do not go.
 */
export async function changeEvent(
  trx: Trx,
  context: EventsContext,
  { row: { id } }: Pick<Event, 'row'>,
  draft: EventDraft,
  { by, now }: { by: string | null; now: Date },
): Promise<ChangedEvent> {
  const before = await lockedEvent(trx, id)
  const { number, state } = before.row
  if (state !== 'draft' && state !== 'published')
    throw new PlainError(`making:refused.is-${state}`, { number })
  const { capacity: _, ...columns } = columnsOf(draft)
  const wanted = toEvent({ ...before.row, ...columns, capacity: before.row.capacity })
  const differences = differencesOf(before, wanted)
  const isTold = state === 'published' && differences.length > 0
  const arrangement =
    isTold && asksAgain(differences) ? await raiseArrangement(trx, before) : before.row.arrangement
  await trx
    .updateTable('event_entry')
    .set({
      ...{ ...columns, arrangement, changed_at: now.toISOString() },
      sequence: before.row.sequence + (isTold ? 1 : 0),
    })
    .where('id', '=', id)
    .execute()
  await changeCapacity(trx, context, before, draft, { by, now })
  // Cards in groups show what they showed until their seats changed: they are to be drawn anew.
  await trx
    .updateTable('event_seats')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('event', '=', id)
    .execute()
  const event = (await findEvent(trx, id))!
  await followEvent(trx, context, event, now)
  return { event, differences: isTold ? differences : [] }
}

/** The event as it is while nobody else changes its seats. */
export async function lockedEvent(trx: Trx, id: string): Promise<Event> {
  const found = await findEvent(trx, id)
  if (!found) throw new PlainError('making:refused.gone')
  await lockSeats(trx, registersWith(found))
  return (await findEvent(trx, id)) ?? found
}

/** Registrations know the arrangement of the event that took them: of a series that shares them both are raised. */
async function raiseArrangement(trx: Trx, event: Event): Promise<number> {
  const lead = registersWith(event)
  const { arrangement } = await trx
    .updateTable('event_entry')
    .set(({ eb }) => ({ arrangement: eb('arrangement', '+', 1) }))
    .where('id', '=', lead)
    .returning('arrangement')
    .executeTakeFirstOrThrow()
  return arrangement
}

async function changeCapacity(
  trx: Trx,
  context: EventsContext,
  { row }: Event,
  { capacity, reserved }: EventDraft,
  who: { by: string | null; now: Date },
): Promise<void> {
  // Of a series that shares its registrations the seats are those of the first.
  if (row.registers_with !== null) return
  const kept = await trx.selectFrom('event_reserve').selectAll().where('event', '=', row.id).execute()
  const isSame =
    capacity === row.capacity &&
    kept.length === reserved.length &&
    reserved.every(({ organisation, seats }) =>
      kept.some((one) => one.organisation === organisation && one.seats === seats),
    )
  if (isSame) return
  const wanted = new Map(reserved.map(({ organisation, seats }) => [organisation, seats]))
  const command = { type: 'capacity' as const, capacity, reserved: wanted }
  const refusal = await changeSeats(trx, context, row.id, [command], who)
  if (refusal === null) return
  const seats = await trx
    .selectFrom('event_seats')
    .select('taken')
    .where('event', '=', row.id)
    .executeTakeFirst()
  throw new PlainError('making:refused.seats', { taken: seats?.taken ?? 0, wanted: capacity ?? 0 })
}
