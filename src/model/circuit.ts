import { ModelFailure, type ModelFailureReason } from './chat-model.ts'
import { BusyFailure } from './model-fetch.ts'

/** Failures in a row after which the model is left alone. */
const patience = 3

/** For how long, in milliseconds; also the most that a Retry-After is obeyed. */
const pause = 60_000

/**
 * Leaves a failing model alone for a while, so that a dead endpoint does not delay each answer by its time
 * limit. After the pause one request goes through as a trial; its end decides.
 */
export class Circuit {
  readonly #now: () => number
  #failures = 0
  #closedUntil = 0
  #trial = false
  #reason: ModelFailureReason = 'unreachable'

  constructor(now: () => number) {
    this.#now = now
  }

  /** Throws the last failure's reason while the model is being left alone. */
  enter(): void {
    if (this.#failures < patience && this.#closedUntil === 0) return
    if (this.#now() < this.#closedUntil || this.#trial) throw new ModelFailure(this.#reason)
    this.#trial = true
  }

  /** The model answered, or refused: it is there. */
  succeeded(): void {
    this.#failures = 0
    this.#closedUntil = 0
    this.#trial = false
  }

  /** Nobody waited for the end; it says nothing about the model. */
  abandoned(): void {
    this.#trial = false
  }

  failed(failure: ModelFailure): void {
    if (failure.reason === 'refused') {
      this.succeeded()
      return
    }
    this.#failures += 1
    this.#trial = false
    this.#reason = failure.reason
    const asked = failure instanceof BusyFailure ? (failure.retryAfterSeconds ?? 0) * 1000 : 0
    const length = this.#failures >= patience ? pause : Math.min(asked, pause)
    if (length > 0) this.#closedUntil = this.#now() + length
  }
}
