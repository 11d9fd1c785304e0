import type { Card } from '../../chat/card.ts'
import type { Reply } from '../../chat/platform.ts'
import { renderCard } from './render-card.ts'

/** A reply as it grows: the latest card, the toasts so far, and whether it has ended. */
export class PendingReply implements Reply {
  card: Card | undefined
  readonly toasts: string[] = []
  endedAt: number | undefined
  #change = Promise.withResolvers<void>()

  get ended(): boolean {
    return this.endedAt !== undefined
  }

  /** Whether the person has been told anything. */
  get empty(): boolean {
    return this.card === undefined && this.toasts.length === 0
  }

  async show(card: Card): Promise<void> {
    if (this.ended) return
    this.card = renderCard(card)
    this.#announce()
  }

  async toast(text: string): Promise<void> {
    if (this.ended) return
    this.toasts.push(text)
    this.#announce()
  }

  end(at: number): void {
    this.endedAt = at
    this.#announce()
  }

  /** Resolves at the next change; a slow reader thereby skips the steps between. */
  changed(): Promise<void> {
    return this.#change.promise
  }

  #announce(): void {
    const { resolve } = this.#change
    this.#change = Promise.withResolvers<void>()
    resolve()
  }
}

export interface ReplyTableOptions {
  most: number
  /** Milliseconds after the end of a reply. */
  keptFor: number
  clock: () => Date
}

/**
 * The replies of the last minutes, by the message they answer: a message posted twice finds the reply of the first
 * time, and a browser whose connection was cut finds the end of it.
 */
export class ReplyTable {
  readonly #options: ReplyTableOptions
  readonly #replies = new Map<string, PendingReply>()

  constructor(options: ReplyTableOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#replies.size
  }

  find(key: string): PendingReply | undefined {
    this.#dropOld()
    return this.#replies.get(key)
  }

  /** A new reply; undefined where the table is full of replies that are under way. */
  open(key: string): PendingReply | undefined {
    this.#dropOld()
    if (this.#replies.size >= this.#options.most) {
      const finished = this.#replies.entries().find(([, reply]) => reply.ended)
      if (!finished) return undefined
      this.#replies.delete(finished[0])
    }
    const reply = new PendingReply()
    this.#replies.set(key, reply)
    return reply
  }

  /** Resolves when no reply is under way. */
  async idle(): Promise<void> {
    for (const reply of this.#replies.values()) {
      while (!reply.ended) await reply.changed()
    }
  }

  #dropOld(): void {
    const oldest = this.#options.clock().getTime() - this.#options.keptFor
    for (const [key, reply] of this.#replies) {
      if (reply.endedAt !== undefined && reply.endedAt < oldest) this.#replies.delete(key)
    }
  }
}
