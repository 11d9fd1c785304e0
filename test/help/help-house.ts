import { randomUUID } from 'node:crypto'
import type { Button, Card } from '../../src/chat/card.ts'
import type { Acknowledgement } from '../../src/chat/form-view.ts'
import { accountKey, conversationKey } from '../../src/chat/keys.ts'
import { createEventWorker } from '../../src/events/event-worker.ts'
import { createHelp } from '../../src/features/help/help-feature.ts'
import { createLeaveFeature } from '../../src/features/leave/leave-feature.ts'
import { createMine } from '../../src/features/mine/mine-feature.ts'
import { closeGaps } from '../../src/features/policy/close-gaps.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Role } from '../../src/people/roles.ts'
import type { Store, Trx } from '../../src/store/store.ts'
import { accountOf, buttonsOf, monday, privateChat } from '../fakes/chat-people.ts'
import { layGround } from '../fakes/house-ground.ts'
import { formsOf, startWorkers } from '../fakes/house-workers.ts'
import { othersThan } from '../fakes/other-subscribers.ts'
import { closedTo, makeDocument, makeEngine } from '../search/make-library.ts'
import type { Open } from '../store/each-database.ts'

export { accountOf, buttonsOf, privateChat } from '../fakes/chat-people.ts'

/** The documents: an open one, one for the branch alone, one for the group's administrators alone. */
const engine = makeEngine([
  makeDocument('guideline', ['坚持组织建设', '满一百人的单独组建', '联络员联系企业']),
  makeDocument('branch', ['分公司经费'], { visibility: closedTo('一分公司') }),
])

/** A house with its workers, whose platform shows forms as pages and whose time stands where the test puts it. */
export async function openHelpHouse(open: Open) {
  /** By chat. */
  const members = new Map<string, string[]>()
  const ground = await layGround(open, { settle })
  const { store, logger, shared } = ground
  const { feature, desk } = createHelp({
    ...{ store, library: { engine }, publicUrl: shared.publicUrl },
    membersOf: async ({ chat }) => members.get(chat)?.map(accountOf) ?? null,
    wakeWorkers() {},
  })
  const features = [feature, createLeaveFeature({ store })]
  const forms = formsOf(ground, features)
  const mine = createMine({
    ...{ store, features: [...features, forms.feature] },
    handlerOf: (action) => workers.handlerOf(action),
  })
  const events = createEventWorker({
    ...{ store, logger, wakeDelivery() {} },
    features: [
      { name: 'policy', subscriptions: { 'question.answered': closeGaps } },
      ...othersThan('policy'),
    ],
  })
  const {
    click,
    shownTo: cardsOf,
    ...workers
  } = startWorkers(ground, {
    ...{ features, forms, over: [mine.feature] },
    async after() {
      while (await events.round());
    },
  })
  const house = {
    ...{ ...ground, ...workers, desk, members, feature, cardsOf, home: mine.home },

    /** Presses a button. */
    click: (
      user: string,
      action: string,
      value: Record<string, string> = {},
      where?: Parameters<typeof click>[2],
    ) => click(user, { action, value }, where),

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

    requests: () => store.db.selectFrom('help_request').selectAll().orderBy('number').execute(),
  }
  return house
}

export type HelpHouse = Awaited<ReturnType<typeof openHelpHouse>>

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
