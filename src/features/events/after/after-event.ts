import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event } from '../records.ts'

/** What follows from an event that has just ended: its state is `over` already. Called once, by the timer of its end. */
export async function afterEvent(
  _trx: Trx,
  _context: EventsContext,
  _event: Event,
  _now: Date,
): Promise<void> {}
