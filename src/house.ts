import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Card } from './chat/card.ts'
import type { Account, Conversation } from './chat/incoming.ts'
import type { Language } from './chat/language.ts'
import type { Platform } from './chat/platform.ts'
import type { Config } from './config.ts'
import { createConsoleLink } from './console/sign-in/console-link.ts'
import { createDispatch, type Dispatch } from './conversation/dispatch.ts'
import type { Feature } from './conversation/feature.ts'
import type { Forms } from './conversation/forms-port.ts'
import { forgetHanded } from './delivery/handed-files.ts'
import { createDelivery } from './delivery/worker.ts'
import { createEventWorker } from './events/event-worker.ts'
import { forgetEvents } from './events/forget.ts'
import { createAccountsFeature } from './features/accounts/accounts-feature.ts'
import { createConsoleEntry } from './features/console-entry/console-entry-feature.ts'
import type { EventsContext } from './features/events/context.ts'
import { createGuide } from './features/guide/guide-feature.ts'
import { createHelp } from './features/help/help-feature.ts'
import type { HelpDesk } from './features/help/port.ts'
import { createLeaveFeature } from './features/leave/leave-feature.ts'
import { createMine } from './features/mine/mine-feature.ts'
import { createPolicyFeature } from './features/policy/policy-feature.ts'
import { createProbeFeature } from './features/probe/probe-feature.ts'
import type { ResourcesContext } from './features/resources/open-resources.ts'
import type { SubmissionsContext } from './features/submissions/context.ts'
import { openSubmissionsContext } from './features/submissions/open-submissions.ts'
import type { RecordsDesk, SubmissionsDesk } from './features/submissions/port.ts'
import { createSubmissions } from './features/submissions/submissions-feature.ts'
import { createForms } from './forms/forms.ts'
import type { Served } from './intake/inbox.ts'
import { createIntake } from './intake/intake.ts'
import { dayInChina } from './knowledge/library/day.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import { createChatModel } from './model/create-chat-model.ts'
import { loadPrompts } from './model/prompt-file.ts'
import { type OpenFeatures, openFeatures } from './open-features.ts'
import { openKnowledge, openLibrary } from './open-library.ts'
import { forgetUnseen } from './people/directory.ts'
import { noteSpeakers, notingIntake } from './people/note-speakers.ts'
import { readerOf, readersOfConversation } from './people/readers.ts'
import type { Logger } from './platforms/logger.ts'
import { openSealer } from './seal/open-sealer.ts'
import { createSeals, type Seals } from './seal/passing.ts'
import { createSealedFiles, type SealedFiles } from './seal/sealed-files.ts'
import type { Sealer } from './seal/sealer.ts'
import { receivingBlobs, sweepBlobs } from './store/blob-use.ts'
import type { Blobs } from './store/blobs.ts'
import type { Store, Trx } from './store/store.ts'
import { createCalendarFiles } from './timers/calendar/calendar-files.ts'
import { createHousekeeping } from './timers/housekeeping.ts'
import { createTimerWorker } from './timers/timer-worker.ts'
import type { TimerHandlers } from './timers/timers.ts'
import { within } from './workers/within.ts'

/** How often a running bot looks whether the library was changed beside it. */
const refreshEvery = 2_000
/** How long a stop waits for what is yet to be sent; the rest goes out after the next start. */
const sendingWithin = 5_000

/** Duties, campaigns and tables to be pushed are for web pages. */
export interface House extends Pick<OpenFeatures, 'duties' | 'campaigns' | 'pushing'> {
  store: Store
  /** Where files from outside are put. */
  blobs: Blobs
  /** Those that may lie encrypted. */
  files: SealedFiles
  /** Questions that were put to a person, for web pages. */
  help: HelpDesk
  /** What was sent in, for web pages. */
  submissions: SubmissionsContext
  /** Web forms for people without account. */
  entries: SubmissionsDesk
  /** Records, one by one, for web pages. */
  records: RecordsDesk
  /** Events and who comes, science resources and their bookings, for web pages. */
  events: EventsContext
  resources: ResourcesContext
  /** What buttons and forms do, for web pages that show them. */
  pressing: { handlerOf: Dispatch['handlerOf']; forms: Forms }
  /** What is somebody's own, for a platform's home page; null: nothing. */
  home(account: Account, language: Language): Promise<Card | null>
  metrics: Metrics
  /** With what a platform keeps what was said. */
  seals: Seals & {
    sealer: Sealer
    matterOf(said: { account: Account; conversation: Conversation; files: boolean }): Promise<string | null>
  }
  /** What must be well before people are let in, by name; false or a rejection: it is not. */
  parts: Record<string, () => boolean | Promise<unknown>>
  isStopping(): boolean
  /** Opens the doors: begins to take, work and deliver. Rejects with a plain reason where a platform cannot start. */
  open(platforms: readonly Platform[], serves: readonly Served[]): Promise<void>
  /** Takes nothing new, ends what is at work, sends what it has within 5 s, then closes the store. */
  close(): Promise<void>
}

