import type { Context } from 'hono'
import { clientAddress, type TrustsProxy } from './client-address.ts'
import { addressFactor, busyMinutes, clickFactor, mostBytesADay, mostRates, mostStreams } from './limits.ts'
import { RateLimit } from './rate-limit.ts'

/** `question` and `file` come as often as the setting says, `click` (buttons, pages of forms) and `look` more often. */
type Kind = 'question' | 'click' | 'file' | 'look'

const day = 24 * 3600_000
const factors: Record<Kind, number> = {
  question: 1,
  file: 1,
  click: clickFactor,
  look: clickFactor * mostStreams,
}

/** What is counted of somebody, and of the address that they come from. */
interface Limits {
  account: RateLimit
  address: RateLimit
}

export interface AdmissionOptions {
  questionsPerMinute: number
  trustProxy: TrustsProxy
  clock: () => Date
}

/** How often an account, and the address it comes from, may ask for something. */
export class Admission {
  readonly #trustProxy: TrustsProxy
  readonly #ofMinute: Record<Kind, Limits>
  readonly #ofDay: Limits
  readonly #bytes: Limits

  constructor({ questionsPerMinute, trustProxy, clock }: AdmissionOptions) {
    this.#trustProxy = trustProxy
    const limits = (most: number, within?: number): Limits => ({
      account: new RateLimit(most, mostRates, clock, within),
      address: new RateLimit(most * addressFactor, mostRates, clock, within),
    })
    const ofMinute = (kind: Kind) => limits(questionsPerMinute * factors[kind])
    this.#ofMinute = {
      question: ofMinute('question'),
      click: ofMinute('click'),
      file: ofMinute('file'),
      look: ofMinute('look'),
    }
    this.#ofDay = limits(questionsPerMinute * busyMinutes, day)
    this.#bytes = limits(mostBytesADay, day)
  }

  /** Whole seconds to wait; 0: go on. */
  wait(kind: Kind, context: Context, user: string): number {
    const from = clientAddress(context, this.#trustProxy)
    const { account, address } = this.#ofMinute[kind]
    const wait = account.take(user) || address.take(from)
    // Looking leaves nothing behind.
    if (wait > 0 || kind === 'look') return wait
    return this.#ofDay.account.take(user) || this.#ofDay.address.take(from)
  }

  /** Whether a file of so many bytes may be kept today; counts it then. */
  takesFile(size: number, context: Context, user: string): boolean {
    const { account, address } = this.#bytes
    return (
      account.take(user, size) === 0 && address.take(clientAddress(context, this.#trustProxy), size) === 0
    )
  }
}
