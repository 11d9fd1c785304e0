import type { Trx } from '../../store/store.ts'
import { refreshCards } from './announcing/refresh-cards.ts'
import { keepCalendarEntries } from './calendar-entries/keep-entries.ts'
import type { EventsContext } from './context.ts'
import type { Event } from './records.ts'
import { keepOffers } from './registering/keep-offers.ts'
import { type Told, tellRegistrants } from './registering/tell.ts'

/**
 * What follows from registrations that changed, in the transaction in which they did: offers run out by themselves,
 * people are told, calendars kept, cards in groups renewed.
 */
export async function follow(
  trx: Trx,
  context: EventsContext,
  event: Event,
  told: readonly Told[],
  now: Date,
): Promise<void> {
  await keepOffers(trx, context, event, told, now)
  await tellRegistrants(trx, context, event, told, now)
  await keepCalendarEntries(trx, context, event, told, now)
  await refreshCards(trx, context, event, now)
}
