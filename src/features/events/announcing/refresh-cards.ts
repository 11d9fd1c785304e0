import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event } from '../records.ts'

/** Has the cards in groups show the seats as they are now, soon: many changes go together in one edit. */
export async function refreshCards(
  _trx: Trx,
  _context: EventsContext,
  _event: Event,
  _now: Date,
): Promise<void> {}
