import type { Context } from 'hono'
import { clientAddress, type TrustsProxy } from './client-address.ts'
import { addressFactor, clickFactor, mostBytesADay, mostRates, mostStreams } from './limits.ts'
import { RateLimit } from './rate-limit.ts'

/** `question` and `file` come as often as the setting says, `click` (buttons, pages of forms) and `look` more often. */
type Kind = 'question' | 'click' | 'file' | 'look'

const factors: Record<Kind, number> = {
  question: 1,
  file: 1,
  click: clickFactor,
  look: clickFactor * mostStreams,
}

export interface AdmissionOptions {
  questionsPerMinute: number
  trustProxy: TrustsProxy
  clock: () => Date
}

/** How often an account, and the address it comes from, may ask for something. */
export class Admission {
  readonly #trustProxy: TrustsProxy
  readonly #limits: Record<Kind, { account: RateLimit; address: RateLimit }>
  readonly #bytes: { account: RateLimit; address: RateLimit }

  constructor({ questionsPerMinute, trustProxy, clock }: AdmissionOptions) {
    this.#trustProxy = trustProxy
    const limit = (kind: Kind) => {
      const rate = questionsPerMinute * factors[kind]
      return {
        account: new RateLimit(rate, mostRates, clock),
        address: new RateLimit(rate * addressFactor, mostRates, clock),
      }
    }
    this.#limits = {
      question: limit('question'),
      click: limit('click'),
      file: limit('file'),
      look: limit('look'),
    }
    const day = 24 * 3600_000
    this.#bytes = {
      account: new RateLimit(mostBytesADay, mostRates, clock, day),
      address: new RateLimit(mostBytesADay * addressFactor, mostRates, clock, day),
    }
  }

  /** Whole seconds to wait; 0: go on. */
  wait(kind: Kind, context: Context, user: string): number {
    const { account, address } = this.#limits[kind]
    return account.take(user) || address.take(clientAddress(context, this.#trustProxy))
  }

  /** Whether a file of so many bytes may be kept today; counts it then. */
  takesFile(size: number, context: Context, user: string): boolean {
    const { account, address } = this.#bytes
    return (
      account.take(user, size) === 0 && address.take(clientAddress(context, this.#trustProxy), size) === 0
    )
  }
}
