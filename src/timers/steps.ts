/**
 * Points between which a process may end, in their order: timers are claimed; within its transaction, one has been
 * handled; that is committed.
 */
export type TimerStep = 'claimed' | 'handled' | 'committed'

/** Called at each step; what it throws counts as a failure there. */
export type AtTimerStep = (step: TimerStep) => void | Promise<void>
