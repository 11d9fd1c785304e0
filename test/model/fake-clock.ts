import type { Clock } from '../../src/model/clock.ts'

/** A clock that stands still until the test moves it. */
export class FakeClock implements Clock {
  #now = 0
  #timers: { due: number; callback: () => void }[] = []

  now(): number {
    return this.#now
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { due: this.#now + milliseconds, callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds
    for (const timer of this.#timers.filter(({ due }) => due <= this.#now)) timer.callback()
    this.#timers = this.#timers.filter(({ due }) => due > this.#now)
  }

  /** How many timers wait; none may be left when an answer has ended. */
  get waiting(): number {
    return this.#timers.length
  }
}
