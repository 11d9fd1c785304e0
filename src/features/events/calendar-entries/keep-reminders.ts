import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event } from '../records.ts'

/**
 * Sets the reminders of a published event as it is now, and takes back those of one that is not published any more.
 * Called whenever it was published, changed, called off, or is over.
 */
export async function keepReminders(
  _trx: Trx,
  _context: EventsContext,
  _event: Event,
  _now: Date,
): Promise<void> {}
