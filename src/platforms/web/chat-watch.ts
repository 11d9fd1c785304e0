import { createLoop, type LoopLogger } from '../../workers/loop.ts'
import { lookEvery, mostStreams, mostStreamsOfAddress } from './limits.ts'

/** The chats asked for in one query: databases limit the values of one. */
const mostAtOnce = 500

export interface WatchOptions {
  /** The counters of those of the chats that have one. */
  lastChanges(chats: string[]): Promise<Map<string, number>>
  logger: LoopLogger
}

/** One who follows a chat. */
export interface Watcher {
  /** Resolves at the next change, or when the watch has ended. */
  changed(): Promise<void>
  /** What has been taken up so far, so that looking for more wakes nobody for nothing. */
  seen(change: number): void
  leave(): void
}

/**
 * Who listens to which chat. What this process changes it tells at once (`tell`); what other replicas change is
 * looked for about every second, for all chats together, while anybody listens.
 */
export class ChatWatch {
  readonly #watchers = new Map<string, Set<{ seen: number; wake: () => void }>>()
  /** How many listen from each address. */
  readonly #addresses = new Map<string, number>()
  readonly #loop
  #ended = false
  readonly #allLeft = Promise.withResolvers<void>()

  constructor({ lastChanges, logger }: WatchOptions) {
    this.#loop = createLoop({
      name: 'web-chat',
      every: lookEvery,
      logger,
      round: async () => {
        const chats = [...this.#watchers.keys()]
        for (let start = 0; start < chats.length; start += mostAtOnce) {
          const changes = await lastChanges(chats.slice(start, start + mostAtOnce))
          for (const [chat, change] of changes) {
            for (const watcher of this.#watchers.get(chat) ?? []) {
              if (change > watcher.seen) watcher.wake()
            }
          }
        }
        return false
      },
    })
  }

  get ended(): boolean {
    return this.#ended
  }

  start(): void {
    this.#loop.start()
  }

  /** Whether nobody more can listen to this chat, or from this address. */
  isFull(chat: string, address: string): boolean {
    const ofChat = this.#watchers.get(chat)?.size ?? 0
    return ofChat >= mostStreams || (this.#addresses.get(address) ?? 0) >= mostStreamsOfAddress
  }

  tell(chat: string): void {
    for (const { wake } of this.#watchers.get(chat) ?? []) wake()
  }

  follow(chat: string, address: string): Watcher {
    let change = Promise.withResolvers<void>()
    const watcher = {
      seen: 0,
      wake() {
        const { resolve } = change
        change = Promise.withResolvers()
        resolve()
      },
    }
    const watchers = this.#watchers.get(chat) ?? new Set()
    this.#watchers.set(chat, watchers.add(watcher))
    this.#count(address, 1)
    return {
      changed: () => (this.#ended ? Promise.resolve() : change.promise),
      seen(number) {
        watcher.seen = number
      },
      leave: () => {
        if (!watchers.delete(watcher)) return
        this.#count(address, -1)
        if (watchers.size === 0 && this.#watchers.get(chat) === watchers) this.#watchers.delete(chat)
        if (this.#ended && this.#watchers.size === 0) this.#allLeft.resolve()
      },
    }
  }

  /** Wakes everybody for the last time. */
  async end(): Promise<void> {
    this.#ended = true
    for (const chat of this.#watchers.keys()) this.tell(chat)
    await this.#loop.stop()
  }

  /** After `end`: resolves when nobody listens. Whoever's page is gone may still be reading from the store. */
  async allLeft(): Promise<void> {
    if (this.#watchers.size > 0) await this.#allLeft.promise
  }

  #count(address: string, change: 1 | -1): void {
    const count = (this.#addresses.get(address) ?? 0) + change
    if (count > 0) this.#addresses.set(address, count)
    else this.#addresses.delete(address)
  }
}
