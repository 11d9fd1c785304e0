import type { Trx } from '../store/store.ts'

/** Given back to the handler as it was set. */
export type TimerPayload = Record<string, string>

/** Runs once when the timer is due, all or nothing, in the transaction that marks it as run. */
export type TimerHandler = (trx: Trx, payload: TimerPayload, now: Date) => Promise<void>
