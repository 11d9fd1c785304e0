import type { Pace } from '../chat/outgoing.ts'
import type { Logger } from './logger.ts'

/** A chat, or a thread in one, that is asked for what was said there. */
export interface Asked {
  /** Names it: the same place is asked once in a round. */
  key: string
  /** What was said until then was taken, or is too old. */
  since: Date
}

/** Makes a call of the vendor in its turn, and again where the vendor asks for patience. */
export type Asking = <T>(call: () => Promise<T>) => Promise<T>

/** What a failed call means: come again later, a right is missing, the place is gone; null: anything else. */
export type Failure =
  | { is: 'later'; wait: number | undefined }
  | { is: 'refused'; reason: string }
  | { is: 'gone' }

export interface CatchUpOptions<P extends Asked> {
  /** Where to ask. Rejects where nobody can tell. */
  places(): Promise<P[]>
  /**
   * Asks for all that was said there since and hands it on, oldest first. Resolves to how many messages that were, and
   * where else to ask, such as in threads that began meanwhile.
   */
  read(place: P, asking: Asking): Promise<{ handed: number; further: P[] }>
  failureOf(error: unknown): Failure | null
  /** What may be logged of an error. */
  summarise(error: unknown): Error
  /** Calls within a time at most. */
  pace: Pace
  clock: () => Date
  logger: Logger
  /** Waits so many milliseconds. Default: by a timer. */
  pause?: (milliseconds: number) => Promise<void>
}

export interface CatchUp {
  /** Messages that were handed on since the start. */
  readonly fetched: number
  /** Nothing came through for a while: asks for what was said meanwhile. Never rejects. */
  run(): Promise<void>
  /**
   * Resolves when what was missed in a place has been handed on, so that what comes from there now is behind it; after
   * 1.5 s all the same, for whoever sends it waits for an acknowledgement.
   */
  before(key: string): Promise<void>
  stop(): void
}

/** Milliseconds. */
const patience = 1500
const [firstWait, longestWait] = [1000, 60_000]
/** How often a call is made that comes too soon, and how often a place is asked where something else fails. */
const [mostCalls, mostTries] = [8, 3]

/** Asks a vendor for what people said while nothing came through, one place after another. */
export function createCatchUp<P extends Asked>(options: CatchUpOptions<P>): CatchUp {
  const { clock, logger, pace, pause = pauseByTimer, summarise } = options
  const stopping = Promise.withResolvers<void>()
  const made: number[] = []
  const missing = new Set<string>()
  /** Places of this round that were asked. */
  const asked = new Set<string>()
  const waiting = new Map<string, { place: P; tries: number; done: PromiseWithResolvers<void> }>()
  let fetched = 0
  let isStopping = false
  let running: Promise<void> | null = null
  let listed: Promise<void> | null = null
  let isWanted = false

  const waitFor = (milliseconds: number) => Promise.race([pause(milliseconds), stopping.promise])

  async function takeTurn(): Promise<void> {
    for (;;) {
      const now = clock().getTime()
      while (made.length > 0 && now - made[0]! >= pace.per) made.shift()
      if (isStopping) throw new Stopped()
      if (made.length < pace.most) break
      await waitFor(made[0]! + pace.per - now)
    }
    made.push(clock().getTime())
  }

  const asking: Asking = async (call) => {
    for (let calls = 1; ; calls += 1) {
      await takeTurn()
      try {
        return await call()
      } catch (error) {
        const failure = options.failureOf(error)
        if (failure?.is !== 'later' || calls >= mostCalls) throw error
        await waitFor(Math.min(longestWait, failure.wait ?? firstWait * 2 ** (calls - 1)))
      }
    }
  }

  function add(places: readonly P[]): void {
    for (const place of places) {
      if (!waiting.has(place.key)) {
        waiting.set(place.key, { place, tries: 0, done: Promise.withResolvers<void>() })
      }
    }
  }

  /** Whether it came to an end, good or bad: else it is asked again. */
  async function ask(one: { place: P; tries: number }): Promise<boolean> {
    try {
      const { handed, further } = await options.read(one.place, asking)
      fetched += handed
      add(further.filter(({ key }) => !asked.has(key)))
      return true
    } catch (error) {
      if (error instanceof Stopped) return true
      const failure = options.failureOf(error)
      if (failure?.is === 'gone') return true
      if (failure?.is === 'refused') {
        if (!missing.has(failure.reason)) {
          logger.warn(
            { reason: failure.reason },
            'what was said meanwhile cannot be asked for: a right is missing',
          )
        }
        missing.add(failure.reason)
        return true
      }
      one.tries += 1
      if (one.tries < mostTries) {
        await waitFor(firstWait * 2 ** one.tries)
        return false
      }
      logger.warn({ err: summarise(error) }, 'what was said meanwhile could not be fetched')
      return true
    }
  }

  async function round(): Promise<void> {
    const before = fetched
    asked.clear()
    listed = options.places().then(add)
    await listed
    for (let next = waiting.entries().next(); !next.done && !isStopping; next = waiting.entries().next()) {
      const [key, one] = next.value
      if (!(await ask(one))) continue
      asked.add(key)
      waiting.delete(key)
      one.done.resolve()
    }
    if (fetched > before) logger.info({ messages: fetched - before }, 'what was said meanwhile was fetched')
  }

  async function runAll(): Promise<void> {
    while (isWanted && !isStopping) {
      isWanted = false
      await round().catch((error) => {
        logger.warn({ err: summarise(error) }, 'nobody could tell where people spoke')
      })
    }
    for (const { done } of waiting.values()) done.resolve()
    waiting.clear()
    running = null
  }

  return {
    get fetched() {
      return fetched
    },
    run() {
      isWanted = true
      running ??= runAll()
      return running
    },
    async before(key) {
      if (!running) return
      const late = pause(patience)
      await Promise.race([listed?.catch(() => {}), late])
      const one = waiting.get(key)
      if (!one) return
      first(waiting, key)
      await Promise.race([one.done.promise, late])
    },
    stop() {
      isStopping = true
      stopping.resolve()
    },
  }
}

class Stopped extends Error {}

/** Puts an entry in front of all others. */
function first<T>(entries: Map<string, T>, key: string): void {
  const all = [...entries].sort(([one], [other]) => Number(other === key) - Number(one === key))
  entries.clear()
  for (const [name, entry] of all) entries.set(name, entry)
}

function pauseByTimer(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
}
