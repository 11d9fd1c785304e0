import { setTimeout as wait } from 'node:timers/promises'
import { PlainError } from '../messages/plain-error.ts'

/** How often and after which pauses a busy database is tried again. Tests inject their own. */
export interface RetryPolicy {
  attempts: number
  /** How long SQLite itself waits for a lock within one attempt, in milliseconds. */
  busyTimeout: number
  wait(milliseconds: number): Promise<unknown>
  /** From 0 up to 1, not 1 itself. */
  random(): number
}

/** About a minute for SQLite's lock (30 × 2 s), seconds for conflicts of PostgreSQL. */
export const defaultRetry: RetryPolicy = { attempts: 30, busyTimeout: 2000, wait, random: Math.random }

/**
 * The pause before the next attempt, in milliseconds: doubles from 5 to at most 250, and somewhere within the
 * upper half of that, so that two who collided do not collide again in step.
 */
export function pauseBefore(attempt: number, random: () => number): number {
  const longest = Math.min(250, 5 * 2 ** Math.min(attempt, 10))
  return longest / 2 + (random() * longest) / 2
}

/**
 * Runs `attempt` until it goes through. Only errors that `isTransient` names are tried again; after the last
 * attempt a person reads that the system is busy, with the database's own words kept as the cause for the log.
 */
export async function retrying<T>(
  policy: RetryPolicy,
  isTransient: (error: unknown) => boolean,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt()
    } catch (error) {
      if (!isTransient(error)) throw error
      if (tried >= policy.attempts) throw new PlainError('chat:busy', {}, { cause: error })
      await policy.wait(pauseBefore(tried, policy.random))
    }
  }
}
