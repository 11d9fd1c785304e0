import { eraseMatters } from '../../../seal/matters.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { changeSeats } from '../change-seats.ts'
import type { EventsContext } from '../context.ts'
import { findEvent, isActive, type RegistrationRow } from '../records.ts'
import { lockSeats } from '../seats/lock-seats.ts'
import { erasedAt, keepErasure } from './keep-erasure.ts'

/** What happens when the public is to be forgotten. */
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
