import { randomUUID } from 'node:crypto'
import { type Button, type CalendarEntry, type Card, type FileBlock, fileOf } from '../../src/chat/card.ts'
import type { Acknowledgement, FormView } from '../../src/chat/form-view.ts'
import type { Account, Conversation, IncomingFile } from '../../src/chat/incoming.ts'
import { accountKey, conversationKey } from '../../src/chat/keys.ts'
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
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Role } from '../../src/people/roles.ts'
import { createSeals } from '../../src/seal/passing.ts'
import { createSealedFiles } from '../../src/seal/sealed-files.ts'
import { createSealer } from '../../src/seal/sealer.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import type { Trx } from '../../src/store/store.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { FakePlatform } from '../fakes/fake-platform.ts'
import type { Open } from '../store/each-database.ts'
import { lecture } from './event-drafts.ts'

/** Monday, nine in the morning in China. */
const monday = new Date('2026-03-02T01:00:00Z')
const platform = 'chat'

export function accountOf(user: string): Account {
  return { platform, installation: 't', user }
}

function privateChat(user: string): Conversation {
  return { platform, installation: 't', chat: `with ${user}`, thread: '' }
}

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
  const people = await store.transaction((trx) => settle(trx))
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
  const base = (user: string, conversation: Conversation, group: boolean) => ({
    ...{ id: randomUUID(), account: accountOf(user), conversation, group, at: time.now },
    language: 'zh-CN' as const,
  })

  const shownTo = (user: string): Card[] => {
    const own = conversationKey(privateChat(user))
    const sent = fake.made.filter(({ operation: { name, to } }) => {
      if (name !== 'send' || to.type === 'calendar') return false
      return to.type === 'account'
        ? accountKey(to.account) === accountKey(accountOf(user))
        : conversationKey(to.conversation) === own
    })
    return sent.map(({ message }) => fake.shown.get(message)!)
  }

  const house = {
    ...{ store, blobs, location, time, people, errors, feature, context, settler, resources },

    click(
      user: string,
      { action, value }: Pick<Button, 'action' | 'value'>,
      { conversation = privateChat(user), group = false } = {},
    ): Promise<Acknowledgement> {
      return intake.answer({ type: 'action', action, value, ...base(user, conversation, group) })
    },

    /** Leaves one page of a form for the next. */
    leave(user: string, view: FormView, values: Record<string, string>): Promise<Acknowledgement> {
      const typed = view.fields.map(({ name, value }) => [name, values[name] ?? value])
      const page = { draft: view.draft, page: view.page, step: 'next' as const }
      return intake.answer({
        ...{ type: 'page', ...page, values: Object.fromEntries(typed) },
        ...base(user, privateChat(user), false),
      })
    },

    /** Fills in the form that a click has opened, page after page, and sends it in. */
    async fillIn(
      user: string,
      { form }: Acknowledgement,
      values: Record<string, string | string[]>,
      conversation = privateChat(user),
      look: (summary: FormView) => void = () => {},
    ): Promise<Acknowledgement> {
      let view = form
      // What was refused lies filled in: it is opened at its end, to be gone through again.
      for (
        let turns = 0;
        form?.page === 'summary' && view?.steps.includes('back') && turns < 20;
        turns += 1
      ) {
        const page = { draft: view.draft, page: view.page, step: 'back' as const, values: {} }
        view = (await intake.answer({ type: 'page', ...page, ...base(user, conversation, false) })).form
      }
      for (let turns = 0; view && view.page !== 'summary'; turns += 1) {
        if (turns > 20) throw new Error('a form without end')
        const typed = view.fields.map(({ name, value }) => [name, values[name] ?? value])
        const page = { draft: view.draft, page: view.page, step: 'next' as const }
        const next = await intake.answer({
          ...{ type: 'page', ...page, values: Object.fromEntries(typed) },
          ...base(user, conversation, false),
        })
        const problems = (next.form?.fields ?? []).filter(({ problem }) => problem !== '')
        if (problems.length > 0)
          throw new Error(problems.map(({ name, problem }) => `${name}: ${problem}`).join())
        view = next.form
      }
      if (!view) throw new Error('no form is open')
      look(view)
      const summary = { draft: view.draft, page: 'summary', step: 'submit' as const, values: {} }
      return intake.answer({ type: 'page', ...summary, ...base(user, conversation, false) })
    },

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

    /** Types something, and gives what is said to it. */
    async type(
      user: string,
      text: string,
      {
        conversation = privateChat(user),
        group = false,
        files,
      }: { conversation?: Conversation; group?: boolean; files?: IncomingFile[] } = {},
    ): Promise<Card[]> {
      const before = fake.made.length
      const message = { type: 'message' as const, text, ...(files ? { files } : {}) }
      await intake.take({ ...message, ...base(user, conversation, group) })
      await house.settle()
      return fake.made.slice(before).map(({ operation }) => operation.card)
    },

    /** Lets the platform take nothing, until it is let again: what is said waits in the outbox. */
    takesNothing(isSo: boolean): void {
      fake.fate = () => (isSo ? 'later' : 'ok')
    },

    /** Until nothing is left to do at this time. */
    async settle(): Promise<void> {
      await intake.idle()
      await settler.idle()
      await timers.idle()
      await settler.idle()
      await delivery.idle()
    },

    async waitUntil(instant: string): Promise<void> {
      time.now = new Date(instant)
      await house.settle()
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

    /** Cards as they stand in a conversation, first to last. */
    cardsIn(conversation: Conversation): Card[] {
      const sent = fake.made.filter(
        ({ operation: { name, to } }) =>
          name === 'send' &&
          to.type === 'conversation' &&
          conversationKey(to.conversation) === conversationKey(conversation),
      )
      return sent.map(({ message }) => fake.shown.get(message)!)
    },

    async stop(): Promise<void> {
      await intake.stop()
      await delivery.stop()
    },
  }
  return house
}

