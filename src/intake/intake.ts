import type { Intake, Platform } from '../chat/platform.ts'
import type { Dispatch } from '../conversation/dispatch.ts'
import type { Forms } from '../conversation/forms-port.ts'
import { enqueue } from '../delivery/outbox.ts'
import type { Logger } from '../platforms/logger.ts'
import { createSeals, type Seals } from '../seal/passing.ts'
import type { Store } from '../store/store.ts'
import { countNothing, type IntakeCounts } from './counts.ts'
import { heardLately } from './heard.ts'
import { createInbox, type Served } from './inbox.ts'
import { createInboxWriter } from './inbox-writer.ts'
import { createAnswer } from './interactions.ts'
import { type IntakeLimits, intakeLimits } from './limits.ts'
import { createNotices } from './notices.ts'
import { createRush } from './rush.ts'
import type { AtStep } from './steps.ts'
import { amend, withdraw } from './withdraw.ts'
import { createInboxWorker } from './worker.ts'

export interface IntakeOptions {
  store: Store
  dispatch: Dispatch
  forms: Forms
  /** What the platforms' acknowledgements can carry. */
  platforms: readonly Pick<Platform, 'name' | 'abilities'>[]
  /** Whose messages this process works. */
  serves: readonly Served[]
  /** Tells the workers of messages and events that there may be something for them. */
  wakeWorkers(): void
  logger: Logger
  counts?: IntakeCounts
  /** Called between two steps; default: nothing. For tests that end the process there. */
  atStep?: AtStep
  /** How first answers are kept for repeats. Default: as they are. */
  seals?: Seals
  /** Default: `intakeLimits`. */
  limits?: Partial<IntakeLimits>
}

export interface RunningIntake extends Intake {
  /** Begins to work what waits, also what was left from before. */
  start(): Promise<void>
  /** Looks now for what waits. */
  wake(): void
  /** Begins nothing more and lets what is at work end (5 s); the rest stays in the inbox. */
  stop(): Promise<void>
  /** Resolves when nothing is at work and nothing is due. */
  idle(): Promise<void>
}

/** Where platforms hand on what they receive: messages are kept and worked in their order, interactions answered. */
export function createIntake(options: IntakeOptions): RunningIntake {
  const { store, atStep = () => {}, counts = countNothing, seals = createSeals(null) } = options
  const limits = { ...intakeLimits, ...options.limits }
  const inbox = createInbox(store, options.serves, limits.lease)
  const writer = createInboxWriter({ store, counts, batch: limits.batch, seals })
  const worker = createInboxWorker({ ...options, seals, inbox, counts, limits, atStep, late: limits.late })
  const notices = createNotices({ ...options, limits })
  const rush = createRush({ ...options, atStep, limits })
  const answer = createAnswer({ ...options, counts, atStep, seals, limit: limits.interaction, rush })

  return {
    async take(message) {
      await atStep('received')
      await writer.write(message)
      worker.wake()
      notices.expect()
      await atStep('stored')
    },
    answer,
    wantsFiles: (account) => options.forms.wantsFiles(account),
    withdraw: (message) => withdraw(store, message, seals),
    amend: (message) => amend(store, message, seals),
    heard: (platform) => heardLately(store, platform),
    async tell(words) {
      await store.transaction(async (trx) =>
        enqueue(trx, { ...words, lane: 'reply', now: await store.now(trx) }),
      )
      options.wakeWorkers()
    },
    async start() {
      await worker.start()
      notices.start()
    },
    wake: () => worker.wake(),
    async stop() {
      await writer.idle()
      await rush.idle()
      await worker.stop()
      await notices.stop()
    },
    idle: () => worker.idle(),
  }
}
