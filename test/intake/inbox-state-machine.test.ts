import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IncomingMessage } from '../../src/chat/incoming.ts'
import { incomingKey } from '../../src/chat/keys.ts'
import { countNothing } from '../../src/intake/counts.ts'
import { type Claimed, createInbox } from '../../src/intake/inbox.ts'
import { createInboxWriter } from '../../src/intake/inbox-writer.ts'
import { readMessage } from '../../src/intake/kept-message.ts'
import { createTurn, LeaseLost } from '../../src/intake/turn.ts'
import type { Store } from '../../src/store/store.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const lease = 30_000
const somebody = { language: 'en', time_zone: 'UTC', preferred_account: null }
/** Two workers at once, in whatever order; a third clears up at the end. */
type Step =
  | { do: 'take'; chat: number; again: boolean }
  | { do: 'claim'; worker: 0 | 1; most: number }
  | { do: 'claim at once' }
  | { do: 'commit' | 'fail' | 'crash' | 'renew'; worker: 0 | 1; which: number }
  | { do: 'wait'; milliseconds: number }

const worker = fc.constantFrom<0 | 1>(0, 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('take' as const), chat: fc.nat(2), again: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('claim' as const), worker, most: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('claim at once' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'commit' as const,
        'commit' as const,
        'fail' as const,
        'crash' as const,
        'renew' as const,
      ),
      worker,
      which: fc.nat(3),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      milliseconds: fc.constantFrom(1000, lease / 2, lease + 1),
    }),
  },
)

/** Chance finds this one seldom: the lease has run out, and both who held it commit. */
const lateCommit: Step[] = [
  { do: 'take', chat: 0, again: false },
  { do: 'claim', worker: 0, most: 1 },
  { do: 'wait', milliseconds: lease + 1 },
  { do: 'claim', worker: 1, most: 1 },
  { do: 'commit', worker: 0, which: 0 },
  { do: 'commit', worker: 1, which: 0 },
]

/** One inbox, and what two workers do with it. */
class InboxWorld {
  readonly store: Store
  readonly passes: (milliseconds: number) => void
  readonly taken: IncomingMessage[] = []
  /** What each worker believes to hold, also when somebody else has it by now. */
  readonly held: [Claimed[], Claimed[]] = [[], []]
  /** Until when a claim holds at least, by position. */
  readonly leases = new Map<number, number>()
  readonly inbox
  readonly writer

  constructor(store: Store, passes: (milliseconds: number) => void) {
    this.store = store
    this.passes = passes
    this.inbox = createInbox(store, [{ platform: 'web' }], lease)
    this.writer = createInboxWriter({ store, counts: countNothing, batch: 10 })
  }

  async carryOut(given: Step): Promise<void> {
    if (given.do === 'wait') return this.passes(given.milliseconds)
    if (given.do === 'take') return this.take(given.chat, given.again)
    if (given.do === 'claim') return this.claim(given.worker, given.most)
    if (given.do === 'claim at once') {
      await Promise.all([this.claim(0, 3), this.claim(1, 3)])
      return
    }
    const [claimed] = this.held[given.worker].splice(given.which, 1)
    if (!claimed) return
    if (given.do === 'renew') {
      this.held[given.worker].push(claimed)
      await this.inbox.renew([claimed])
    }
    if (given.do === 'fail') {
      await this.inbox.release(claimed, claimed.attempts + 1, 1000)
      const row = await this.rowAt(claimed.position)
      if (row?.lease_owner === null) this.leases.delete(claimed.position)
    }
    if (given.do === 'commit') await this.commit(claimed)
    // A worker that crashed holds nothing any more, and nobody is told.
  }

  async take(chat: number, again: boolean): Promise<void> {
    const repeated = again ? this.taken.at(-1) : undefined
    const message: IncomingMessage = repeated ?? {
      type: 'message',
      id: `${this.taken.length}`,
      account: { platform: 'web', installation: '', user: 'u' },
      conversation: { platform: 'web', installation: '', chat: `${chat}`, thread: '' },
      language: 'zh-CN',
      at: new Date(0),
      text: `${this.taken.length}`,
    }
    if (!repeated) this.taken.push(message)
    await this.writer.write(message)
  }

