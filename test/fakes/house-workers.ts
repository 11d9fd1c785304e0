import { createDispatch, type DispatchOptions } from '../../src/conversation/dispatch.ts'
import type { Feature } from '../../src/conversation/feature.ts'
import { createDelivery } from '../../src/delivery/worker.ts'
import { createForms } from '../../src/forms/forms.ts'
import { createIntake } from '../../src/intake/intake.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { platform, talkWith } from './chat-people.ts'
import type { Ground } from './house-ground.ts'

export interface WorkersOptions {
  features: readonly Feature[]
  takeStatement?: DispatchOptions['takeStatement']
  /** Whether the platform shows forms as pages; else they are asked step by step. Default true. */
  showsForms?: boolean
  /** Default: those of the features. */
  forms?: ReturnType<typeof formsOf>
  /** Features that speak of the others, forms among them. Default: none. */
  over?: readonly Feature[]
  /** What else of the house works, before its timers and after them. Default: nothing. */
  before?: () => Promise<unknown>
  after?: () => Promise<unknown>
}

/** The forms of features, on a ground. */
export const formsOf = (
  { store, shared: { sealer }, files }: Ground,
  features: readonly Feature[],
  showsForms = true,
) =>
  createForms(
    features.flatMap((feature) => feature.forms),
    { store, sealer, files, showsForms: () => showsForms },
  )

/** The workers over a ground's features, as the product wires them, and what people do who talk with them. */
export function startWorkers(ground: Ground, options: WorkersOptions) {
  const { features, takeStatement, showsForms = true, over = [], before, after } = options
  const { forms = formsOf(ground, features, showsForms) } = options
  const { store, seals, logger, fake, time } = ground
  const dispatch = createDispatch({
    features: [...features, forms.feature, ...over],
    ...{ forms, db: store.db, ...(takeStatement && { takeStatement }) },
    answerQuestion: (turn) =>
      turn.commit(async (_trx, say) => void (await say({ tone: 'refusal', blocks: [] }))),
    isClearQuestion: async () => false,
  })
  const abilities = {
    ...{ ...fake.abilities, opensBeside: true, replacesCards: true },
    ...{ showsWaiting: true, showsForms },
  }
  const delivery = createDelivery({
    ...{ store, platforms: [fake], logger },
    openCard: (card) => seals.openCard(store.db, card),
  })
  const intake = createIntake({
    ...{ store, dispatch, forms, logger, serves: [{ platform }], wakeWorkers() {} },
    platforms: [{ name: platform, abilities }],
    seals,
    // What is tested here is not how quick this machine is today.
    limits: { interaction: 30_000 },
  })
  const timers = createTimerWorker({
    ...{ store, logger, calendarFiles: null },
    handlers: Object.assign({}, ...features.map((one) => one.timers)),
    wakeWorkers() {},
  })
  /** Until nothing is left to do at this time. */
  const settle = async (): Promise<void> => {
    await intake.idle()
    await before?.()
    await timers.idle()
    await after?.()
    await delivery.idle()
  }
  return {
    ...{ ...talkWith({ intake, fake, time, settle }), forms, handlerOf: dispatch.handlerOf, settle },

    /** Lets the platform take nothing, until it is let again: what is said waits in the outbox. */
    takesNothing(isSo: boolean): void {
      fake.fate = () => (isSo ? 'later' : 'ok')
    },

    async stop(): Promise<void> {
      await intake.stop()
      await delivery.stop()
    },
  }
}
