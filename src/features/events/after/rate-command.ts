import type { Card } from '../../../chat/card.ts'
import type { Account } from '../../../chat/incoming.ts'
import type { Language } from '../../../chat/language.ts'
import type { Trx } from '../../../store/store.ts'
import { ownRegistrations } from '../lists/own-registrations.ts'
import { type Event, findEvent } from '../records.ts'
import { rateCard } from './after-cards.ts'
import { needsRater, ratingOf } from './feedback.ts'

/** The last events of somebody that are looked through. */
const mostLookedAt = 20

interface Asked {
  trx: Trx
  account: Account
  person: string | null
  /** Null: they named none. */
  number: string | null
  language: Language
  now: Date
}

/** The question how it was, for whoever has lost the thanks or is written to elsewhere. Throws PlainError where they may not rate it. */
export async function askToRate(asked: Asked): Promise<Card> {
  const { trx, account, number, language, now } = asked
  if (number === null) return rateCard(await toBeRated(asked), { language, now })
  const event = await findEvent(trx, number)
  const rated = await needsRater(trx, event?.row.id ?? '', account, now)
  return rateCard([rated.event], { language, now })
}

/** Where somebody was and has not yet said how it was, the last first. */
async function toBeRated({ trx, account, person, now }: Asked): Promise<Event[]> {
  const past = { when: 'past', states: ['confirmed'] } as const
  const { own } = await ownRegistrations(trx, { person, account }, past, { size: mostLookedAt, now })
  const found: Event[] = []
  for (const { event, registration } of own) {
    if ((await ratingOf(trx, event, registration, now)) === 'open') found.push(event)
  }
  return found
}