  async claim(by: 0 | 1, most: number): Promise<void> {
    const before = (await this.store.now()).getTime()
    const claimed = await this.inbox.claim(most)
    for (const { position } of claimed) {
      const until = this.leases.get(position) ?? 0
      // A little time passes on the database's clock while it is claimed.
      expect(until - before).toBeLessThan(lease / 4)
      this.leases.set(position, before + lease)
    }
    this.held[by].push(...claimed)
    await this.check()
  }

  rowAt(position: number) {
    return this.store.db
      .selectFrom('inbox')
      .select('lease_owner')
      .where('position', '=', position)
      .executeTakeFirst()
  }

  async commit(claimed: Claimed): Promise<void> {
    const tools = { store: this.store, inbox: this.inbox, wakeWorkers: () => {}, atStep: () => {} }
    const message = readMessage(claimed)
    const turn = createTurn(tools, claimed, message, new AbortController().signal)
    try {
      await turn.commit(async (trx, say) => {
        // An effect that would show if it were had twice.
        await trx
          .insertInto('person')
          .values({ ...somebody, id: randomUUID(), name: message.text })
          .execute()
        await say({ tone: 'info', blocks: [{ type: 'note', text: message.text }] })
      })
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
    }
  }

  /** Of a conversation at most one message is leased, and it is the oldest unfinished one. */
  async check(): Promise<void> {
    const now = (await this.store.now()).toISOString()
    const rows = await this.store.db
      .selectFrom('inbox')
      .selectAll()
      .where('state', '=', 'waiting')
      .orderBy('position')
      .execute()
    for (const ofChat of Map.groupBy(rows, ({ conversation }) => conversation).values()) {
      const leased = ofChat.filter(({ lease_until }) => lease_until !== null && lease_until > now)
      expect(leased.length).toBeLessThanOrEqual(1)
      if (leased[0]) expect(leased[0].position).toBe(ofChat[0]!.position)
    }
  }

  /** Works off what is left, as a process would that starts after all others have ended. */
  async drain(): Promise<void> {
    this.passes(lease + 1)
    for (;;) {
      const claimed = await this.inbox.claim(10)
      if (claimed.length === 0) return
      for (const one of claimed) await this.commit(one)
    }
  }

  /** Everything was said once, and in the order in which it was taken. */
  async checkSaid(): Promise<void> {
    const rows = await this.store.db.selectFrom('outbox').select(['id', 'recipient']).orderBy('seq').execute()
    expect(rows.map(({ id }) => id).sort()).toEqual(
      this.taken.map((message) => `${incomingKey(message)}#1`).sort(),
    )
    const effects = await this.store.db.selectFrom('person').select('name').execute()
    expect(effects.map(({ name }) => name).sort()).toEqual(this.taken.map(({ text }) => text).sort())
    const byChat = (items: { chat: string; id: string }[]) =>
      Object.fromEntries(
        [...Map.groupBy(items, ({ chat }) => chat)].map(([chat, all]) => [chat, all.map(({ id }) => id)]),
      )
    expect(
      byChat(rows.map(({ id, recipient }) => ({ chat: JSON.parse(recipient).conversation.chat, id }))),
    ).toEqual(
      byChat(
        this.taken.map((message) => ({
          chat: message.conversation.chat,
          id: `${incomingKey(message)}#1`,
        })),
      ),
    )
  }

  async clear(): Promise<void> {
    await this.store.transaction(async (trx) => {
      await trx.deleteFrom('inbox').execute()
      await trx.deleteFrom('outbox').execute()
      await trx.deleteFrom('person').execute()
    })
  }
}

describeEachDatabase('the inbox under two workers that may crash', (open, dialect) => {
  test('works each message once, in the order of its conversation', async () => {
    let offset = 0
    const { store } = await open({
      clock: () => new Date(Date.UTC(2026, 2, 2) + offset),
      databaseClock: () => new Date(Date.UTC(2026, 2, 2) + offset),
    })
    const passes = (milliseconds: number) => {
      offset += milliseconds
    }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30, size: 'max' }), async (steps) => {
        const world = new InboxWorld(store, passes)
        try {
          for (const one of steps) await world.carryOut(one)
          await world.drain()
          await world.checkSaid()
        } finally {
          await world.clear()
        }
      }),
      { numRuns: dialect === 'sqlite' ? 60 : 15, examples: [[lateCommit]] },
    )
  })
})