export type EventsHouse = Awaited<ReturnType<typeof openEventsHouse>>

/** 华北重工 › 一分公司 › 铸造车间, and 二分公司. */
async function settle(trx: Trx) {
  const add = async (name: string, parent: string | null) =>
    (await createOrganisation(trx, { name, kind: 'branch', parent })).id
  const group = await add('华北重工', null)
  const branch = await add('一分公司', group)
  const workshop = await add('铸造车间', branch)
  const other = await add('二分公司', group)
  const ids: Record<string, string> = {}
  const join = async (name: string, organisation: string, role: Role) => {
    if (ids[name] === undefined) {
      ids[name] = (await createPerson(trx, { name })).id
      await linkAccount(trx, accountOf(name), ids[name], monday)
    }
    await addMembership(trx, { person: ids[name], organisation, role })
  }
  await join('周建国', group, 'admin')
  await join('吴主席', group, 'cadre')
  await join('李梅', branch, 'liaison')
  await join('王强', branch, 'cadre')
  await join('何总', branch, 'leader')
  await join('张三', branch, 'staff')
  await join('陈晨', branch, 'staff')
  await join('孙工', workshop, 'staff')
  for (const reviewer of ['赵工', '钱工', '冯工']) await join(reviewer, branch, 'reviewer')
  await join('褚工', branch, 'staff')
  await join('卫工', branch, 'staff')
  await join('外人', other, 'staff')
  return { ...ids, group, branch, workshop, other } as Record<string, string> & { group: string }
}

export function buttonsOf(card: Card): Button[] {
  return card.blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
}

/** The button of a card with this label; throws where there is none. */
export function buttonOf(card: Card | undefined, label: string): Button {
  const found = card && buttonsOf(card).find((button) => button.label === label)
  if (!found) throw new Error(`no button ${label} on ${JSON.stringify(card)}`)
  return found
}
