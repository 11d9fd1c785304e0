import type { Language } from '../../../chat/language.ts'
import type { Recipient } from '../../../chat/outgoing.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { accountOfKey, addressOf } from '../../../people/address.ts'
import { readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event, RegistrationRow } from '../records.ts'
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
  for (const registration of registrations) {
    const address = await whereTo(trx, registration)
    if (!address) continue
    const { to, language } = address
    const links = linksTo(context, event, registration.id, materials, now)
    const hours = registration.person === null ? null : await hoursOf(trx, event.row.id, registration.person)
    const card = thanksCard(event, { language, links, hours, now })
    await enqueue(trx, {
      id: `event thanks ${event.row.id} ${registration.id}`,
      ...{ to, card, lane: 'broadcast', now },
    })
  }
}

/** Where somebody registered is written to, and in which language; null: nowhere. */
export async function whereTo(
  trx: Trx,
  { person, account, language }: Pick<RegistrationRow, 'person' | 'account' | 'language'>,
): Promise<{ to: Recipient; language: Language } | null> {
  const own: Language = language === 'en' ? 'en' : 'zh-CN'
  if (person !== null) {
    const to = await addressOf(trx, person)
    return to && { to, language: (await readPerson(trx, person))?.language ?? own }
  }
  return account === null ? null : { to: { type: 'account', account: accountOfKey(account) }, language: own }
}

async function hoursOf(trx: Trx, event: string, person: string): Promise<number | null> {
  const row = await trx
    .selectFrom('event_hours')
    .select('hours')
    .where('event', '=', event)
    .where('person', '=', person)
    .executeTakeFirst()
  return row?.hours ?? null
}
