/** What was answered to requests of a vendor by HTTP, for requests that come a second time as they are. */
export interface RepeatedRequests<T> {
  /**
   * Answers a request, or gives the answer of the first time; also while that is still being made.
   * @param signature Stands for the whole request, its age among it.
   */
  once(signature: string, answer: () => Promise<T>): Promise<T>
}

export interface RepeatedRequestsOptions<T> {
  clock: () => Date
  /** Milliseconds by which a request may be off, either way: after twice as long it is refused as too old. */
  oldest: number
  /** Answers that are kept; the oldest goes first. */
  most: number
  /** Whether it is the end of it; else the vendor sends the request again, and it is carried out anew. */
  isFinal(answer: T): boolean
}

export function createRepeatedRequests<T>({
  clock,
  oldest,
  most,
  isFinal,
}: RepeatedRequestsOptions<T>): RepeatedRequests<T> {
  const answers = new Map<string, { until: number; answer: Promise<T> }>()
  return {
    once(signature, answer) {
      const now = clock().getTime()
      const kept = answers.get(signature)
      if (kept && kept.until > now) return kept.answer
      for (const [old, { until }] of answers) {
        if (until > now && answers.size < most) break
        answers.delete(old)
      }
      const made = answer()
      answers.set(signature, { until: now + 2 * oldest, answer: made })
      void made.then(
        (given) => isFinal(given) || answers.delete(signature),
        () => answers.delete(signature),
      )
      return made
    },
  }
}
