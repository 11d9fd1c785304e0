import { randomUUID } from 'node:crypto'
import type { Button, Card } from '../../src/chat/card.ts'
import type { Acknowledgement } from '../../src/chat/form-view.ts'
import type { Account, Conversation } from '../../src/chat/incoming.ts'
import { accountKey, conversationKey } from '../../src/chat/keys.ts'
import { createDispatch } from '../../src/conversation/dispatch.ts'
import { createDelivery } from '../../src/delivery/worker.ts'
import { createEventWorker } from '../../src/events/event-worker.ts'
import { createHelp } from '../../src/features/help/help-feature.ts'
import { createLeaveFeature } from '../../src/features/leave/leave-feature.ts'
import { createMine } from '../../src/features/mine/mine-feature.ts'
import { closeGaps } from '../../src/features/policy/close-gaps.ts'
import { createForms } from '../../src/forms/forms.ts'
import { createIntake } from '../../src/intake/intake.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Role } from '../../src/people/roles.ts'
import type { Store, Trx } from '../../src/store/store.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { FakePlatform } from '../fakes/fake-platform.ts'
import { othersThan } from '../fakes/other-subscribers.ts'
import { testFiles, testSealer } from '../fakes/test-sealer.ts'
import { closedTo, makeDocument, makeEngine } from '../search/make-library.ts'
import type { Open } from '../store/each-database.ts'

/** Monday, nine in the morning in China: a working day of eight hours less half an hour lies ahead. */
const monday = new Date('2026-03-02T01:00:00Z')

const platform = 'chat'

export function accountOf(user: string): Account {
  return { platform, installation: 't', user }
}

export function privateChat(user: string): Conversation {
  return { platform, installation: 't', chat: `with ${user}`, thread: '' }
}

/** The documents: an open one, one for the branch alone, one for the group's administrators alone. */
const engine = makeEngine([
  makeDocument('guideline', ['坚持组织建设', '满一百人的单独组建', '联络员联系企业']),
  makeDocument('branch', ['分公司经费'], { visibility: closedTo('一分公司') }),
])

/** A house with its workers, whose platform shows forms as pages and whose time stands where the test puts it. */
export async function openHelpHouse(open: Open) {
  const time = { now: monday }
  const clock = () => time.now
  const { store } = await open({ clock, databaseClock: clock })
  const errors: unknown[] = []
  /** By chat. */
  const members = new Map<string, string[]>()
  const keep = (details: object) => {
    errors.push('err' in details ? details.err : details)
  }
  const logger = { info() {}, warn() {}, error: keep }
  const people = await store.transaction((trx) => settle(trx))
  const fake = new FakePlatform({ name: platform })
  const { feature, desk } = createHelp({
    store,
    library: { engine },
    membersOf: async ({ chat }) => members.get(chat)?.map(accountOf) ?? null,
    publicUrl: () => 'http://bot.example',
    wakeWorkers() {},
  })
  const forms = createForms(feature.forms, {
    ...{ store, sealer: testSealer, files: testFiles },
    showsForms: () => true,
  })
  const leave = createLeaveFeature({ store })
  const mine = createMine({
    store,
    features: [feature, leave, forms.feature],
    handlerOf: (action) => dispatch.handlerOf(action),
  })
  const dispatch = createDispatch({
    features: [feature, leave, forms.feature, mine.feature],
    forms,
    db: store.db,
    answerQuestion: (turn) =>
      turn.commit(async (_trx, say) => void (await say({ tone: 'refusal', blocks: [] }))),
    isClearQuestion: async () => false,
  })
  const abilities = {
    updatesCards: true,
    opensBeside: true,
    replacesCards: true,
    showsForms: true,
    showsWaiting: true,
    keepsCalendar: false,
  }
  const delivery = createDelivery({ store, platforms: [fake], logger })
  const intake = createIntake({
    ...{ store, dispatch, forms, logger, serves: [{ platform }], wakeWorkers() {} },
    platforms: [{ name: platform, abilities }],
  })
  const events = createEventWorker({
    ...{ store, logger, wakeDelivery() {} },
    features: [
      { name: 'policy', subscriptions: { 'question.answered': closeGaps } },
      ...othersThan('policy'),
    ],
  })
  const timers = createTimerWorker({ store, logger, handlers: feature.timers, calendarFiles: null })

  const base = (user: string, conversation: Conversation, group: boolean) => ({
    id: randomUUID(),
    account: accountOf(user),
    conversation,
    language: 'zh-CN' as const,
    at: time.now,
    group,
  })

  const house = {
    store,
    time,
    people,
    desk,
    errors,
    members,
    feature,
    home: mine.home,

    /** Presses a button. */
    click(
      user: string,
      action: string,
      value: Record<string, string> = {},
      { conversation = privateChat(user), group = false } = {},
    ): Promise<Acknowledgement> {
      return intake.answer({ type: 'action', action, value, ...base(user, conversation, group) })
    },

    /** Fills in the form that a click has opened, page after page, and sends it in. */
    async fillIn(
      user: string,
      { form }: Acknowledgement,
      values: Record<string, string>,
      conversation = privateChat(user),
    ): Promise<Acknowledgement> {
      let view = form
      // A form that was refused at its summary is opened there.
      if (view?.page === 'summary' && Object.keys(values).length > 0) {
        const back = { draft: view.draft, page: 'summary', step: 'back' as const, values: {} }
        view = (await intake.answer({ type: 'page', ...back, ...base(user, conversation, false) })).form
      }
      while (view && view.page !== 'summary') {
        const problems = view.fields.filter(({ problem }) => problem !== '')
        if (problems.length > 0) throw new Error(JSON.stringify(problems))
        const typed = view.fields.map(({ name, value }) => [name, values[name] ?? value])
        const page = { draft: view.draft, page: view.page, step: 'next' as const }
        const given = { ...page, values: Object.fromEntries(typed) }
        const next = await intake.answer({ type: 'page', ...given, ...base(user, conversation, false) })
        view = next.form
      }
      if (!view) throw new Error('no form is open')
      const summary = { draft: view.draft, page: 'summary', step: 'submit' as const, values: {} }
      return intake.answer({ type: 'page', ...summary, ...base(user, conversation, false) })
    },

    /** Asks a person and gives the number. */
    async ask(
      user: string,
      values: Record<string, string>,
      { answer = '', conversation = privateChat(user), group = false } = {},
    ): Promise<string> {
      const opened = await house.click(user, 'help.ask', { answer }, { conversation, group })
      await house.fillIn(user, opened, values, conversation)
      await house.settle()
      return (await house.requests()).at(-1)!.number
    },

    /** Replies to the request that was asked last. */
    async reply(user: string, text: string, clause = ''): Promise<Acknowledgement> {
      const request = (await house.requests()).at(-1)!.id
      const opened = await house.click(user, 'help.reply', { request })
      const answered = await house.fillIn(user, opened, { text, clause })
      await house.settle()
      return answered
    },

    /** Types something, and gives what is said to it. */
    async type(
      user: string,
      text: string,
      { conversation = privateChat(user), group = false } = {},
    ): Promise<Card[]> {
      const before = fake.made.length
      await intake.take({ type: 'message', text, ...base(user, conversation, group) })
      await house.settle()
      return fake.made.slice(before).map(({ operation }) => operation.card)
    },

    /** Until nothing is left to do at this time. */
    async settle(): Promise<void> {
      await intake.idle()
      await timers.idle()
      while (await events.round());
      await delivery.idle()
    },

    async waitUntil(instant: string): Promise<void> {
      time.now = new Date(instant)
      await house.settle()
    },

    /** Cards as an account sees them, in its own chat and wherever it is written to, first to last. */
    cardsOf(user: string): Card[] {
      const own = conversationKey(privateChat(user))
      return house.cardsWhere(({ operation: { to } }) =>
        to.type === 'account' ? accountKey(to.account) === accountKey(accountOf(user)) : keyOf(to) === own,
      )
    },

    cardsIn(conversation: Conversation): Card[] {
      return house.cardsWhere(({ operation: { to } }) => keyOf(to) === conversationKey(conversation))
    },

    cardsWhere(wanted: (made: (typeof fake.made)[number]) => boolean): Card[] {
      const sent = fake.made.filter((made) => made.operation.name === 'send' && wanted(made))
      return sent.map(({ message }) => fake.shown.get(message)!)
    },

    requests: () => store.db.selectFrom('help_request').selectAll().orderBy('number').execute(),

    async stop(): Promise<void> {
      await intake.stop()
      await delivery.stop()
    },
  }
  return house
}

