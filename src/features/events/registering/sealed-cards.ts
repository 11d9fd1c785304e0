import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { sealCard, sealCardOfMany } from '../../../seal/sealed-card.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { RegistrationRow } from '../records.ts'

/**
 * A card about registrations, as it may wait for its delivery: where it tells something of the public it lies nowhere in
 * the open, and nobody reads it again once one of them is erased.
 */
export async function sealPublic(
  trx: Trx,
  { sealer }: Pick<EventsContext, 'sealer'>,
  rows: readonly Pick<RegistrationRow, 'id' | 'person' | 'contact' | 'name' | 'answers'>[],
  card: Card,
  language: Language,
): Promise<Card> {
  // Of whom was erased nothing is left to hide, and no new key is made.
  const known = rows.filter(
    ({ person, contact, name, answers }) =>
      person === null && (contact !== null || name !== '' || answers !== '{}'),
  )
  const matters = known.map(({ id }) => id)
  return sealCardOfMany(trx, sealer, matters, card, language)
}

/** The same of all whom somebody registered together: one key, as a key for each of fifty would be fifty times sealed. */
export function sealTeam(
  trx: Trx,
  { sealer }: Pick<EventsContext, 'sealer'>,
  team: string,
  card: Card,
  language: Language,
): Promise<Card> {
  return sealCard(trx, sealer, teamMatter(team), card, language)
}

/** Under what cards about a team lie: to be erased with the first of the public in it. */
export function teamMatter(team: string): string {
  return `event team ${team}`
}
