import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Once } from '../../src/chat/outgoing.ts'
import { countNothing } from '../../src/delivery/counts.ts'
import { type Lane, lanes } from '../../src/delivery/outbox.ts'
import { type DeliveryStep, deliverySteps } from '../../src/delivery/steps.ts'
import type { Delivery } from '../../src/delivery/worker.ts'
import { FakePlatform, type Fate } from '../fakes/fake-platform.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { card, chatOf, type OutboxWorld, openOutboxWorld, textOf } from './outbox-world.ts'

const minute = 60_000
const hour = 60 * minute
const fates = ['ok', 'later', 'cut-before', 'cut-after', 'gone', 'bad-input'] as const

type Action =
  | { type: 'send'; chat: string; lane: Lane; open: boolean }
  | { type: 'edit'; of: number; lane: Lane | undefined; open: boolean }
  /** Works what is due; tries end as said, then well. `crash`: the process dies at that step, at the nth time. */
  | { type: 'work'; fates: Fate[]; crash: { step: DeliveryStep; after: number } | null }
  | { type: 'pass'; time: number }

const lane = fc.constantFrom(...lanes)
const actions = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record<Action & { type: 'send' }>({
        type: fc.constant('send'),
        chat: fc.constantFrom('a', 'b'),
        lane,
        open: fc.boolean(),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record<Action & { type: 'edit' }>({
        type: fc.constant('edit'),
        of: fc.nat(5),
        lane: fc.option(lane, { nil: undefined }),
        open: fc.boolean(),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record<Action & { type: 'work' }>({
        type: fc.constant('work'),
        fates: fc.array(fc.constantFrom<Fate>(...fates), { maxLength: 5 }),
        crash: fc.option(fc.record({ step: fc.constantFrom(...deliverySteps), after: fc.nat(2) }), {
          freq: 2,
        }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record<Action & { type: 'pass' }>({
        type: fc.constant('pass'),
        time: fc.constantFrom(2000, 61_000, 10 * minute, 2 * hour),
      }),
    },
  ),
  { minLength: 8, maxLength: 30 },
)

const platforms = fc.record({
  send: fc.constantFrom<Once>(
    { how: 'keyed', window: null },
    { how: 'keyed', window: hour },
    { how: 'looked-up' },
    { how: 'at-most-once' },
  ),
  updatesCards: fc.boolean(),
})

interface Sent {
  id: string
  chat: string
  lane: number
  /** What it was to say, first to last. */
  said: { text: string; open: boolean }[]
  /** How many operations the platform had made when it was put in. */
  madeBefore: number
}

/** Plays the actions against a fresh outbox, then lets everything end well. */
async function play(world: OutboxWorld, platform: FakePlatform, list: readonly Action[]): Promise<Sent[]> {
  const sent: Sent[] = []
  let dead = false
  let crash: { step: DeliveryStep; after: number } | null = null
  const newWorker = (): Delivery =>
    world.worker({
      platforms: [platform],
      steps: (step) => {
        if (crash?.step === step && crash.after-- === 0) dead = true
        if (dead) throw new Error('killed')
      },
    })
  let worker = newWorker()
  for (const action of list) {
    if (action.type === 'pass') world.pass(action.time)
    if (action.type === 'send') {
      const id = `m${sent.length}`
      await world.send(id, { chat: action.chat, lane: action.lane, open: action.open, card: card(`${id} 0`) })
      sent.push({
        id,
        chat: action.chat,
        lane: lanes.indexOf(action.lane),
        said: [{ text: `${id} 0`, open: action.open }],
        madeBefore: platform.made.length,
      })
    }
    const edited = action.type === 'edit' ? sent[action.of] : undefined
    if (action.type === 'edit' && edited) {
      const text = `${edited.id} ${edited.said.length}`
      const options = { open: action.open, ...(action.lane ? { lane: action.lane } : {}) }
      await world.edit(edited.id, text, options)
      edited.said.push({ text, open: action.open })
    }
    if (action.type === 'work') {
      const ends = [...action.fates]
      platform.fate = () => ends.shift() ?? 'ok'
      crash = action.crash && { ...action.crash }
      await worker.idle().catch(() => {})
      // What a dead process had begun ends before anything else happens.
      await setImmediate()
      if (dead) worker = newWorker()
      dead = false
      crash = null
    }
  }
  platform.fate = () => 'ok'
  for (let more = 0; more < 20; more++) {
    await worker.idle()
    const waiting = (await world.rows()).filter(({ state }) => state === 'waiting')
    if (waiting.length === 0) return sent
    world.pass(61_000)
    await world.passUntilDue(waiting[0]!.id)
  }
  throw new Error('something waits for ever')
}

async function check(world: OutboxWorld, platform: FakePlatform, sent: readonly Sent[]): Promise<void> {
  const rows = await world.rows()
  const first = (id: string) => platform.made.findIndex(({ operation }) => operation.id === id)
  const rowOf = (id: string) => rows.find((row) => row.id === id)!
  expect(platform.strayed).toEqual([])
  for (const row of rows) {
    const times = platform.made.filter(({ operation }) => operation.id === row.id).length
    // Nothing is lost: what was not made is there to be sent again.
    if (row.state === 'sent') expect(times).toBeGreaterThan(0)
    else if (row.state !== 'superseded') expect(row.card).not.toBeNull()
    // Nothing is seen twice; an edit that is made again changes nothing.
    if (row.operation === 'send' || !platform.abilities.updatesCards) expect(times).toBeLessThan(2)
  }
  for (const one of sent) {
    const at = first(one.id)
    // Whatever goes before it at its address had its end first, if it was there by then.
    const before = sent.filter(
      (other, index) =>
        other.chat === one.chat &&
        (other.lane < one.lane || (other.lane === one.lane && index < sent.indexOf(one))) &&
        rowOf(other.id).state === 'sent',
    )
    for (const other of before) if (other.madeBefore <= at) expect(first(other.id)).toBeLessThan(at)

    const edits = rows.filter(({ of }) => of === one.id)
    const last = one.said.at(-1)!
    const made = platform.made.filter(({ operation: { id } }) =>
      [one.id, ...edits.map((edit) => edit.id)].includes(id),
    )
    const numbers = made.map(({ operation }) => Number(textOf(operation.card).split(' ')[1]))
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    const row = rowOf(one.id)
    if (row.state !== 'sent') {
      // The last word stands in the dead letter.
      if (at === -1) expect(textOf(JSON.parse(row.card!))).toBe(last.text)
      continue
    }
    const failed = edits.some(({ state, problem }) => state === 'dead' || state === 'uncertain' || problem)
    const isShown = platform.abilities.updatesCards || !last.open || one.said.length === numbers.at(-1)! + 1
    if (!failed && isShown) expect(numbers.at(-1)).toBe(one.said.length - 1)
    if (!failed && platform.abilities.updatesCards) {
      expect(textOf(platform.shown.get(row.message!)!)).toBe(last.text)
    }
  }
}

describeEachDatabase('whatever happens to the outbox', (open, dialect) => {
  test('nothing is lost, nothing is seen twice, order and precedence are kept, the last edit wins', async () => {
    const world = await openOutboxWorld(open)
    const ends = new Set<string>()
    await fc.assert(
      fc
        .asyncProperty(platforms, actions, async (options, list) => {
          const platform = new FakePlatform({ ...options, clock: world.passed })
          const sent = await play(world, platform, list)
          await check(world, platform, sent)
          for (const { state } of await world.rows()) ends.add(state)
        })
        .beforeEach(async () => {
          await world.store.transaction((trx) => trx.deleteFrom('outbox').execute())
        }),
      { numRuns: dialect === 'sqlite' ? 60 : 25 },
    )
    // That the runs come to every end at all; the fewer of PostgreSQL might miss one by chance.
    if (dialect === 'sqlite') expect([...ends].sort()).toEqual(['dead', 'sent', 'superseded', 'uncertain'])
  }, 120_000)

  test('three processes side by side make everything once, in order', async () => {
    const world = await openOutboxWorld(open)
    const platform = new FakePlatform({ send: { how: 'at-most-once' } })
    const chats = ['a', 'b', 'c', 'd', 'e', 'f']
    const ids: string[] = []
    for (let number = 0; number < 10; number++) {
      for (const chat of chats) ids.push(await world.send(`${chat}${number}`, { to: chatOf(chat) }))
    }
    const stores = [world.store, await world.openAgain(), await world.openAgain()]
    const sentBy = [0, 0, 0]
    // Nothing is delivered before each has what it can hold: the first message of two chats.
    const allHold = Promise.withResolvers<void>()
    platform.hold = () => {
      if (platform.tried.length === chats.length) allHold.resolve()
      return allHold.promise
    }
    const workers = stores.map((store, index) =>
      world.worker({
        store,
        platforms: [platform],
        most: 2,
        counts: { ...countNothing, sent: () => sentBy[index]!++ },
      }),
    )
    while ((await world.rows()).some(({ state }) => state === 'waiting')) {
      await Promise.all(workers.map((worker) => worker.idle()))
    }
    const made = platform.made.map(({ operation }) => operation.id)
    expect([...made].sort()).toEqual([...ids].sort())
    for (const chat of chats) {
      expect(made.filter((id) => id.startsWith(chat))).toEqual(ids.filter((id) => id.startsWith(chat)))
    }
    expect(sentBy.reduce((sum, count) => sum + count)).toBe(ids.length)
    expect(Math.min(...sentBy)).toBeGreaterThan(1)
  })

  test('three processes together keep the pace of an app', async () => {
    const world = await openOutboxWorld(open)
    const pace = { perChat: null, perApp: { most: 4, per: hour } }
    const platform = new FakePlatform({ pace })
    for (let number = 0; number < 12; number++)
      await world.send(`${number}`, { to: chatOf(`chat ${number}`) })
    const stores = [world.store, await world.openAgain(), await world.openAgain()]
    const workers = stores.map((store) => world.worker({ store, platforms: [platform] }))
    const seen: number[] = []
    for (let quarter = 0; quarter < 4; quarter++) {
      await Promise.all(workers.map((worker) => worker.idle()))
      seen.push(platform.made.length)
      world.pass(hour / 4)
    }
    expect(seen).toEqual([1, 2, 3, 4])
  })
})