export type HelpHouse = Awaited<ReturnType<typeof openHelpHouse>>

function keyOf(to: { type: string; conversation?: Conversation }): string {
  return to.conversation ? conversationKey(to.conversation) : ''
}

/** 华北重工 › 一分公司 › 铸造车间, with people whose account is their name; 钱工 has none. */
async function settle(trx: Trx) {
  const add = async (name: string, parent: string | null) =>
    (await createOrganisation(trx, { name, kind: 'branch', parent })).id
  const group = await add('华北重工', null)
  const branch = await add('一分公司', group)
  const workshop = await add('铸造车间', branch)
  const other = await add('二分公司', group)
  const ids: Record<string, string> = {}
  const join = async (name: string, organisation: string, role: Role, reachable = true) => {
    ids[name] ??= (await createPerson(trx, { name })).id
    await addMembership(trx, { person: ids[name], organisation, role })
    if (reachable) await linkAccount(trx, accountOf(name), ids[name], monday)
  }
  await join('周建国', group, 'admin')
  await join('吴主席', group, 'cadre')
  await join('李梅', branch, 'liaison')
  await join('郑洁', branch, 'liaison')
  await join('王强', branch, 'cadre')
  await join('张三', branch, 'staff')
  await join('孙工', workshop, 'staff')
  await join('钱工', workshop, 'cadre', false)
  await join('冯远', other, 'liaison')
  return { ...ids, group, branch, workshop, other } as Record<string, string> & { group: string }
}

/** Every text of a card, one after another. */
export function textOf(card: Card): string {
  return JSON.stringify(card)
}

export function buttonsOf(card: Card): Button[] {
  return card.blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
}

/** The button of this action. */
export function buttonFor(card: Card | undefined, action: string): Button {
  const found = card && buttonsOf(card).find((button) => button.action === action)
  if (!found) throw new Error(`no button ${action} on ${JSON.stringify(card)}`)
  return found
}

/** An answer that was refused, as policy keeps it. */
export async function keepRefusal(store: Store, id: string, user: string, question: string): Promise<void> {
  const shared = {
    question,
    language: 'zh-CN',
    conversation: conversationKey(privateChat(user)),
    account: accountKey(accountOf(user)),
    nearest_document: 'guideline',
    nearest_key: '第2条',
    at: monday.toISOString(),
  }
  await store.transaction(async (trx) => {
    await trx
      .insertInto('answer_given')
      .values({ id, refused: 1, citations: '[]', ...shared })
      .execute()
    const gap = { id: randomUUID(), answer: id, normalised: question, wants_person: 0 as const }
    await trx
      .insertInto('gap')
      .values({ ...gap, ...shared })
      .execute()
  })
}