/**
 * Everything behind the platforms, wired.
 * @param publicUrl Where people reach the web pages; asked when a link is made, for the port may be any free one.
 * @param databaseClock As the store has it.
 */
export async function openHouse(
  config: Config,
  logger: Logger,
  clock: () => Date,
  publicUrl: () => string,
  databaseClock?: () => Date,
): Promise<House> {
  const chat = await createChatModel(config)
  // Read even without a model: a broken prompt file shows at the start, not with the first question.
  const prompts = await loadPrompts('prompts')
  const { store, blobs } = await openLibrary(config, logger, clock, databaseClock)
  try {
    const metrics = createMetrics(store)
    const model = chat && { chat: metrics.counted(chat), prompts }
    const knowledge = await openKnowledge(config, store, clock)
    /** Known once the doors open; nothing asks before. */
    let platforms: readonly Platform[] = []
    const platformOf = ({ platform }: Pick<Account, 'platform'>) =>
      platforms.find(({ name }) => name === platform)
    /** Within the transaction of a click nobody waits: what is known is there at once. */
    const knownMembersOf = (where: Conversation) =>
      Promise.race([platformOf(where)?.membersOf(where) ?? null, setImmediate(null)])
    const policy = createPolicyFeature({
      ...{ store, knowledge, clock },
      readerOf: (account, db) => readerOf(db, account, dayInChina(clock())),
      readersOf({ type, account, conversation, group = false }, db) {
        const membersOf = async (where: Conversation) => {
          return type === 'message' ? (platformOf(where)?.membersOf(where) ?? null) : knownMembersOf(where)
        }
        return readersOfConversation(db, { account, conversation, group, membersOf }, dayInChina(clock()))
      },
      ...{ model, counts: metrics.answers },
    })
    const consoleLink = async (trx: Trx, account: Account) => {
      const token = await createConsoleLink(trx, account, clock())
      return token && `${publicUrl()}/sign-in/${token}`
    }
    let wakeWorkers = () => {}
    const help = createHelp({
      ...{ store, library: knowledge, publicUrl, membersOf: knownMembersOf },
      wakeWorkers: () => wakeWorkers(),
    })
    const sealer = await openSealer(store, {
      dataKey: config.DATA_KEY,
      dataDir: config.DATA_DIR,
      isShared: config.DATABASE_URL !== undefined,
    })
    const seals = createSeals(sealer)
    const files = createSealedFiles({ store, blobs, sealer })
    const shared = {
      ...{ store, sealer, blobs, publicUrl, consoleLink, model, membersOf: knownMembersOf },
      ...{ knowledgeDir: config.KNOWLEDGE_DIR, wakeWorkers: () => wakeWorkers() },
      onlineTables: () => platforms.flatMap((platform) => platform.onlineTables ?? []),
    }
    const { context: submissionsContext, similar } = await openSubmissionsContext(
      { ...shared, files },
      knowledge.engine.index,
      logger,
    )
    const submissions = createSubmissions(submissionsContext)
    const { features: standing, ...opened } = await openFeatures(
      { ...shared, submissions: submissionsContext },
      { index: knowledge.engine.index, logger },
    )
    const { events, resources, duties, campaigns, pushing, loops } = opened
    const others: Feature[] = [
      policy,
      help.feature,
      submissions.feature,
      ...standing,
      ...[createLeaveFeature({ store }), createAccountsFeature({ store }), createProbeFeature()],
      createConsoleEntry({ linkFor: consoleLink }),
    ]
    const forms = createForms(
      others.flatMap((feature) => feature.forms),
      {
        ...{ store, sealer, files },
        showsForms: (name) =>
          platforms.find((platform) => platform.name === name)?.abilities.showsForms ?? false,
      },
    )
    const mine = createMine({
      store,
      features: [...others, forms.feature],
      handlerOf: (action) => dispatch.handlerOf(action),
    })
    const told = [...others, forms.feature, mine.feature]
    const features = [...told, createGuide({ store, features: told })]
    const housekeeping = createHousekeeping({
      drafts: forms.sweep,
      files: (trx) => sweepBlobs(trx, blobs),
      ...{ events: forgetEvents, handed: forgetHanded },
      ...{ directory: forgetUnseen, presses: events.forgetPresses },
    })
    const handlers: TimerHandlers = Object.fromEntries(
      [housekeeping, ...features].flatMap(({ timers }) => Object.entries(timers)),
    )
    const calendarFiles = createCalendarFiles({
      ...{ store, clock, logger },
      folder: join(config.KNOWLEDGE_DIR, 'calendar'),
    })
    const dispatch = createDispatch({
      features,
      forms,
      db: store.db,
      takeStatement: resources.takeAfter(submissions.takeStatement),
      answerQuestion: policy.answer,
      isClearQuestion: policy.isClearQuestion,
    })

    const speakers = noteSpeakers({
      ...{ store, clock },
      failed: (error) => logger.warn({ err: error }, 'what a directory says of somebody could not be kept'),
      profileOf: async (account) => (await platformOf(account)?.profileOf(account)) ?? null,
    })

    let working = false
    let stopping = false
    const stops: (() => Promise<void>)[] = []
    const refreshing = setInterval(() => {
      knowledge.refresh().catch((error) => logger.error({ err: error }, 'the library could not be refreshed'))
      similar
        .refresh()
        .catch((error) => logger.error({ err: error }, 'submissions could not be looked through'))
    }, refreshEvery)
    refreshing.unref()

    return {
      ...{ store, files, help: help.desk },
      blobs: receivingBlobs(store, blobs),
      seals: {
        ...{ ...seals, sealer },
        matterOf: (said) => forms.sealedFor(store.db, said),
      },
      submissions: submissionsContext,
      entries: submissions.deskWith(() => forms),
      records: submissions.recordsWith(() => forms),
      ...{ events: events.context, resources: resources.context, duties, campaigns, pushing },
      pressing: { handlerOf: dispatch.handlerOf, forms },
      home: mine.home,
      metrics,
      parts: {
        database: () => store.db.selectFrom('library_state').select('revision').executeTakeFirst(),
        index: () => knowledge.engine !== undefined,
        workers: () => working,
      },
      isStopping: () => stopping,

      async open(opened, serves) {
        platforms = opened
        const delivery = createDelivery({
          ...{ store, platforms, serves, logger, counts: metrics.delivery },
          openCard: (card) => seals.openCard(store.db, card),
          quotas: config.FEISHU_CALLS_PER_MONTH ? { feishu: config.FEISHU_CALLS_PER_MONTH } : {},
        })
        const intake = createIntake({
          ...{ store, dispatch, forms, platforms, serves, wakeWorkers: () => wakeWorkers(), logger },
          ...{ counts: metrics.intake, seals },
        })
        const domainEvents = createEventWorker({
          ...{ store, features, logger, counts: metrics.events },
          wakeDelivery: () => delivery.wake(),
        })
        // Whatever was committed may have said something or published an event; looking costs one read.
        wakeWorkers = () => {
          // A timer may have been set for this moment.
          for (const worker of [delivery, domainEvents, loops, timers]) worker.wake()
        }
        const timers = createTimerWorker({ store, handlers, logger, calendarFiles, wakeWorkers })
        await calendarFiles.load()
        await store.transaction(async (trx) => housekeeping.begin(trx, await store.now(trx)))
        await store.transaction(async (trx) => duties.begin(trx, await store.now(trx)))
        const noting = notingIntake(intake, speakers)
        for (const platform of platforms) {
          await platform.start(noting)
          stops.push(() => platform.stop())
        }
        delivery.start()
        await intake.start()
        domainEvents.start()
        loops.start()
        timers.start()
        working = true
        stops.push(
          () => intake.stop(),
          () => domainEvents.stop(),
          () => loops.stop(),
          () => timers.stop(),
          () => speakers.idle(),
          async () => {
            await within(sendingWithin, delivery.idle())
            await within(sendingWithin, delivery.stop())
          },
        )
      },

      async close() {
        stopping = true
        clearInterval(refreshing)
        for (const stop of stops.splice(0)) {
          await stop().catch((error) => logger.error({ err: error }, 'a part could not be stopped'))
        }
        metrics.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}
