import type { Card } from '../../chat/card.ts'
import type { Delivered, Operation } from '../../chat/outgoing.ts'

export interface AwaitedAnswer {
  /** Resolves to whether the answer came within so many milliseconds. */
  within(milliseconds: number): Promise<boolean>
  /** Nobody waits any more. */
  forget(): void
}

/**
 * Which lines still wait for their answers, and the cards that are still being written. A terminal cannot take back
 * what it has printed, so a card that will be edited is held back until its last edit.
 */
export class AwaitedAnswers {
  readonly #waiting = new Map<string, PromiseWithResolvers<void>>()
  readonly #unfinished = new Map<string, { replyTo: string | null; card: Card }>()
  readonly #print: (card: Card) => void

  constructor(print: (card: Card) => void) {
    this.#print = print
  }

  /** To be called before the line is handed on: its answer may come before that has returned. */
  expect(id: string): AwaitedAnswer {
    const answered = Promise.withResolvers<void>()
    this.#waiting.set(id, answered)
    return {
      within: async (milliseconds) => {
        const timeout = Promise.withResolvers<void>()
        const timer = setTimeout(timeout.resolve, milliseconds)
        let came = false
        const coming = answered.promise.then(() => {
          came = true
        })
        await Promise.race([coming, timeout.promise])
        clearTimeout(timer)
        return came || this.#printUnfinished(id)
      },
      forget: () => void this.#waiting.delete(id),
    }
  }

  /** Prints a card, unless more edits of it are to come; their last comes as a message of its own. */
  deliver({ id, replyTo, card, open }: Operation): Delivered {
    if (open) {
      this.#unfinished.set(id, { replyTo, card })
      return { message: id }
    }
    this.#print(card)
    if (replyTo !== null) {
      for (const [begun] of this.#begunFor(replyTo)) this.#unfinished.delete(begun)
      this.#waiting.get(replyTo)?.resolve()
    }
    return { message: id }
  }

  /** What there is of an answer whose end has not come is better than nothing. */
  #printUnfinished(id: string): boolean {
    const begun = this.#begunFor(id)
    for (const [, { card }] of begun) this.#print(card)
    return begun.length > 0
  }

  #begunFor(id: string) {
    return [...this.#unfinished].filter(([, { replyTo }]) => replyTo === id)
  }
}
