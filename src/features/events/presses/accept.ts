import type { Trx } from '../../../store/store.ts'
import type { Press } from './press.ts'

export interface NewPress {
  key: string
  /** The event that takes the registrations: `registersWith`. */
  event: string
  press: Press
}

/**
 * Keeps presses in the order given; the same key again is nothing new. Takes each event's gate first, so that the order
 * of their numbers is that in which the transactions commit.
 * @param now of `store.now(trx)`.
 */
export async function acceptPresses(_trx: Trx, _presses: readonly NewPress[], _now: Date): Promise<void> {
  throw new Error('not built yet')
}
