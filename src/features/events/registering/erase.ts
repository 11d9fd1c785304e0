import { eraseMatters } from '../../../seal/matters.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { changeSeats } from '../change-seats.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, isActive, type RegistrationRow } from '../records.ts'
import { lockSeats } from '../seats/lock-seats.ts'

/** Days for which who came is kept of the public after an event: its report is written by then (docs/privacy.md). */
const keptDays = 180
const day = 24 * 3600_000

/** Has the personal data of the public erased in time; again moves it to where it belongs. */
export async function keepErasure(trx: Trx, event: Event, now: Date): Promise<void> {
  const id = `event erase ${event.row.id}`
  const at = await erasedAt(trx, event)
  await setTimer(trx, { id, kind: 'events.erase', payload: { event: event.row.id }, at, now })
}

/** Counted from the last of all dates that a registration is for. */
async function erasedAt(trx: Trx, { row }: Event): Promise<Date> {
  const last = await trx
    .selectFrom('event_entry')
    .select(({ fn }) => fn.max('ends_at').as('ends_at'))
    .where((where) => where.or([where('id', '=', row.id), where('registers_with', '=', row.id)]))
    .executeTakeFirst()
  return new Date(Date.parse(last?.ends_at ?? row.ends_at) + keptDays * day)
}

export function eraseTimers(context: EventsContext): Record<string, TimerHandler> {
  return {
    async 'events.erase'(trx, { event: id = '' }, now) {
      const event = await findEvent(trx, id)
      if (!event) return
      // It may have moved since.
      if ((await erasedAt(trx, event)) > now) return keepErasure(trx, event, now)
      const rows = await trx
        .selectFrom('event_registration')
        .select('id')
        .where('event', '=', id)
        .where('person', 'is', null)
        .execute()
      const ids = rows.map((row) => row.id)
      await erase(trx, context, ids)
      for (const piece of inPieces(ids)) {
        await trx.updateTable('event_registration').set({ account: null }).where('id', 'in', piece).execute()
      }
    },
  }
}

/** Somebody of the public takes back their registration and all that they wrote. */
export async function eraseOwn(
  trx: Trx,
  context: EventsContext,
  row: RegistrationRow,
  now: Date,
): Promise<void> {
  await lockSeats(trx, row.event)
  if (isActive(row))
    await changeSeats(trx, context, row.event, [{ type: 'cancel', id: row.id }], { by: null, now })
  await erase(trx, context, [row.id])
}

/** What holds seats stays; who it was nobody can read again. */
async function erase(trx: Trx, context: EventsContext, ids: readonly string[]): Promise<void> {
  await eraseMatters(trx, context.sealer, ids)
  for (const piece of inPieces(ids)) {
    await trx
      .updateTable('event_registration')
      .set({ contact: null, name: '', answers: '{}', receipt_hash: null })
      .where('id', 'in', piece)
      .execute()
  }
  for (const id of ids) {
    // What was answered stands in the presses too, until they are forgotten.
    await trx
      .deleteFrom('event_press')
      .where('key', '>', `web ${id} `)
      .where('key', '<', `web ${id}!`)
      .where('state', '=', 'settled')
      .execute()
  }
}
