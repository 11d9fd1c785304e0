import type { Account, Conversation } from '../../src/chat/incoming.ts'
import { createDispatch } from '../../src/conversation/dispatch.ts'
import { createDelivery } from '../../src/delivery/worker.ts'
import { openSubmissionsContext } from '../../src/features/submissions/open-submissions.ts'
import { createSubmissions } from '../../src/features/submissions/submissions-feature.ts'
import { createForms } from '../../src/forms/forms.ts'
import { createIntake } from '../../src/intake/intake.ts'
import { Vocabulary } from '../../src/knowledge/search/vocabulary.ts'
import type { ChatModel } from '../../src/model/chat-model.ts'
import type { Prompts } from '../../src/model/prompt-file.ts'
import { openDuties } from '../../src/open-duties.ts'
import { bindChat } from '../../src/people/chats.ts'
import { createSeals } from '../../src/seal/passing.ts'
import { createSealedFiles } from '../../src/seal/sealed-files.ts'
import { createSealer } from '../../src/seal/sealer.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { monday, platform, settlePeople, talkWith } from '../fakes/chat-people.ts'
import { FakePlatform } from '../fakes/fake-platform.ts'
import type { Open } from '../store/each-database.ts'

export { buttonsOf, monday } from '../fakes/chat-people.ts'

/** The group of 一分公司. */
export const branchGroup: Conversation = { platform, installation: 't', chat: '一分公司群', thread: '' }

export interface HouseOptions {
  /** Whether the platform shows forms as pages; else they are asked step by step. Default true. */
  showsForms?: boolean
  model?: { chat: ChatModel; prompts: Prompts } | null
  /** Who is in a group. Default: nobody can tell. */
  membersOf?: (conversation: Conversation) => Promise<readonly Account[] | null>
}

/**
 * A house with reminders, organisations, liaison, plans and what is sent in, its workers, and people whose account is
 * their name; time stands where it is put. The group `branchGroup` is bound to 一分公司.
 */
export async function openDutiesHouse(
  open: Open,
  { showsForms = true, model = null, membersOf = async () => null }: HouseOptions = {},
) {
  const time = { now: monday }
  const clock = () => time.now
  const { store, location } = await open({ clock, databaseClock: clock })
  const blobs = openBlobs(store, location)
  const errors: unknown[] = []
  const keep = (details: object) => {
    errors.push('err' in details ? details.err : details)
  }
  const logger = { info() {}, warn() {}, error: keep }
  const people = await store.transaction(settlePeople)
  await store.transaction((trx) => bindChat(trx, branchGroup, people.branch!))
  const fake = new FakePlatform({ name: platform })
  const sealer = createSealer(Buffer.alloc(32, 'kexie'))
  const seals = createSeals(sealer)
  const files = createSealedFiles({ store, blobs, sealer })
  const shared = {
    ...{ store, sealer, blobs, membersOf, model, knowledgeDir: 'knowledge' },
    publicUrl: () => 'http://bot.example',
    consoleLink: async () => null,
    wakeWorkers() {},
  }
  const words = { vocabulary: new Vocabulary([]), commonWords: new Uint32Array() }
  const { context: submissionsContext } = await openSubmissionsContext({ ...shared, files }, words, logger)
  const submissions = createSubmissions(submissionsContext)
  const duties = openDuties({ ...shared, submissions: submissionsContext })
  const features = [submissions.feature, ...duties.features]
  const forms = createForms(
    features.flatMap((feature) => feature.forms),
    { store, sealer, files, showsForms: () => showsForms },
  )
  const dispatch = createDispatch({
    features: [...features, forms.feature],
    forms,
    db: store.db,
    takeStatement: submissions.takeStatement,
    answerQuestion: (turn) =>
      turn.commit(async (_trx, say) => void (await say({ tone: 'refusal', blocks: [] }))),
    isClearQuestion: async () => false,
  })
  const abilities = {
    ...{ updatesCards: true, opensBeside: true, replacesCards: true, showsWaiting: true },
    ...{ showsForms, keepsCalendar: false },
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
    await timers.idle()
    await delivery.idle()
  }
  const { shownTo: cardsOf, ...talk } = talkWith({ intake, fake, time, settle })
  return {
    ...{ store, blobs, location, time, people, errors, fake, duties, forms, submissionsContext },
    ...{ ...talk, settle, cardsOf },

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

export type DutiesHouse = Awaited<ReturnType<typeof openDutiesHouse>>
