import { enqueueEdit } from '../../../delivery/outbox.ts'
import type { Trx } from '../../../store/store.ts'
import type { Outcome } from '../seats/outcome.ts'
import type { Accepted } from './decide.ts'
import { outcomeCard } from './outcome-card.ts'

/**
 * Says on the cards that wait what became of presses which led to nothing, or which a later one overtook before anybody
 * read of it. Gives back the others by registration: what is said there is for whoever tells the registrants.
 */
export async function answerReplies(
  trx: Trx,
  presses: readonly Accepted[],
  outcomes: ReadonlyMap<string, Outcome>,
  now: Date,
): Promise<Map<string, string>> {
  const last = new Map<string, string>()
  const overtaken: { of: string; accepted: Accepted; outcome: Outcome }[] = []
  for (const accepted of presses.toReversed()) {
    const of = accepted.press.reply
    const outcome = outcomes.get(accepted.key)
    if (of === null || !outcome) continue
    if (outcome.type === 'done' && !last.has(outcome.registration)) last.set(outcome.registration, of)
    else overtaken.push({ of, accepted, outcome })
  }
  for (const { of, accepted, outcome } of overtaken) {
    await enqueueEdit(trx, { of, card: outcomeCard(outcome, accepted.press, now), now })
  }
  return last
}
