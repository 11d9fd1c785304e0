import { inPieces } from '../../../store/in-pieces.ts'
import { hasRowLocks } from '../../../store/row-locks.ts'
import type { Trx } from '../../../store/store.ts'
import type { Outcome } from '../seats/outcome.ts'
import type { Press } from './press.ts'

export interface NewPress {
  key: string
  /** The event that takes the registrations: `registersWith`. */
  event: string
  press: Press
}

/**
 * Keeps presses in the order given; the same key again is nothing new. Takes each event's gate first, so that the order
 * of their numbers is that in which the transactions commit. A press on what is no event is kept with its refusal.
 * @param now of `store.now(trx)`.
 */
export async function acceptPresses(trx: Trx, presses: readonly NewPress[], now: Date): Promise<void> {
  const gates = await takeGates(trx, new Set(presses.map(({ event }) => event)))
  const at = now.toISOString()
  const noEvent: Outcome = { type: 'refused', reason: 'no-such-event', values: {} }
  for (const piece of inPieces(presses)) {
    await trx
      .insertInto('event_press')
      .values(
        piece.map(({ key, event, press }) => ({
          key,
          event,
          press: JSON.stringify(press),
          accepted_at: at,
          ...(gates.has(event)
            ? { state: 'waiting' as const, outcome: null, settled_at: null }
            : { state: 'settled' as const, outcome: JSON.stringify(noEvent), settled_at: at }),
        })),
      )
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
  }
}

/** One after another in the order of their ids, so that two transactions never wait for each other. */
async function takeGates(trx: Trx, events: ReadonlySet<string>): Promise<Set<string>> {
  const found = await trx
    .selectFrom('event_gate')
    .select('event')
    .where('event', 'in', [...events])
    .orderBy('event')
    // Locked, not changed: a transaction that is serializable and had to wait for it goes on with what it read.
    .$if(hasRowLocks(trx), (query) => query.forNoKeyUpdate())
    .execute()
  return new Set(found.map(({ event }) => event))
}
