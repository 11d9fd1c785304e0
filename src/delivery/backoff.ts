/** Tries after which a message is given up, and the time after the first: whichever comes first. */
export const mostAttempts = 12
export const longestTrying = 24 * 3600_000

const first = 2000
const factor = 2.5

/**
 * How long to wait before the next try, in milliseconds: from 2 s growing by 2.5 up to some hours, so that the
 * twelve of them outlast a working day; somewhere within the upper half, so that many do not come back in step.
 * @param attempts made so far, from 1.
 * @param asked what the platform asked for, in milliseconds; it is kept, and a little more.
 */
export function backoff(attempts: number, asked: number | undefined, random: () => number): number {
  if (asked !== undefined) return Math.round(Math.min(asked, longestTrying) * (1 + random() / 10))
  const longest = first * factor ** (attempts - 1)
  return Math.round(longest / 2 + (random() * longest) / 2)
}
