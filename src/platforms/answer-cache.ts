/** What a vendor said, kept for a while under a key. */
export interface AnswerCache<T> {
  /**
   * The answer as it is known, or else asked for: by all who want it at once together, and for no longer than the limit
   * of time. Null where the vendor does not say, or not soon enough; what comes later is kept. Never rejects.
   */
  get(key: string, ask: () => Promise<T | null>): Promise<T | null>
  /** Resolves when nothing is being asked. */
  idle(): Promise<void>
}

export interface AnswerCacheOptions {
  clock: () => Date
  /** Milliseconds for which an answer holds, and for which nothing is asked again where there was none. */
  keptFor: number
  unknownFor: number
  /** Answers that are kept; the oldest goes first. */
  most: number
  /** Milliseconds from the first question on that anybody waits. */
  patience: number
  /** Told why there is no answer, once an hour at most. */
  failed(error: unknown): void
}

const quietFor = 3_600_000

/** Keeps answers so that nobody waits for a vendor who is slow, and nobody asks one who is not willing. */
export function createAnswerCache<T>(options: AnswerCacheOptions): AnswerCache<T> {
  const { clock, keptFor, unknownFor, most, patience } = options
  const known = new Map<string, { until: number; answer: T | null }>()
  const asking = new Map<string, Promise<T | null>>()
  const underWay = new Set<Promise<unknown>>()
  let reportedAt = Number.NEGATIVE_INFINITY

  const report = (error: unknown) => {
    const now = clock().getTime()
    if (now - reportedAt < quietFor) return
    reportedAt = now
    options.failed(error)
  }

  const keep = (key: string, answer: T | null) => {
    known.delete(key)
    const [oldest] = known.keys()
    if (known.size >= most && oldest !== undefined) known.delete(oldest)
    known.set(key, { answer, until: clock().getTime() + (answer === null ? unknownFor : keptFor) })
  }

  const begin = (key: string, ask: () => Promise<T | null>): Promise<T | null> => {
    const late = Promise.withResolvers<null>()
    const timer = setTimeout(late.resolve, patience, null)
    timer.unref()
    const asked = ask()
      .catch((error) => {
        report(error)
        return null
      })
      .then((answer) => {
        keep(key, answer)
        return answer
      })
    // The same limit for all who come meanwhile: whoever comes after it does not wait for a slow vendor once more.
    const soon = Promise.race([asked, late.promise])
    asking.set(key, soon)
    underWay.add(asked)
    void asked.finally(() => {
      clearTimeout(timer)
      underWay.delete(asked)
      asking.delete(key)
    })
    return soon
  }

  return {
    async get(key, ask) {
      const found = known.get(key)
      if (found && found.until > clock().getTime()) return found.answer
      return asking.get(key) ?? begin(key, ask)
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
