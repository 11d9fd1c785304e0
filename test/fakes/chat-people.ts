import { randomUUID } from 'node:crypto'
import type { Button, Card } from '../../src/chat/card.ts'
import type { Acknowledgement, FormView } from '../../src/chat/form-view.ts'
import type { Account, Conversation, IncomingFile } from '../../src/chat/incoming.ts'
import { accountKey, conversationKey } from '../../src/chat/keys.ts'
import type { Intake } from '../../src/chat/platform.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Role } from '../../src/people/roles.ts'
import type { Trx } from '../../src/store/store.ts'
import type { FakePlatform } from './fake-platform.ts'

/** Monday, nine in the morning in China. */
export const monday = new Date('2026-03-02T01:00:00Z')
/** The name of the test houses' platform. */
export const platform = 'chat'

export function accountOf(user: string): Account {
  return { platform, installation: 't', user }
}

export function privateChat(user: string): Conversation {
  return { platform, installation: 't', chat: `with ${user}`, thread: '' }
}

interface Talk {
  intake: Pick<Intake, 'answer' | 'take'>
  fake: FakePlatform
  /** The house's. */
  time: { now: Date }
  /** Until nothing is left to do. */
  settle(): Promise<void>
}

/** What people whose account is their name do in a chat of a test's house, and what they see. */
export function talkWith({ intake, fake, time, settle }: Talk) {
  const base = (user: string, conversation: Conversation, group: boolean) => ({
    ...{ id: randomUUID(), account: accountOf(user), conversation, group, at: time.now },
    language: 'zh-CN' as const,
  })

  /** Cards as an account sees them, wherever it is written to, first to last. */
  const shownTo = (user: string): Card[] => {
    const own = conversationKey(privateChat(user))
    const sent = fake.made.filter(({ operation: { name, to } }) => {
      if (name !== 'send' || to.type === 'calendar' || to.type === 'urgent') return false
      return to.type === 'account'
        ? accountKey(to.account) === accountKey(accountOf(user))
        : conversationKey(to.conversation) === own
    })
    return sent.map(({ message }) => fake.shown.get(message)!)
  }

  const talk = {
    shownTo,

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
      await settle()
      return fake.made.slice(before).map(({ operation }) => operation.card)
    },

    async waitUntil(instant: string): Promise<void> {
      time.now = new Date(instant)
      await settle()
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
  }
  return talk
}

/** 华北重工 › 一分公司 › 铸造车间, and 二分公司. */
export async function settlePeople(trx: Trx) {
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
