import type { Button, Card } from '../../src/chat/card.ts'
import { createDispatch } from '../../src/conversation/dispatch.ts'
import { createDelivery } from '../../src/delivery/worker.ts'
import { openKinds } from '../../src/features/submissions/definition/kinds.ts'
import { createExpertSearch } from '../../src/features/submissions/experts/expert-search.ts'
import { createSimilar } from '../../src/features/submissions/search/similar.ts'
import { createSubmissions } from '../../src/features/submissions/submissions-feature.ts'
import { createForms } from '../../src/forms/forms.ts'
import { createIntake } from '../../src/intake/intake.ts'
import { Vocabulary } from '../../src/knowledge/search/vocabulary.ts'
import { createSeals } from '../../src/seal/passing.ts'
import { createSealedFiles } from '../../src/seal/sealed-files.ts'
import { createSealer } from '../../src/seal/sealer.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { buttonsOf, monday, platform, settlePeople, talkWith } from '../fakes/chat-people.ts'
import { FakePlatform } from '../fakes/fake-platform.ts'
import type { Open } from '../store/each-database.ts'

export { accountOf, buttonsOf, privateChat } from '../fakes/chat-people.ts'

/** A proposal as somebody fills it in. */
export const proposal = {
  title: '三号线夹具改为快换式',
  variety: 'proposal',
  category: 'process',
  defect: '三号线换型要拆装八颗螺栓，每次约四十分钟。',
  method: '夹具改为快换式定位销，另备一台换型小车。',
  effect: '换型时间由四十分钟降到十分钟。',
}

export interface HouseOptions {
  /** Where the kinds are. Default: those of the product. */
  folder?: string
  /** Whether the platform shows forms as pages; else they are asked step by step. Default true. */
  showsForms?: boolean
}

/** A house with submissions alone, its workers, and people whose account is their name; time stands where it is put. */
export async function openSubmissionsHouse(
  open: Open,
  { folder = 'knowledge/submissions', showsForms = true }: HouseOptions = {},
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
  const fake = new FakePlatform({ name: platform })
  const sealer = createSealer(Buffer.alloc(32, 'kexie'))
  const seals = createSeals(sealer)
  const files = createSealedFiles({ store, blobs, sealer })
  const refused = (file: string, reason: string) => errors.push(`${file}: ${reason}`)
  const kinds = await openKinds({ store, folder, refused })
  const words = { vocabulary: new Vocabulary([]), commonWords: new Uint32Array() }
  const similar = createSimilar({ store, kinds, sealer, words })
  const experts = createExpertSearch(words)
  const context = {
    ...{ store, kinds, sealer, files, similar, experts },
    publicUrl: () => 'http://bot.example',
    wakeWorkers() {},
  }
  const { feature, takeStatement } = createSubmissions(context)
  const forms = createForms(feature.forms, { store, sealer, files, showsForms: () => showsForms })
  const dispatch = createDispatch({
    features: [feature, forms.feature],
    forms,
    db: store.db,
    takeStatement,
    answerQuestion: (turn) =>
      turn.commit(async (_trx, say) => void (await say({ tone: 'refusal', blocks: [] }))),
    isClearQuestion: async () => false,
  })
  const abilities = {
    updatesCards: true,
    opensBeside: true,
    replacesCards: true,
    showsForms,
    showsWaiting: true,
    keepsCalendar: false,
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
    handlers: feature.timers,
    wakeWorkers() {},
  })
  /** Until nothing is left to do at this time. */
  const settle = async (): Promise<void> => {
    await intake.idle()
    await similar.refresh()
    await timers.idle()
    await delivery.idle()
  }
  const { shownTo: cardsOf, ...talk } = talkWith({ intake, fake, time, settle })
  const house = {
    ...{ store, blobs, location, time, people, errors, feature, context, kinds },
    ...{ ...talk, settle, cardsOf },

    /** Sends something in and gives its row. */
    async sendIn(user: string, values: Record<string, string | string[]> = proposal, kind = 'proposal') {
      const opened = await house.click(user, { action: 'submissions.begin', value: { kind } })
      await house.fillIn(user, opened, values)
      await house.settle()
      return (await house.rows()).at(-1)!
    },

    /** Does what a button does, with the form that it may ask. */
    async act(user: string, number: string, action: string, values: Record<string, string | string[]> = {}) {
      const row = await house.row(number)
      const value = { submission: row.id, action, seen: String(row.stage) }
      const answered = await house.click(user, { action: 'submissions.act', value })
      const done = answered.form ? await house.fillIn(user, answered, values) : answered
      await house.settle()
      return done
    },

    rows: () => store.db.selectFrom('submission').selectAll().orderBy('number').execute(),

    row: (number: string) =>
      store.db.selectFrom('submission').selectAll().where('number', '=', number).executeTakeFirstOrThrow(),

    async stop(): Promise<void> {
      await intake.stop()
      await delivery.stop()
    },
  }
  return house
}

export type SubmissionsHouse = Awaited<ReturnType<typeof openSubmissionsHouse>>

/** The button of this action of a record. */
export function actionButton(card: Card | undefined, action: string): Button {
  const found = card && buttonsOf(card).find(({ value }) => value.action === action)
  if (!found) throw new Error(`no button ${action} on ${JSON.stringify(card)}`)
  return found
}
