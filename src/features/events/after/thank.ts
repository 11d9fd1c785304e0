import { enqueueMany, type OutgoingMessage } from '../../../delivery/outbox.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event, RegistrationRow } from '../records.ts'
import { addressesOfRegistrants, languageOfRegistrant } from '../registering/registrant.ts'
import { thanksCard } from './after-cards.ts'
import { linksTo, sentMaterials } from './materials.ts'

/**
 * Thanks whoever was there, asks how it was, and hands them what was sent to the others already: one message, once. Who
 * registered on the web has no address; their receipt page says the same.
 */
export async function thank(
  trx: Trx,
  context: EventsContext,
  event: Event,
  registrations: readonly RegistrationRow[],
  now: Date,
): Promise<void> {
  const materials = await sentMaterials(trx, event.row.id)
  const addresses = await addressesOfRegistrants(trx, registrations)
  const hours = await hoursOf(
    trx,
    event.row.id,
    registrations.flatMap(({ person }) => person ?? []),
  )
  const messages: OutgoingMessage[] = []
  for (const registration of registrations) {
    const to = addresses.get(registration.id)
    if (!to) continue
    const links = linksTo(context, event, registration.id, materials, now)
    const language = languageOfRegistrant(registration)
    const card = thanksCard(event, {
      language,
      links,
      hours: hours.get(registration.person ?? '') ?? null,
      now,
    })
    const id = `event thanks ${event.row.id} ${registration.id}`
    messages.push({ id, to, card, lane: 'broadcast', now })
  }
  await enqueueMany(trx, messages)
}

/** What was credited of the event, by person. */
async function hoursOf(trx: Trx, event: string, people: readonly string[]): Promise<Map<string, number>> {
  if (people.length === 0) return new Map()
  const rows = await trx
    .selectFrom('event_hours')
    .select(['person', 'hours'])
    .where('event', '=', event)
    .where('person', 'in', people)
    .execute()
  return new Map(rows.map(({ person, hours }) => [person, hours]))
}
