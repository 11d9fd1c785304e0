import { randomUUID } from 'node:crypto'
import type { Card } from '../chat/card.ts'
import type { Platform } from '../chat/platform.ts'
import type { Store, Trx } from '../store/store.ts'
import { createLoop, type LoopLogger } from '../workers/loop.ts'
import { attempt, longestTry } from './attempt.ts'
import { addCalls, platformsNearQuota } from './calls.ts'
import { type Claimed, claimDue, releaseLeft } from './claim.ts'
import { closeLeft, leftAfter } from './close-left.ts'
import { countNothing, type DeliveryCounts } from './counts.ts'
import { lanes } from './outbox.ts'
import { nextPace } from './pace.ts'
import { type Ended, type Recorded, recordEnds } from './record.ts'
import type { DeliveryStepHook } from './steps.ts'
import { sweepOutbox } from './sweep.ts'

export interface DeliveryOptions {
  store: Store
  /** Those that this process serves; what is for others is left to other processes. */
  platforms: readonly Platform[]
  /**
   * Of a platform named here with a chat nothing but its chats, and the accounts of the same name: a terminal is one
   * chat of one account, and others run elsewhere.
   * Default: everything that is for the platforms.
   */
  serves?: readonly { platform: string; chat?: string }[]
  logger: LoopLogger
  counts?: DeliveryCounts
  steps?: DeliveryStepHook
  /** Calls that a platform allows in a month, by its name. Default: any number. */
  quotas?: Readonly<Record<string, number>>
  /** Operations under way at once. Default 32. */
  most?: number
  /** How long a claimed row is this worker's, in milliseconds. Default: longer than a try can last. */
  lease?: number
  /** From 0 up to 1, not 1 itself. */
  random?: () => number
  /** Opens what lies sealed in the outbox, on its way to a platform. Default: nothing is sealed. */
  openCard?: (card: Card) => Promise<Card>
}

/** The worker of the outbox. */
export interface Delivery {
  start(): void
  /** Something may be due; cheap, and may be called at any time. */
  wake(): void
  /** Claims nothing new; resolves when what is under way has ended and is written down. */
  stop(): Promise<void>
  /** Writes down what has ended, claims what is due and begins to deliver it. True where there may be more at once. */
  round(): Promise<boolean>
  /** Resolves when all that is due by now is delivered and written down. */
  idle(): Promise<void>
}

/** What other processes wrote is found within this time, in milliseconds. */
const pollEvery = 1000
/** Longer than a try can last, so that a row only comes back when its worker has died. Milliseconds. */
const leaseFor = 2 * longestTry
const sweepEvery = 3600_000
/** Counting calls at every round would make all processes wait for one row. */
const countEvery = 10_000

