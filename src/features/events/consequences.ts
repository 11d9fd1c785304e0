import type { Trx } from '../../store/store.ts'
import { refreshCards } from './announcing/refresh-cards.ts'
import { keepEntriesOfAll } from './calendar-entries/keep-all.ts'
import { keepCalendarEntries } from './calendar-entries/keep-entries.ts'
import { keepReminders } from './calendar-entries/keep-reminders.ts'
import type { EventsContext } from './context.ts'
import { keepListed } from './lists/keep-listed.ts'
import { keepEnd } from './making/keep-end.ts'
import type { Event } from './records.ts'
import { keepClosing } from './registering/keep-closing.ts'
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
  await keepOffers(trx, event, told, now)
  await tellRegistrants(trx, context, event, told, now)
  await keepCalendarEntries(trx, context, event, told, now)
  await refreshCards(trx, event, now)
}

/**
 * What follows from an event that was made, published, changed, called off or is over, in the transaction in which it
 * was. Those registered are told apart from this, a few at a time (making/tell-of-change.ts).
 * @param event As it is now.
 */
export async function followEvent(trx: Trx, context: EventsContext, event: Event, now: Date): Promise<void> {
  await keepListed(trx, context, event)
  await keepEnd(trx, event, now)
  await keepClosing(trx, event, now)
  await keepReminders(trx, event, now)
  await keepEntriesOfAll(trx, event, now)
  await refreshCards(trx, event, now)
}
