import type { Trx } from '../store/store.ts'

/** Given back to the handler as it was set. */
export type TimerPayload = Record<string, string>

/** Runs once when the timer is due, all or nothing, in the transaction that marks the timer as run. */
export type TimerHandler = (trx: Trx, payload: TimerPayload, now: Date) => Promise<void>

/**
 * As a handler, for kinds of which very many are due at the same moment: those of a claim run together in one
 * transaction by row locks (`isolation: 'row-locks'`), so it locks the rows that it changes. Where they fail together
 * each is tried by itself, so that one that cannot run does not hold up the others.
 */
export interface TimerBatch {
  runAll(trx: Trx, timers: readonly BatchedTimer[], now: Date): Promise<void>
  /**
   * Finds the times of timers again that were set with `countedFor`, after what they are counted by has changed, and sets or
   * cancels each; one that is left alone keeps the time that it had. Default: all are left alone.
   */
  recount?(trx: Trx, timers: readonly BatchedTimer[], now: Date): Promise<void>
}

export interface BatchedTimer {
  id: string
  payload: TimerPayload
}

/** By kind. */
export type TimerHandlers = Readonly<Record<string, TimerHandler | TimerBatch>>
