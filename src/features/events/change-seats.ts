import type { Trx } from '../../store/store.ts'
import type { EventsContext } from './context.ts'
import type { SeatCommand, SeatRefusal } from './seats/seats.ts'

/**
 * Changes the seats of an event, by whoever is not in the queue of presses: organisers, timers. All or nothing: where one
 * of the commands is refused none is carried out.
 * @param by a person; null: the rules.
 * @param now of `store.now(trx)`.
 */
export async function changeSeats(
  _trx: Trx,
  _context: EventsContext,
  _event: string,
  _commands: readonly SeatCommand[],
  _who: { by: string | null; now: Date },
): Promise<SeatRefusal | null> {
  throw new Error('not built yet')
}
