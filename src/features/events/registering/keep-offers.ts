import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event } from '../records.ts'
import type { Told } from './tell.ts'

/** Sets the timer of each seat that was offered, and takes back that of each offer that came to an end. */
export async function keepOffers(
  _trx: Trx,
  _context: EventsContext,
  _event: Event,
  _told: readonly Told[],
  _now: Date,
): Promise<void> {}
