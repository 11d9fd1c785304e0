import { eraseMatters } from '../../../seal/matters.ts'
import type { Trx } from '../../../store/store.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { changeSeats } from '../change-seats.ts'
import type { EventsContext } from '../context.ts'
import { findEvent, isActive, type RegistrationRow } from '../records.ts'
import { lockSeats } from '../seats/lock-seats.ts'
import { erasedAt, keepErasure, setErasure } from './keep-erasure.ts'
import { teamMatter } from './sealed-cards.ts'

/** Registrations in one transaction: others write meanwhile. */
const batch = 200

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
        .where(({ or, eb }) =>
          or([
            ...(['account', 'contact', 'receipt_hash'] as const).map((column) => eb(column, 'is not', null)),
            eb('name', '!=', ''),
            eb('answers', '!=', '{}'),
          ]),
        )
        .orderBy('id')
        .limit(batch)
        .execute()
      await erase(
        trx,
        context,
        id,
        rows.map((row) => row.id),
      )
      if (rows.length === batch) await setErasure(trx, event, { at: now, now })
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
  await erase(trx, context, row.event, [row.id])
  // What was answered stands in the presses too, until they are forgotten.
  await trx
    .deleteFrom('event_press')
    .where('key', '>', `web ${row.id} `)
    .where('key', '<', `web ${row.id}!`)
    .where('state', '=', 'settled')
    .execute()
}

/** What holds seats stays; who it was, and what they gave as reasons, nobody can read again. */
async function erase(
  trx: Trx,
  { sealer }: Pick<EventsContext, 'sealer'>,
  event: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  const teams = await trx
    .selectFrom('event_registration')
    .select('team')
    .distinct()
    .where('id', 'in', ids)
    .where('team', 'is not', null)
    .execute()
  await eraseMatters(trx, sealer, [...ids, ...teams.map(({ team }) => teamMatter(team ?? ''))])
  await trx
    .updateTable('event_registration')
    .set({ account: null, contact: null, name: '', answers: '{}', receipt_hash: null })
    .where('id', 'in', ids)
    .execute()
  await trx
    .updateTable('event_history')
    .set({ data: JSON.stringify({ type: 'reason', reason: '' }) })
    .where('event', '=', event)
    .where('registration', 'in', ids)
    .where('change', 'in', ['asked-to-leave', 'reason'])
    .execute()
}