/**
 * Delivers what is due in the outbox. One transaction a round writes down all tries that ended meanwhile and claims the
 * next; the tries themselves go on side by side between the rounds, each address for itself.
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { store, logger, counts = countNothing, steps = () => {}, quotas = {}, most = 32 } = options
  const { random = Math.random, lease = leaseFor, openCard = async (card) => card } = options
  const platforms = new Map(options.platforms.map((platform) => [platform.name, platform]))
  const chats = new Map<string, string[]>()
  for (const { platform, chat } of options.serves ?? []) {
    if (chat !== undefined) chats.set(platform, [...(chats.get(platform) ?? []), chat])
  }
  const isPaced = options.platforms.some(({ pace }) => pace.perChat || pace.perApp)
  const owner = randomUUID()
  const underWay = new Map<string, Promise<void>>()
  /** Under way, or ended and not written down yet: not to be claimed again, though the lease ran out. */
  const inHand = new Set<string>()
  let ended: Ended[] = []
  let calls = new Map<string, number>()
  let countedAt = 0
  let sweptAt = 0
  let closedAt = 0
  /** What an earlier process held is to be given back, since no other serves the same. */
  let releases = false
  let stopping = false
  let paceTimer: NodeJS.Timeout | undefined
  /** Rounds of the loop and those of `idle` take turns. */
  let turn: Promise<unknown> = Promise.resolve()

  const loop = createLoop({ name: 'delivery', round, every: pollEvery, logger })

  function round(): Promise<boolean> {
    const result = turn.then(work, work)
    turn = result.catch(() => {})
    return result
  }

  async function work(): Promise<boolean> {
    const recording = ended
    ended = []
    const counting = calls
    calls = new Map()
    for (const [name, platform] of platforms) {
      const made = platform.callsMade()
      if (made > 0) mergeCalls(counting, new Map([[name, made]]))
    }
    try {
      const done = await store.transaction((trx) => workRows(trx, recording, counting), {
        isolation: 'row-locks',
      })
      releases = false
      if (!done.counted) mergeCalls(calls, counting)
      else countedAt = done.now.getTime()
      if (done.swept) sweptAt = done.now.getTime()
      if (done.closed) closedAt = done.now.getTime()
      for (const { claimed } of recording) inHand.delete(claimed.operation.id)
      for (const one of done.recorded) report(one, done.now)
      if (recording.length > 0) await steps('recorded')
      if (done.claimed.length > 0) await steps('claimed')
      for (const one of done.claimed) begin(one)
      wakeForPace(done.nextPace, done.now)
      return done.more
    } catch (error) {
      // Kept for the next round: what was sent must not be forgotten because the database was away.
      ended = [...recording, ...ended]
      mergeCalls(calls, counting)
      throw error
    }
  }

  /** May run several times, so it changes nothing but rows. */
  async function workRows(trx: Trx, recording: readonly Ended[], counting: ReadonlyMap<string, number>) {
    const now = await store.now(trx)
    const recorded = await recordEnds(trx, recording, { owner, now, random })
    const spared = await platformsNearQuota(trx, quotas, now)
    if (releases) await releaseLeft(trx, { platforms, chats })
    const closed = now.getTime() - closedAt >= leftAfter
    if (closed) await closeLeft(trx, now)
    const free = stopping ? 0 : most - underWay.size
    const { claimed, more } =
      free > 0 && platforms.size > 0
        ? await claimDue(trx, {
            now,
            dialect: store.dialect,
            platforms,
            chats,
            owner,
            lease,
            most: free,
            holds: (id) => inHand.has(id),
            sparesProgress: (platform) => spared.has(platform),
          })
        : { claimed: [], more: false }
    const swept = now.getTime() - sweptAt >= sweepEvery
    if (swept) await sweepOutbox(trx, now)
    const counted = stopping || now.getTime() - countedAt >= countEvery
    // Last, since other processes wait for this row until the transaction ends.
    if (counted) await addCalls(trx, counting, now)
    return {
      now,
      recorded,
      claimed,
      more,
      swept,
      closed,
      counted,
      nextPace: isPaced ? await nextPace(trx, now) : null,
    }
  }

  function begin(claimed: Claimed): void {
    const { id } = claimed.operation
    inHand.add(id)
    const tried = tryOne(claimed)
      .catch((error: unknown) => {
        // Nothing is known of its end then: the row comes back when its lease runs out.
        inHand.delete(id)
        logger.error({ err: error, operation: id }, 'a delivery broke off')
      })
      .finally(() => {
        underWay.delete(id)
        loop.wake()
      })
    underWay.set(id, tried)
  }

  async function tryOne(claimed: Claimed): Promise<void> {
    // Only what is handed over lies open, not what is written down of it.
    const card = await openCard(claimed.operation.card)
    const opened = { ...claimed, operation: { ...claimed.operation, card } }
    const outcome = await attempt(opened, platforms.get(claimed.platform)!)
    await steps('delivered')
    ended.push({ claimed, outcome })
  }

  function report({ claimed, as }: Recorded, now: Date): void {
    const labels = { lane: lanes[claimed.lane]!, platform: claimed.platform }
    if (as === 'sent') counts.sent(labels, (now.getTime() - claimed.createdAt.getTime()) / 1000)
    else counts[as](labels)
  }

  function wakeForPace(at: Date | null, now: Date): void {
    clearTimeout(paceTimer)
    paceTimer = undefined
    if (at === null || stopping) return
    paceTimer = setTimeout(() => loop.wake(), at.getTime() - now.getTime())
    paceTimer.unref()
  }

  async function idle(): Promise<void> {
    for (;;) {
      const more = await round()
      if (underWay.size > 0) await Promise.race(underWay.values())
      else if (!more && ended.length === 0) return
    }
  }

  return {
    start() {
      releases = store.dialect === 'sqlite' && platforms.size > 0
      loop.start()
    },
    wake: () => loop.wake(),
    async stop() {
      stopping = true
      clearTimeout(paceTimer)
      await loop.stop()
      await Promise.all(underWay.values())
      try {
        // Also counts the calls that were not counted yet.
        await round()
      } catch (error) {
        logger.error({ err: error }, 'the last deliveries could not be written down')
      }
    },
    round,
    idle,
  }
}

function mergeCalls(into: Map<string, number>, from: ReadonlyMap<string, number>): void {
  for (const [platform, count] of from) into.set(platform, (into.get(platform) ?? 0) + count)
}
