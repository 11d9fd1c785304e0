/** Tries after which a message is given up, and the time after the first: whichever comes first. */
export const mostAttempts = 24
/** After so many tries of which none was written down: it must be what ends the process. */
const mostUnwritten = 12
export const longestTrying = 24 * 3600_000

const first = 2000
const factor = 2.5
/** A platform that was away for hours is found to be back within this time. */
const longestPause = 3600_000

/**
 * How long to wait before the next try, in milliseconds: from 2 s growing by 2.5 up to an hour, so that all of them
 * outlast a working day; somewhere within the upper half, so that many do not come back in step.
 * @param attempts made so far, from 1.
 * @param asked what the platform asked for, in milliseconds; it is kept, and a little more.
 */
export function backoff(attempts: number, asked: number | undefined, random: () => number): number {
  if (asked !== undefined) return Math.round(Math.min(asked, longestTrying) * (1 + random() / 10))
  const longest = Math.min(first * factor ** (attempts - 1), longestPause)
  return Math.round(longest / 2 + (random() * longest) / 2)
}

/**
 * How many tries an operation has.
 * @param written whether the end of an earlier one was written down.
 */
export function triesOf({ written }: { written: boolean }): number {
  return written ? mostAttempts : mostUnwritten
}
