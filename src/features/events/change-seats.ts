import type { Trx } from '../../store/store.ts'
import type { EventsContext } from './context.ts'
import { findEvent } from './records.ts'
import { keepSeats } from './seats/keep-seats.ts'
import { lockSeats } from './seats/lock-seats.ts'
import { openSeats } from './seats/open-seats.ts'
import type { SeatCommand, SeatRefusal } from './seats/seats.ts'

/**
 * Changes the seats of an event, by whoever is not in the queue of presses: organisers, timers. All or nothing: where one
 * of the commands is refused none is carried out. Whoever registers goes by `acceptPresses`. `capacity` also keeps the
 * event's new capacity and reserves.
 * @param event the one that takes the registrations.
 * @param by a person; null: the rules.
 * @param now of `store.now(trx)`.
 * @param reason as it is told to those whom the commands name.
 */
export async function changeSeats(
  trx: Trx,
  context: EventsContext,
  event: string,
  commands: readonly Exclude<SeatCommand, { type: 'register' }>[],
  { by, now, reason }: { by: string | null; now: Date; reason?: string },
): Promise<SeatRefusal | null> {
  await lockSeats(trx, event)
  const found = await findEvent(trx, event)
  if (!found) throw new Error(`no event ${event} whose seats could change`)
  const newly = commands.flatMap((one) => (one.type === 'capacity' ? [...one.reserved.keys()] : []))
  const work = await openSeats(trx, found, now, newly)
  for (const command of commands) {
    const refusal = work.run(command, by)
    if (refusal !== null) return refusal
    if (reason !== undefined && 'id' in command) work.reasons.set(command.id, reason)
  }
  for (const command of commands) {
    if (command.type === 'capacity') await keepCapacity(trx, event, command)
  }
  await keepSeats(trx, context, (await findEvent(trx, event)) ?? found, work, { now })
  return null
}

async function keepCapacity(
  trx: Trx,
  event: string,
  { capacity, reserved }: { capacity: number | null; reserved: ReadonlyMap<string, number> },
): Promise<void> {
  await trx.updateTable('event_entry').set({ capacity }).where('id', '=', event).execute()
  await trx.deleteFrom('event_reserve').where('event', '=', event).execute()
  const reserves = [...reserved].filter(([, seats]) => seats > 0)
  if (reserves.length === 0) return
  await trx
    .insertInto('event_reserve')
    .values(reserves.map(([organisation, seats]) => ({ event, organisation, seats })))
    .execute()
}
