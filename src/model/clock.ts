/** Time as the model folder sees it: injected, so that limits and pauses are tested without waiting. */
export interface Clock {
  /** Milliseconds since an arbitrary moment, never going back. */
  now(): number
  /** Calls back once after so many milliseconds; the returned function takes it back. */
  after(milliseconds: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds)
    return () => clearTimeout(timer)
  },
}
