import { enqueueMany, type OutgoingMessage } from '../../../delivery/outbox.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, type RegistrationRow, registersWith } from '../records.ts'
import { addressesOfRegistrants, languageOfRegistrant } from '../registering/registrant.ts'
import { calendarFileCard, entriesOfRegistrations } from './calendar-file.ts'
import { reminderCard } from './reminder-cards.ts'

/** One reminder of an event, as it was planned. */
export interface Reminder {
  /** Before the beginning. */
  minutes: number
  /** ISO text of the beginning for which it was planned: moved to another time, an event is reminded of again. */
  startsAt: string
}

/**
 * Reminds some of those who come, each alone and once, with the file for their calendar. The ids are made of what is
 * reminded of, so that nobody gets the same twice, whatever is tried again.
 */
export async function remindRegistrants(
  trx: Trx,
  context: EventsContext,
  event: Event,
  { minutes, startsAt }: Reminder,
  registrations: readonly RegistrationRow[],
  now: Date,
): Promise<void> {
  if (registrations.length === 0) return
  const addresses = await addressesOfRegistrants(trx, registrations)
  const entries = await entriesOfRegistrations(trx, registrations)
  const registering = (await findEvent(trx, registersWith(event))) ?? event
  const messages: OutgoingMessage[] = []
  for (const registration of registrations) {
    const to = addresses.get(registration.id)
    if (!to) continue
    const about = `${event.row.id}:${startsAt}:${minutes}:${registration.id}`
    const shared = { to, lane: 'reminder' as const, now }
    const language = languageOfRegistrant(registration)
    const card = reminderCard(event, registration, language, now)
    messages.push({ ...shared, id: `remind:${about}`, card })
    const own = (entries.get(registration.id) ?? []).filter((one) => one.event.row.id === event.row.id)
    if (own.length === 0) continue
    const file = calendarFileCard(context, registering, registration, own, now)
    messages.push({ ...shared, id: `remind-ics:${about}`, card: file })
  }
  await enqueueMany(trx, messages)
}
