/** What a loop logs to; pino fits. */
export interface LoopLogger {
  error(details: object, message: string): void
}

export interface LoopOptions {
  /** For the log. */
  name: string
  /** Claims and works what is due; true where there may be more at once. */
  round(): Promise<boolean>
  /** How long it looks for nothing when nobody wakes it, in milliseconds: what other processes wrote is found so. */
  every: number
  /**
   * How long after a round began the next one begins at the soonest, unless there is more at once, in milliseconds: what
   * comes meanwhile is worked together. Default 0.
   */
  apart?: number
  logger: LoopLogger
}

/** Rounds of work, one after another: at once when woken, else at intervals. */
export interface Loop {
  start(): void
  /** There is something to do; cheap, and may be called at any time. */
  wake(): void
  /** Begins no further round; resolves when the one under way has ended. */
  stop(): Promise<void>
}

/** A failing round is logged and tried again at the next interval: it must not end the process. */
export function createLoop({ name, round, every, apart = 0, logger }: LoopOptions): Loop {
  let running: Promise<void> | undefined
  let stopping = false
  let woken = false
  let rouse: () => void = () => {}
  const stopped = Promise.withResolvers<void>()

  const run = async () => {
    while (!stopping) {
      woken = false
      const begun = performance.now()
      let more = false
      try {
        more = await round()
      } catch (error) {
        logger.error({ err: error, loop: name }, 'a round of work failed')
      }
      if (more || stopping) continue
      if (!woken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, every)
          rouse = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      const rest = begun + apart - performance.now()
      if (rest > 0 && !stopping) await pause(rest)
    }
  }

  const pause = async (milliseconds: number) => {
    const over = Promise.withResolvers<void>()
    const timer = setTimeout(over.resolve, milliseconds)
    await Promise.race([over.promise, stopped.promise])
    clearTimeout(timer)
  }

  return {
    start() {
      running ??= run()
    },
    wake() {
      woken = true
      rouse()
    },
    async stop() {
      stopping = true
      stopped.resolve()
      rouse()
      await running
    },
  }
}
