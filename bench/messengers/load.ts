import { setTimeout as wait } from 'node:timers/promises'
import type { Messenger } from './messenger.ts'

/** Milliseconds from the planned instant of each question. */
export interface Latencies {
  /** Until the bot had acknowledged it. */
  acknowledged: number[]
  /** Until its answer stood in the chat. */
  seen: number[]
}

/** What became of questions: each is to be answered once. */
export interface Outcome {
  asked: number
  /** Not answered in time. */
  lost: number
  /** Answers beyond the first, and such as nobody asked for. */
  surplus: number
  /** Not acknowledged. */
  refused: number
  /** Told first that the answer takes longer. */
  noticed: number
}

/** A run asks no more after this time; on a machine that is busy with other work it is shorter then. Milliseconds. */
const longestRun = 12_000
/** An answer that comes later than this after the last one is none. Milliseconds. */
const longestSilence = 15_000

/** Asks a messenger's people, and counts what comes back. */
export class Load {
  readonly #messenger: Messenger
  readonly #people: number
  readonly #waiting = new Map<string, () => void>()
  #latest = 0
  readonly outcome: Outcome = { asked: 0, lost: 0, surplus: 0, refused: 0, noticed: 0 }

  constructor(messenger: Messenger, people: number) {
    this.#messenger = messenger
    this.#people = people
    messenger.noticed = () => {
      this.outcome.noticed += 1
    }
    messenger.answered = (id) => {
      const settle = this.#waiting.get(id)
      if (!settle) {
        this.outcome.surplus += 1
        return
      }
      this.#waiting.delete(id)
      this.#latest = performance.now()
      settle()
    }
  }

  /**
   * So many questions are always under way, each of another person than those beside it, until all are asked. Gives the
   * answers, and how many they were a second.
   */
  async saturate(
    questions: readonly string[],
    atOnce: number,
  ): Promise<{ answers: number; perSecond: number }> {
    const left = questions.entries()
    const start = performance.now()
    const before = this.outcome.asked
    const ask = async () => {
      for (const [n, text] of left) {
        await this.#ask(n % this.#people, text).answered
        if (performance.now() - start > longestRun) return
      }
    }
    await this.#orSilence(Promise.all(Array.from({ length: atOnce }, ask)))
    const answers = this.outcome.asked - before
    return { answers, perSecond: (answers * 1000) / (this.#latest - start) }
  }

  /** So many questions a second by the clock, whatever became of those before; everybody asks in turn. */
  async flow(questions: readonly string[], perSecond: number): Promise<Latencies> {
    const latencies: Latencies = { acknowledged: [], seen: [] }
    const since = (planned: number, into: number[]) => () => into.push(performance.now() - planned)
    const under: Promise<unknown>[] = []
    const start = performance.now() + 50
    for (const [n, text] of questions.entries()) {
      const planned = start + (n * 1000) / perSecond
      await wait(Math.max(0, planned - performance.now()))
      const { acknowledged, answered } = this.#ask(n % this.#people, text)
      under.push(acknowledged.then(since(planned, latencies.acknowledged)))
      under.push(answered.then(since(planned, latencies.seen)))
    }
    await this.#orSilence(Promise.all(under))
    return latencies
  }

  #ask(person: number, text: string) {
    const { id, acknowledged } = this.#messenger.ask(person, text)
    const answered = new Promise<void>((resolve) => this.#waiting.set(id, resolve))
    this.outcome.asked += 1
    return {
      answered,
      acknowledged: acknowledged.catch(() => {
        this.outcome.refused += 1
      }),
    }
  }

  /** Waits for the work, or until nothing was answered for so long that the rest is lost. */
  async #orSilence(work: Promise<unknown>): Promise<void> {
    this.#latest = performance.now()
    const silence = Promise.withResolvers<void>()
    const watch = setInterval(() => {
      if (performance.now() - this.#latest > longestSilence) silence.resolve()
    }, 500)
    await Promise.race([work, silence.promise])
    clearInterval(watch)
    this.outcome.lost += this.#waiting.size
    this.#waiting.clear()
  }
}
