import { dayInChina } from '../../../knowledge/library/day.ts'
import { actorOf, placeOf, placesOfPerson } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import type { Trx } from '../../../store/store.ts'
import type { Event } from '../records.ts'
import type { Press } from './press.ts'
import type { Registrants } from './registrants.ts'

/** In what part somebody acts: for themselves, as an organiser, for somebody of theirs, or without any right. */
export type ActingAs = 'self' | 'organiser' | 'deputy' | 'nobody'

/**
 * As what whoever pressed acts for the registrant: organisers may for everybody, cadres for the people of their
 * organisations.
 */
export async function actingAs(
  trx: Trx,
  event: Event,
  { who, by }: Pick<Press, 'who' | 'by'>,
  { personOf }: Pick<Registrants, 'personOf'>,
  now: Date,
): Promise<ActingAs> {
  const person = by.person ?? (by.account && personOf(by.account))
  if (who.type === 'public') {
    // Whoever holds the receipt code was let in before.
    if (by.account === null && by.person === null) return 'self'
  } else if (who.type === 'account') {
    const own = personOf(who.account)
    if (own !== null && own === person) return 'self'
    const { account } = by
    if (account && isSame(account, who.account)) return 'self'
  } else if (who.person === person) return 'self'
  if (person === null) return 'nobody'
  const today = dayInChina(now)
  const actor = await actorOf(trx, person, today)
  if (can(actor, 'event.manage', await placeOf(trx, event.row.organisation))) return 'organiser'
  const registrant =
    who.type === 'person' ? who.person : who.type === 'account' ? personOf(who.account) : null
  if (registrant === null) return 'nobody'
  return can(actor, 'people.act-for', await placesOfPerson(trx, registrant, today)) ? 'deputy' : 'nobody'
}

function isSame(one: { platform: string; installation: string; user: string }, other: typeof one): boolean {
  return one.platform === other.platform && one.installation === other.installation && one.user === other.user
}
