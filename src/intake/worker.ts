import type { Dispatch } from '../conversation/dispatch.ts'
import { errorCard } from '../messages/error-card.ts'
import { PlainError } from '../messages/plain-error.ts'
import type { Logger } from '../platforms/logger.ts'
import type { Seals } from '../seal/passing.ts'
import type { Store } from '../store/store.ts'
import { createLoop } from '../workers/loop.ts'
import { within } from '../workers/within.ts'
import type { IntakeCounts } from './counts.ts'
import { forgetOld } from './forget.ts'
import type { Claimed, Inbox } from './inbox.ts'
import { readMessage } from './kept-message.ts'
import type { IntakeLimits } from './limits.ts'
import { createTurn, LeaseLost, type RunningTurn, type TurnTools } from './turn.ts'

export interface InboxWorkerOptions extends TurnTools {
  store: Store
  inbox: Inbox
  /** With what messages are kept. Default: in the open. */
  seals?: Seals
  dispatch: Dispatch
  logger: Logger
  counts: IntakeCounts
  limits: IntakeLimits
}

export interface InboxWorker {
  start(): Promise<void>
  wake(): void
  /** Begins nothing more, lets what is at work end within the limit, and gives the rest back. */
  stop(): Promise<void>
  /** Resolves when nothing is at work and nothing is due. */
  idle(): Promise<void>
}

/** Works what waits in the inbox: within a conversation one after another, conversations side by side. */
export function createInboxWorker(options: InboxWorkerOptions): InboxWorker {
  const { store, inbox, dispatch, logger, counts, limits, atStep } = options
  const atWork = new Map<Claimed, Promise<void>>()
  const stopping = new AbortController()
  let timers: NodeJS.Timeout[] = []

  const loop = createLoop({ name: 'inbox', round, every: limits.poll, logger })

  async function round(): Promise<boolean> {
    if (stopping.signal.aborted) return false
    const free = limits.sideBySide - atWork.size
    if (free <= 0) return false
    for (const claimed of await inbox.claim(free)) {
      const working = work(claimed).finally(() => {
        atWork.delete(claimed)
        // Its conversation may go on, and there is room for another.
        loop.wake()
      })
      atWork.set(claimed, working)
    }
    return false
  }

  /** Never rejects: whatever fails is logged, and comes again when its lease has ended. */
  async function work(claimed: Claimed): Promise<void> {
    try {
      await atStep('claimed')
      await handle(claimed)
    } catch (error) {
      if (!(error instanceof LeaseLost)) report(error, claimed)
    }
  }

  async function handle(claimed: Claimed): Promise<void> {
    const { platform } = claimed
    const message = readMessage(claimed, options.seals)
    const limit = AbortSignal.timeout(limits.handling)
    const turn = createTurn(options, claimed, message, AbortSignal.any([limit, stopping.signal]))
    const apologise = async (error: unknown) => {
      await turn.close('failed', async (_trx, say) => {
        await say(errorCard(error, turn.language))
      })
      counts.failed(platform)
    }
    // It ended the process each time, or took longer than its lease.
    if (claimed.claims > limits.claims) return apologise(new Error('begun too often'))
    try {
      await untilAborted(run(turn), limit)
      counts.done(platform)
    } catch (error) {
      if (error instanceof LeaseLost) throw error
      if (turn.committed) {
        counts.done(platform)
        return report(error, claimed)
      }
      if (error instanceof PlainError) {
        await turn.commit(async (_trx, say) => {
          await say(errorCard(error, turn.language))
        })
        counts.done(platform)
        return
      }
      report(error, claimed)
      const attempts = claimed.attempts + 1
      if (limit.aborted || attempts >= limits.attempts) return apologise(error)
      await inbox.release(claimed, attempts, limits.pauses[attempts - 1] ?? 0)
    }
  }

  async function run(turn: RunningTurn): Promise<void> {
    await dispatch.message(turn)
    if (!turn.committed) throw new Error('a message was handled without an answer')
  }

  function report(error: unknown, { platform, attempts }: Claimed): void {
    logger.error({ err: error, platform, attempts }, 'a message could not be handled')
  }

  return {
    async start() {
      // One process serves a chat on SQLite: what is still leased was left by one that ended.
      if (store.dialect === 'sqlite') await inbox.releaseAll()
      const every = (milliseconds: number, task: () => Promise<void>) =>
        setInterval(() => {
          task().catch((error) => logger.error({ err: error }, 'the inbox could not be kept up'))
        }, milliseconds).unref()
      timers = [
        every(limits.lease / 3, () => inbox.renew([...atWork.keys()])),
        every(limits.forgetEvery, () => forgetOld(store, limits, logger)),
      ]
      loop.start()
    },
    wake: () => loop.wake(),
    async stop() {
      stopping.abort()
      await loop.stop()
      await within(limits.stopping, Promise.all(atWork.values()))
      for (const timer of timers) clearInterval(timer)
      await Promise.all([...atWork.keys()].map((claimed) => inbox.release(claimed, claimed.attempts, 0)))
    },
    async idle() {
      for (;;) {
        await round()
        if (atWork.size > 0) await Promise.race(atWork.values())
        else if (!(await inbox.isDue())) return
      }
    },
  }
}

/** Rejects when the signal is aborted before the task has ended; the task itself goes on unheard. */
async function untilAborted(task: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    await Promise.race([task, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
