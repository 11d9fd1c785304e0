import { randomUUID } from 'node:crypto'
import type { Store, Trx } from '../store/store.ts'
import { createLoop, type LoopLogger } from '../workers/loop.ts'
import type { CalendarFiles } from './calendar/calendar-files.ts'
import { type ClaimedTimer, claimBatches, claimDue, isStale, releaseLeft, waiting } from './claim-due.ts'
import { recountStale } from './recount.ts'
import { runTogether } from './run-together.ts'
import type { AtTimerStep } from './steps.ts'
import type { TimerBatch, TimerHandler, TimerHandlers, TimerPayload } from './timers.ts'

export interface TimerWorkerOptions {
  store: Store
  /** By kind. Timers of other kinds are left to other processes. */
  handlers: TimerHandlers
  logger: LoopLogger
  /** Looked at now and then; null: the tables are kept by another process. */
  calendarFiles: CalendarFiles | null
  /** Told when a timer has run: it may have said something or published an event. Default: nobody. */
  wakeWorkers?: () => void
  /** Called between two steps; default: nothing. */
  steps?: AtTimerStep
  /** From 0 up to 1, not 1 itself. */
  random?: () => number
  /** How long a claimed timer is this worker's, in milliseconds. Default: longer than a handler takes. */
  lease?: number
}

/** Runs what is due. */
export interface TimerWorker {
  start(): void
  /** A timer may be due; cheap, and may be called at any time. */
  wake(): void
  /** Claims nothing new; resolves when what is in hand is done. */
  stop(): Promise<void>
  /** Counts again what is to be, claims what is due, and runs it. True where there may be more at once. */
  round(): Promise<boolean>
  /** Resolves when all that is due by now has run or failed. */
  idle(): Promise<void>
}

/** What is due is found within this time, in milliseconds. */
const pollEvery = 1000
const mostAtOnce = 20
/** Of a kind whose timers run together: as many as one statement takes on both databases. */
const mostTogether = 500
/** A timer comes back only when its worker has died. Milliseconds. */
const leaseFor = 120_000
/** After so many tries in vain a timer is given up, and logged. */
const mostAttempts = 10
const firstPause = 5000
const pauseGrowth = 2.5
const endless = 'it never came to an end'

