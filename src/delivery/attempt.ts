import { DeliveryError } from '../chat/outgoing.ts'
import type { Platform } from '../chat/platform.ts'
import { triesOf } from './backoff.ts'
import type { Claimed } from './claim.ts'

/** Why an operation is not tried again, in a word: as platforms say it, or that it was tried for long enough. */
export type Problem = 'gone' | 'not-allowed' | 'bad-input' | 'given-up' | 'unknown'

/** How a try ended. */
export type Outcome =
  | { type: 'sent'; message: string }
  /** `doubtSince`: since when it may have been made all the same; null: it surely was not. */
  | { type: 'again'; wait: number | undefined; doubtSince: Date | null; problem: 'later' | 'unknown' }
  | { type: 'dead'; problem: Problem }
  /** It may have been made or not, and is not tried again. */
  | { type: 'uncertain' }

/** A platform that does not answer for so long, in milliseconds, is taken to have broken off. */
export const longestTry = 30_000

/**
 * Tries an operation on its platform, once in the way that the platform's table says: where an earlier try is in doubt,
 * that is settled first. Never throws.
 */
export async function attempt(claimed: Claimed, platform: Platform): Promise<Outcome> {
  const { operation, once } = claimed
  let { doubtSince } = claimed
  // Where its tries ended the process each time, none of them was written down.
  if (claimed.attempts > triesOf(claimed))
    return { type: 'again', wait: undefined, doubtSince, problem: 'unknown' }
  try {
    if (doubtSince !== null && mustLook(claimed, doubtSince)) {
      const found = once.how === 'at-most-once' ? null : await inTime(platform.find(operation))
      if (found) return { type: 'sent', message: found.message }
      if (once.how !== 'looked-up') return { type: 'uncertain' }
      doubtSince = null
    }
  } catch (error) {
    const wait = error instanceof DeliveryError ? error.wait : undefined
    return { type: 'again', wait, doubtSince, problem: 'later' }
  }
  try {
    const { message } = await inTime(platform.deliver(operation))
    return { type: 'sent', message }
  } catch (error) {
    const { kind, wait } = error instanceof DeliveryError ? error : new DeliveryError('unknown')
    if (kind === 'later') return { type: 'again', wait, doubtSince, problem: 'later' }
    if (kind !== 'unknown') return { type: 'dead', problem: kind }
    if (once.how === 'at-most-once') return { type: 'uncertain' }
    return { type: 'again', wait, doubtSince: doubtSince ?? claimed.claimedAt, problem: 'unknown' }
  }
}

/** Whether a second try could be seen twice, unless it is known what became of the first. */
function mustLook({ once, claimedAt }: Claimed, doubtSince: Date): boolean {
  if (once.how === 'overwritten') return false
  if (once.how !== 'keyed') return true
  if (once.window === null) return false
  // The key must hold until the try has reached the platform, not only until it sets out.
  const margin = Math.min(longestTry, once.window / 10)
  return claimedAt.getTime() - doubtSince.getTime() >= once.window - margin
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new DeliveryError('unknown')), longestTry)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}
