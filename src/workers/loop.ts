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
  /** How long it rests after a round, though it is woken: what comes meanwhile goes together. Milliseconds; default 0. */
  rest?: number
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
export function createLoop({ name, round, every, rest = 0, logger }: LoopOptions): Loop {
  let running: Promise<void> | undefined
  let stopping = false
  let woken = false
  let rouse: () => void = () => {}
  let endRest: () => void = () => {}

  const run = async () => {
    while (!stopping) {
      woken = false
      let more = false
      try {
        more = await round()
      } catch (error) {
        logger.error({ err: error, loop: name }, 'a round of work failed')
      }
      if (more || stopping) continue
      if (rest > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, rest)
          endRest = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      if (woken || stopping) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, every)
        rouse = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
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
      endRest()
      rouse()
      await running
    },
  }
}
