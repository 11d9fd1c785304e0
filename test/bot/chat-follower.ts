import { setTimeout as pause } from 'node:timers/promises'
import type { ShownMessage } from '../../src/platforms/web/shown-message.ts'
import { readEvents } from '../platforms/read-events.ts'

/** How long something is waited for, and how long before a stream that broke is opened anew, in milliseconds. */
const patience = 25_000
const beforeAnother = 100

interface Waiting {
  wanted(message: ShownMessage): boolean
  found(message: ShownMessage): void
  given(reason: Error): void
}

/** Follows a web chat as the page does, by one stream that is open while something is waited for. */
export class ChatFollower {
  readonly #address: string
  readonly #cookie: string
  /** Every state of every message so far, in the order in which they came. */
  readonly #states: ShownMessage[] = []
  readonly #waiting = new Set<Waiting>()
  #after = 0
  #stream: AbortController | undefined

  constructor(address: string, cookie: string) {
    this.#address = address
    this.#cookie = cookie
  }

  /** Asked about each state once, in their order, those from before first; fails after some seconds. */
  waitFor(wanted: (message: ShownMessage) => boolean): Promise<ShownMessage> {
    const known = this.#states.find((message) => wanted(message))
    if (known) return Promise.resolve(known)
    const { promise, resolve, reject } = Promise.withResolvers<ShownMessage>()
    const waiting: Waiting = { wanted, found: resolve, given: reject }
    const timer = setTimeout(() => {
      reject(new Error(`waited in vain; last seen: ${JSON.stringify(this.#states.at(-1) ?? null)}`))
    }, patience)
    this.#waiting.add(waiting)
    if (!this.#stream) void this.#follow()
    return promise.finally(() => {
      clearTimeout(timer)
      this.#waiting.delete(waiting)
      if (this.#waiting.size > 0) return
      this.#stream?.abort()
      this.#stream = undefined
    })
  }

  async #follow(): Promise<void> {
    const stream = new AbortController()
    this.#stream = stream
    while (!stream.signal.aborted) {
      try {
        const response = await fetch(`${this.#address}/api/events?after=${this.#after}`, {
          headers: { Cookie: this.#cookie },
          signal: stream.signal,
        })
        for await (const { event, data } of readEvents(response)) {
          if (event === 'message') this.#take(data as ShownMessage)
        }
      } catch {
        // Aborted, or broken off: a bot that restarts is there again in a moment.
      }
      if (!stream.signal.aborted) await pause(beforeAnother)
    }
  }

  #take(message: ShownMessage): void {
    this.#after = message.seq
    this.#states.push(message)
    for (const { wanted, found, given } of this.#waiting) {
      try {
        if (wanted(message)) found(message)
      } catch (error) {
        given(error instanceof Error ? error : new Error(String(error)))
      }
    }
  }
}
