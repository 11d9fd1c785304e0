import { type Button, type CalendarEntry, type Card, type FileBlock, fileOf } from '../../src/chat/card.ts'
import { accountKey } from '../../src/chat/keys.ts'
import { createDispatch } from '../../src/conversation/dispatch.ts'
import { createDelivery } from '../../src/delivery/worker.ts'
import { createCarriersFeature } from '../../src/features/carriers/carriers-feature.ts'
import { keepListed } from '../../src/features/events/lists/keep-listed.ts'
import { createEvent, type EventDraft } from '../../src/features/events/making/keep-event.ts'
import { openEvents } from '../../src/features/events/open-events.ts'
import type { Event } from '../../src/features/events/records.ts'
import { openResources } from '../../src/features/resources/open-resources.ts'
import { createForms } from '../../src/forms/forms.ts'
import { createIntake } from '../../src/intake/intake.ts'
import { Vocabulary } from '../../src/knowledge/search/vocabulary.ts'
import { createSeals } from '../../src/seal/passing.ts'
import { createSealedFiles } from '../../src/seal/sealed-files.ts'
import { createSealer } from '../../src/seal/sealer.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { accountOf, buttonsOf, monday, platform, settlePeople, talkWith } from '../fakes/chat-people.ts'
import { FakePlatform } from '../fakes/fake-platform.ts'
import type { Open } from '../store/each-database.ts'
import { lecture } from './event-drafts.ts'

export { accountOf, buttonsOf } from '../fakes/chat-people.ts'

export interface HouseOptions {
  /** Where the kinds are. Default: those of the product. */
  folder?: string
  /** Whether the platform shows forms as pages; else they are asked step by step. Default true. */
  showsForms?: boolean
}

/** A house with events, resources and carriers, its workers, and people whose account is their name; time stands where it is put. */
export async function openEventsHouse(
  open: Open,
  { folder = 'knowledge/events', showsForms = true }: HouseOptions = {},
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
  const fake = new FakePlatform({ name: platform, keepsCalendar: true })
  const sealer = createSealer(Buffer.alloc(32, 'kexie'))
  const seals = createSeals(sealer)
  const files = createSealedFiles({ store, blobs, sealer })
  const shared = {
    ...{ store, sealer, blobs },
    publicUrl: () => 'http://bot.example',
    consoleLink: async () => null,
    wakeWorkers() {},
  }
  const { context, settler, feature } = await openEvents(shared, folder, logger)
  const words = { vocabulary: new Vocabulary([]), commonWords: new Uint32Array() }
  const resources = openResources(shared, 'knowledge', words, logger)
  const features = [feature, resources.feature, createCarriersFeature(shared)]
  const forms = createForms(
    features.flatMap(({ forms }) => forms),
    { store, sealer, files, showsForms: () => showsForms },
  )
  const dispatch = createDispatch({
    features: [...features, forms.feature],
    forms,
    db: store.db,
    takeStatement: resources.takeAfter(async (turn) => turn),
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
    keepsCalendar: true,
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
    await settler.idle()
    await timers.idle()
    await settler.idle()
    await delivery.idle()
  }
  const { shownTo, ...talk } = talkWith({ intake, fake, time, settle })
  const house = {
    ...{ store, blobs, location, time, people, errors, feature, context, settler, resources },
    ...{ ...talk, settle },

    /** Makes an event of the whole house and publishes it. */
    async event(changed: Partial<EventDraft> = {}): Promise<Event> {
      const { group, 吴主席: by = '' } = people
      return store.transaction(async (trx) => {
        const event = await createEvent(trx, lecture(group, changed), { by, now: time.now })
        await keepListed(trx, context, event)
        const published = { state: 'published' as const }
        await trx.updateTable('event_entry').set(published).where('id', '=', event.row.id).execute()
        return { ...event, row: { ...event.row, ...published } }
      })
    },

    /** Lets the platform take nothing, until it is let again: what is said waits in the outbox. */
    takesNothing(isSo: boolean): void {
      fake.fate = () => (isSo ? 'later' : 'ok')
    },

    /** Cards as an account sees them, wherever it is written to, first to last. */
    cardsOf(user: string): Card[] {
      return shownTo(user).filter((card) => !fileOf(card))
    },

    /** Files that were sent to an account, each as a message of its own, first to last. */
    filesOf(user: string): FileBlock[] {
      return shownTo(user).flatMap((card) => fileOf(card) ?? [])
    },

    /** The calendar of an account, with what was taken out of it, in the order in which it was put in. */
    calendarOf(user: string): CalendarEntry[] {
      const own = fake.made.filter(
        ({ operation: { name, to } }) =>
          name === 'send' && to.type === 'calendar' && accountKey(to.account) === accountKey(accountOf(user)),
      )
      return own.map(({ message }) => fake.shown.get(message)!.entry!)
    },

    async stop(): Promise<void> {
      await intake.stop()
      await delivery.stop()
    },
  }
  return house
}

export type EventsHouse = Awaited<ReturnType<typeof openEventsHouse>>

/** The button of a card with this label; throws where there is none. */
export function buttonOf(card: Card | undefined, label: string): Button {
  const found = card && buttonsOf(card).find((button) => button.label === label)
  if (!found) throw new Error(`no button ${label} on ${JSON.stringify(card)}`)
  return found
}
