import type { Account } from '../../chat/incoming.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { actorOf } from '../../people/actor.ts'
import { createLink } from '../../people/links.ts'
import type { Trx } from '../../store/store.ts'
import { consoleLinkValidFor } from '../limits.ts'
import { canSomewhere } from '../visit.ts'

/** The token of a link that opens the console once; null where the account's person may not open it. */
export async function createConsoleLink(trx: Trx, account: Account, now: Date): Promise<string | null> {
  const actor = await actorOf(trx, account, dayInChina(now))
  if (actor.person === null || !canSomewhere(actor, 'console.open')) return null
  const { person } = actor
  return createLink(trx, { person, purpose: 'console', validFor: consoleLinkValidFor, now })
}
