import type { Acknowledgement } from '../../src/chat/form-view.ts'
import type { Platform } from '../../src/chat/platform.ts'
import { createDispatch } from '../../src/conversation/dispatch.ts'
import type { Feature } from '../../src/conversation/feature.ts'
import type { Forms } from '../../src/conversation/forms-port.ts'
import { createDelivery } from '../../src/delivery/worker.ts'
import { createIntake, type RunningIntake } from '../../src/intake/intake.ts'
import { openStore, type Store, type StoreLocation } from '../../src/store/store.ts'
import { answerCard, answerIds, command, platformName } from './load.ts'

/** Intake, a trivial feature and delivery over the store, with a platform that takes whatever it is given. */
export interface House {
  intake: RunningIntake
  /** Messages that are sent and written down as such. */
  readonly sent: number
  stop(): Promise<void>
}

/** Answers its command with a card; its button keeps a row and says something. */
const feature: Feature = {
  name: 'bench',
  actions: {
    thank: {
      reads: false,
      async run({ action, trx, now, say }): Promise<Acknowledgement> {
        const { user } = action.account
        const verdict = { verdict: 'up' as const, at: now.toISOString() }
        await trx
          .insertInto('feedback')
          .values({ answer: action.value.answer ?? '', account: user, ...verdict })
          .onConflict((conflict) => conflict.columns(['answer', 'account']).doUpdateSet(verdict))
          .execute()
        await say(answerCard)
        return { toast: '谢谢' }
      },
    },
  },
  commands: [
    {
      words: { 'zh-CN': [command], en: [] },
      run: (turn) => turn.commit(async (_trx, say) => void (await say(answerCard))),
    },
  ],
  forms: [],
  mine: async () => [],
  timers: {},
  subscriptions: {},
}

const nothing = () => Promise.reject(new Error('there are no forms here'))
const noForms: Forms = {
  open: nothing,
  answerPage: nothing,
  asking: async () => null,
  sealedFor: async () => null,
  takeText: nothing,
  receiveFiles: nothing,
  wantsFiles: nothing,
}

const platform: Platform = {
  name: platformName,
  abilities: {
    updatesCards: true,
    opensBeside: true,
    replacesCards: true,
    showsForms: true,
    showsWaiting: true,
    keepsCalendar: false,
  },
  once: { send: { how: 'keyed', window: null }, edit: { how: 'overwritten' } },
  pace: { perChat: null, perApp: null },
  start: async () => {},
  deliver: async ({ id }) => ({ message: id }),
  find: async () => null,
  profileOf: async () => null,
  membersOf: async () => null,
  callsMade: () => 0,
  stop: async () => {},
}

const logger = {
  info() {},
  warn(details: object, message: string) {
    process.stderr.write(`${message} ${describe(details)}\n`)
  },
  error(details: object, message: string) {
    process.stderr.write(`${message} ${describe(details)}\n`)
  },
}

function describe(details: object): string {
  return 'err' in details ? String(details.err instanceof Error ? details.err.stack : details.err) : ''
}

export async function openHouse(store: Store): Promise<House> {
  let sent = 0
  const delivery = createDelivery({
    store,
    platforms: [platform],
    logger,
    counts: {
      sent: () => {
        sent += 1
      },
      retried() {},
      dead() {},
      uncertain() {},
    },
  })
  const dispatch = createDispatch({
    features: [feature],
    forms: noForms,
    db: store.db,
    answerQuestion: nothing,
    isClearQuestion: async () => false,
  })
  const intake = createIntake({
    store,
    dispatch,
    forms: noForms,
    platforms: [platform],
    serves: [{ platform: platformName }],
    wakeWorkers: () => delivery.wake(),
    logger,
  })
  await intake.start()
  delivery.start()
  return {
    intake,
    get sent() {
      return sent
    },
    async stop() {
      await intake.stop()
      await delivery.stop()
    },
  }
}

/** Opens the store, with the rows that the button's rows refer to. */
export async function openBenchStore(location: StoreLocation): Promise<Store> {
  const store = await openStore(location)
  await store.transaction(async (trx) => {
    await trx
      .insertInto('answer_given')
      .values(
        answerIds.map((id) => ({
          id,
          conversation: 'c',
          account: 'a',
          question: 'q',
          language: 'zh-CN',
          refused: 0 as const,
          citations: '[]',
          nearest_document: null,
          nearest_key: null,
          at: new Date().toISOString(),
        })),
      )
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
  })
  return store
}
