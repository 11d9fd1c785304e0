import type { Card } from '../../src/chat/card.ts'
import {
  type Delivered,
  DeliveryError,
  type Once,
  type Operation,
  type Pace,
} from '../../src/chat/outgoing.ts'
import type { Platform, PlatformAbilities } from '../../src/chat/platform.ts'

/**
 * How a try ends: `ok`; a failure of that kind without the operation being made; `cut-before` and `cut-after` break off
 * without telling, before or after it is made.
 */
export type Fate = 'ok' | 'cut-before' | 'cut-after' | Exclude<DeliveryError['kind'], 'unknown'>

export interface FakePlatformOptions {
  name?: string
  send?: Once
  edit?: Once
  updatesCards?: boolean
  keepsCalendar?: boolean
  urges?: boolean
  pace?: { perChat: Pace | null; perApp: Pace | null }
  /** By which keys lapse, in milliseconds. Default: it stands still. */
  clock?: () => number
  /** Default: everything goes well. */
  fate?: (operation: Operation) => Fate
  /** For `later`, milliseconds. */
  wait?: number
}

export interface Made {
  operation: Operation
  message: string
  at: number
}

/** A platform that remembers what it was asked to do, and fails as told. */
export class FakePlatform implements Platform {
  readonly name: string
  readonly abilities: PlatformAbilities
  readonly once: Platform['once']
  readonly pace: Platform['pace']
  /** Every try, also of what was never made. */
  readonly tried: Operation[] = []
  readonly looked: Operation[] = []
  /** What people saw happen, in order. */
  readonly made: Made[] = []
  /** Edits of messages that nobody was sent. */
  readonly strayed: Operation[] = []
  /** The cards as they are shown, by message. */
  readonly shown = new Map<string, Card>()
  fate: (operation: Operation) => Fate
  /** Awaited at the start of each delivery, to hold it there. */
  hold: (operation: Operation) => Promise<void> = async () => {}
  #counted = 0
  readonly #clock: () => number
  readonly #wait: number | undefined
  readonly #keys = new Map<string, Made>()

  constructor(options: FakePlatformOptions = {}) {
    this.name = options.name ?? 'fake'
    this.abilities = {
      updatesCards: options.updatesCards ?? true,
      opensBeside: false,
      replacesCards: false,
      showsForms: false,
      showsWaiting: false,
      keepsCalendar: options.keepsCalendar ?? false,
      urges: options.urges ?? false,
    }
    this.once = {
      send: options.send ?? { how: 'keyed', window: null },
      edit: options.edit ?? { how: 'overwritten' },
    }
    this.pace = options.pace ?? { perChat: null, perApp: null }
    this.fate = options.fate ?? (() => 'ok')
    this.#clock = options.clock ?? (() => 0)
    this.#wait = options.wait
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  async profileOf(): Promise<null> {
    return null
  }
  async membersOf(): Promise<null> {
    return null
  }
  callsMade(): number {
    const made = this.tried.length - this.#counted
    this.#counted = this.tried.length
    return made
  }

  async deliver(operation: Operation): Promise<Delivered> {
    this.tried.push(operation)
    await this.hold(operation)
    const fate = this.fate(operation)
    if (fate === 'cut-before') throw new DeliveryError('unknown')
    if (fate !== 'ok' && fate !== 'cut-after') {
      throw new DeliveryError(fate, this.#wait === undefined ? {} : { wait: this.#wait })
    }
    const { message } = this.#make(operation)
    // Not a DeliveryError: whatever else is thrown counts as unknown too.
    if (fate === 'cut-after') throw new Error('the connection broke')
    return { message }
  }

  async find(operation: Operation): Promise<Delivered | null> {
    this.looked.push(operation)
    const made = this.made.find((one) => one.operation.id === operation.id)
    return this.once[operation.name].how === 'looked-up' && made ? { message: made.message } : null
  }

  #make(operation: Operation): Made {
    const at = this.#clock()
    const once = this.once[operation.name]
    const before = this.#keys.get(operation.id)
    if (once.how === 'keyed' && before && (once.window === null || at - before.at < once.window))
      return before
    if (operation.name === 'edit' && !this.shown.has(operation.message ?? '')) {
      this.strayed.push(operation)
      throw new DeliveryError('gone')
    }
    const message = operation.name === 'edit' ? operation.message! : `message-${this.made.length + 1}`
    const made = { operation, message, at }
    this.made.push(made)
    this.#keys.set(operation.id, made)
    this.shown.set(message, operation.card)
    return made
  }
}
