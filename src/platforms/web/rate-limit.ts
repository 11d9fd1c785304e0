/**
 * At most about `perMinute` per key: a bucket of that many tokens, refilled evenly over a minute. It remembers at
 * most `mostKeys` keys; when more come, full buckets are forgotten first (they are as good as new), then the
 * ones used longest ago.
 */
export class RateLimit {
  readonly #perMinute: number
  readonly #mostKeys: number
  readonly #clock: () => Date
  /** In order of last use, as a Map keeps the order of insertion. */
  readonly #buckets = new Map<string, { tokens: number; at: number }>()

  constructor(perMinute: number, mostKeys: number, clock: () => Date) {
    this.#perMinute = perMinute
    this.#mostKeys = mostKeys
    this.#clock = clock
  }

  get size(): number {
    return this.#buckets.size
  }

  /** The whole seconds until there is a token, without taking one; 0: there is one. */
  wait(key: string): number {
    const tokens = this.#tokens(key)
    // Fractions of a minute do not add up to whole tokens exactly.
    return tokens >= 1 - 1e-9 ? 0 : Math.ceil(((1 - tokens) * 60) / this.#perMinute)
  }

  /** Takes a token and returns 0, or takes none and returns the whole seconds until there is one. */
  take(key: string): number {
    const tokens = this.#tokens(key)
    const wait = this.wait(key)
    this.#buckets.delete(key)
    this.#buckets.set(key, {
      tokens: wait === 0 ? Math.max(0, tokens - 1) : tokens,
      at: this.#clock().getTime(),
    })
    if (this.#buckets.size > this.#mostKeys) this.#forget()
    return wait
  }

  #tokens(key: string): number {
    const bucket = this.#buckets.get(key)
    if (!bucket) return this.#perMinute
    // A clock set back must not take tokens away.
    const passed = Math.max(0, this.#clock().getTime() - bucket.at)
    return Math.min(this.#perMinute, bucket.tokens + (passed / 60_000) * this.#perMinute)
  }

  #forget(): void {
    for (const key of this.#buckets.keys()) {
      if (this.#tokens(key) >= this.#perMinute) this.#buckets.delete(key)
    }
    // A tenth at once, so that the sweep above is not run for every new key under a flood.
    const excess = this.#buckets.size - this.#mostKeys
    if (excess <= 0) return
    const oldest = Array.from(this.#buckets.keys()).slice(0, excess + Math.floor(this.#mostKeys / 10))
    for (const key of oldest) this.#buckets.delete(key)
  }
}