/** The worker of all timers: each runs once, never early, and after a downtime once. */
export function createTimerWorker(options: TimerWorkerOptions): TimerWorker {
  const { store, handlers, logger, calendarFiles, steps = () => {}, random = Math.random } = options
  const { wakeWorkers = () => {} } = options
  const { lease = leaseFor } = options
  const owner = randomUUID()
  const kinds = Object.keys(handlers)
  /** Run one by one. */
  const alone = new Map<string, TimerHandler>()
  /** Run together. */
  const batches = new Map<string, TimerBatch>()
  for (const [kind, work] of Object.entries(handlers)) {
    if (typeof work === 'function') alone.set(kind, work)
    else batches.set(kind, work)
  }
  /** What an earlier process held is to be given back, since there is no other. */
  let releases = false
  /** Rounds of the loop and those of `idle` take turns. */
  let turn: Promise<unknown> = Promise.resolve()

  function round(): Promise<boolean> {
    const result = turn.then(work, work)
    turn = result.catch(() => {})
    return result
  }

  async function work(): Promise<boolean> {
    if (releases) await store.transaction((trx) => releaseLeft(trx, kinds), { isolation: 'row-locks' })
    releases = false
    await calendarFiles?.refresh()
    if (!(await isAnythingDue())) return false
    const moreStale = await store.transaction(async (trx) =>
      recountStale(trx, await store.now(trx), { batches, logger }),
    )
    // Each round does some of both: thousands that run together hold up none of the others, nor these them.
    const claimed = await store.transaction(
      async (trx) => claimDue(trx, store.dialect, await claimingOf([...alone.keys()], mostAtOnce, trx)),
      { isolation: 'row-locks' },
    )
    if (claimed.length > 0) await steps('claimed')
    for (const timer of claimed) await run(timer)
    return (await runBatches()) || moreStale || claimed.length > 0
  }

  async function claimingOf(claimable: readonly string[], most: number, trx: Trx) {
    return { now: await store.now(trx), owner, kinds: claimable, lease, most }
  }

  async function runBatches(): Promise<boolean> {
    if (batches.size === 0) return false
    const claimed = await store.transaction(
      async (trx) =>
        claimBatches(trx, store.dialect, await claimingOf([...batches.keys()], mostTogether, trx)),
      { isolation: 'row-locks' },
    )
    if (claimed.size > 0) await steps('claimed')
    for (const [kind, timers] of claimed) {
      const [lost, live] = [
        timers.filter(({ attempts }) => attempts > mostAttempts),
        timers.filter(({ attempts }) => attempts <= mostAttempts),
      ]
      for (const timer of lost) await putOff(timer, new Error(endless))
      await runTogether(
        { store, kind, batch: batches.get(kind)!, owner, steps, putOff, committed: tellCommitted },
        live,
      )
    }
    return claimed.size > 0
  }

  async function tellCommitted(): Promise<void> {
    wakeWorkers()
    await steps('committed')
  }

  /** Looked up by a read, which waits for nobody: mostly there is nothing. */
  async function isAnythingDue(): Promise<boolean> {
    const at = (await store.now()).toISOString()
    const { db } = store
    // Two questions, each answered by an index of its own; asked as one they would be answered by neither.
    const stale = await db
      .selectFrom('timer')
      .select('id')
      .where('stale', '=', isStale)
      .where('state', '=', waiting)
      .limit(1)
      .executeTakeFirst()
    if (stale) return true
    if (kinds.length === 0) return false
    const due = await db
      .selectFrom('timer')
      .select('id')
      .where('state', '=', waiting)
      .where('due_at', '<=', at)
      .where('kind', 'in', kinds)
      .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', at)]))
      .limit(1)
      .executeTakeFirst()
    return due !== undefined
  }

  async function run(timer: ClaimedTimer): Promise<void> {
    // It was claimed so often that its handler must have ended the process itself.
    if (timer.attempts > mostAttempts) return putOff(timer, new Error(endless))
    try {
      await store.transaction((trx) => handle(trx, timer))
    } catch (error) {
      return putOff(timer, error)
    }
    await tellCommitted()
  }

  /** Marks it as done and does it, all or nothing, if it is still due and in hand: it may have been moved meanwhile. */
  async function handle(trx: Trx, { id, kind }: ClaimedTimer): Promise<void> {
    const now = await store.now(trx)
    const row = await trx
      .selectFrom('timer')
      .select('payload')
      .where('id', '=', id)
      .where('kind', '=', kind)
      .where('state', '=', 'waiting')
      .where('lease_owner', '=', owner)
      .where('stale', '=', 0)
      .where('due_at', '<=', now.toISOString())
      .executeTakeFirst()
    if (!row) return
    // Before it is handled: a handler may set the same timer anew.
    await trx
      .updateTable('timer')
      .set({ state: 'done', done_at: now.toISOString(), lease_owner: null, lease_until: null })
      .where('id', '=', id)
      .execute()
    await alone.get(kind)!(trx, JSON.parse(row.payload) as TimerPayload, now)
    await steps('handled')
  }

  /** Has it wait for its next try, or gives it up. */
  async function putOff({ id, kind, attempts }: ClaimedTimer, error: unknown): Promise<void> {
    const givenUp = attempts >= mostAttempts
    logger.error(
      { err: error, timer: id, kind, attempts },
      givenUp ? 'a timer was given up' : 'a timer failed and will be tried again',
    )
    const pause = firstPause * pauseGrowth ** (attempts - 1) * (1 + random() / 2)
    await store.transaction(
      async (trx) => {
        const now = await store.now(trx)
        await trx
          .updateTable('timer')
          .set({
            lease_owner: null,
            ...(givenUp
              ? { state: 'failed' as const, done_at: now.toISOString(), lease_until: null }
              : { lease_until: new Date(now.getTime() + pause).toISOString() }),
          })
          .where('id', '=', id)
          .where('state', '=', 'waiting')
          .where('lease_owner', '=', owner)
          .execute()
      },
      { isolation: 'row-locks' },
    )
  }

  const loop = createLoop({ name: 'timers', round, every: pollEvery, logger })
  return {
    start() {
      releases = store.dialect === 'sqlite'
      loop.start()
    },
    wake: () => loop.wake(),
    async stop() {
      await loop.stop()
      await turn
    },
    round,
    async idle() {
      while (await round());
    },
  }
}
