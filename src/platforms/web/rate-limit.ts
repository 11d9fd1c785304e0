/**
 * At most about `most` per key within a time: a bucket of that many tokens, refilled evenly over it. It remembers at
 * most `mostKeys` keys; when more come, full buckets are forgotten first (they are as good as new), then the
 * ones used longest ago.
 */
export class RateLimit {
  readonly #most: number
  readonly #within: number
  readonly #mostKeys: number
  readonly #clock: () => Date
  /** In order of last use, as a Map keeps the order of insertion. */
  readonly #buckets = new Map<string, { tokens: number; at: number }>()

  /** @param within Milliseconds; by default a minute. */
  constructor(most: number, mostKeys: number, clock: () => Date, within = 60_000) {
    this.#most = most
    this.#within = within
    this.#mostKeys = mostKeys
    this.#clock = clock
  }

  get size(): number {
    return this.#buckets.size
  }

  /** The whole seconds until there are as many tokens, without taking them; 0: there are. */
  wait(key: string, wanted = 1): number {
    const tokens = this.#tokens(key)
    // Fractions of the time do not add up to whole tokens exactly.
    return tokens >= wanted - 1e-9 ? 0 : Math.ceil(((wanted - tokens) * this.#within) / 1000 / this.#most)
  }

  /** Takes as many tokens and returns 0, or takes none and returns the whole seconds until they are there. */
  take(key: string, wanted = 1): number {
    const tokens = this.#tokens(key)
    const wait = this.wait(key, wanted)
    this.#buckets.delete(key)
    this.#buckets.set(key, {
      tokens: wait === 0 ? Math.max(0, tokens - wanted) : tokens,
      at: this.#clock().getTime(),
    })
    if (this.#buckets.size > this.#mostKeys) this.#forget()
    return wait
  }

  #tokens(key: string): number {
    const bucket = this.#buckets.get(key)
    if (!bucket) return this.#most
    // A clock set back must not take tokens away.
    const passed = Math.max(0, this.#clock().getTime() - bucket.at)
    return Math.min(this.#most, bucket.tokens + (passed / this.#within) * this.#most)
  }

  #forget(): void {
    for (const key of this.#buckets.keys()) {
      if (this.#tokens(key) >= this.#most) this.#buckets.delete(key)
    }
    // A tenth at once, so that the sweep above is not run for every new key under a flood.
    const excess = this.#buckets.size - this.#mostKeys
    if (excess <= 0) return
    const oldest = Array.from(this.#buckets.keys()).slice(0, excess + Math.floor(this.#mostKeys / 10))
    for (const key of oldest) this.#buckets.delete(key)
  }
}
