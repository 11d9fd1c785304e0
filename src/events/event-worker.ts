import { sql } from 'kysely'
import type { Logger } from '../platforms/logger.ts'
import type { Store, Trx } from '../store/store.ts'
import { createLoop, type Loop } from '../workers/loop.ts'
import type { EventName, Subscriptions } from './events.ts'
import { subscribers } from './subscribers.ts'

/** What subscribes: features do. */
export interface Subscriber {
  name: string
  subscriptions: Subscriptions
}

/** What the worker counts. */
export interface EventCounts {
  handled(name: string): void
  /** Given up. */
  failed(name: string): void
}

export interface EventWorkerOptions {
  store: Store
  features: readonly Subscriber[]
  logger: Logger
  /** Tells the delivery that a subscriber may have said something. */
  wakeDelivery(): void
  counts?: EventCounts
}

export interface EventWorker extends Loop {
  /** Handles what is due, each event once; true where there may be more at once. */
  round(): Promise<boolean>
}

/** How often an event is tried, and the pause before the next try: it doubles up to an hour. In milliseconds. */
const mostAttempts = 10
const firstPause = 1000
const longestPause = 3_600_000
/** How often it is looked for what other processes published. */
const every = 2000
const atOnce = 20
/** Everything that is committed wakes it, and mostly there is no event: it looks for those of many at once. */
const rest = 50

/** Written out, not bound, so that the partial index is used. */
const waiting = sql.lit<'waiting'>('waiting')

/**
 * Hands events to their subscribers, each in a transaction of its own that also marks it as handled.
 * Throws where the features' subscriptions are not those of `subscribers`.
 */
export function createEventWorker(options: EventWorkerOptions): EventWorker {
  const { store, features, logger, wakeDelivery, counts } = options
  refuseOthers(features)

  async function round(): Promise<boolean> {
    const now = (await store.now()).toISOString()
    const due = await store.db
      .selectFrom('event')
      .select(['position', 'name', 'attempts'])
      .where('state', '=', waiting)
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .orderBy('position')
      .limit(atOnce)
      .execute()
    for (const event of due) await handle(event)
    if (due.length > 0) wakeDelivery()
    return due.length === atOnce
  }

  async function handle({ position, name, attempts }: { position: number; name: string; attempts: number }) {
    try {
      if (await store.transaction((trx) => handleOnce(trx, position))) counts?.handled(name)
    } catch (error) {
      const last = attempts + 1 >= mostAttempts
      logger.error({ err: error, event: name, attempts: attempts + 1, last }, 'an event could not be handled')
      await store.transaction((trx) => putOff(trx, position, attempts, last), { isolation: 'row-locks' })
      if (last) counts?.failed(name)
    }
  }

  /** False where another process has it. */
  async function handleOnce(trx: Trx, position: number): Promise<boolean> {
    const now = await store.now(trx)
    const row = await trx
      .selectFrom('event')
      .select(['name', 'subscriber', 'payload'])
      .where('position', '=', position)
      .where('state', '=', waiting)
      .where('due_at', '<=', now.toISOString())
      .$if(store.dialect === 'postgres', (query) => query.forUpdate().skipLocked())
      .executeTakeFirst()
    if (!row) return false
    const feature = features.find(({ name }) => name === row.subscriber)
    const handler = feature?.subscriptions[row.name as EventName]
    if (!handler) throw new Error(`${row.subscriber} does not subscribe to ${row.name}`)
    await handler(trx, JSON.parse(row.payload), now)
    await trx.updateTable('event').set({ state: 'done' }).where('position', '=', position).execute()
    return true
  }

  async function putOff(trx: Trx, position: number, attempts: number, last: boolean): Promise<void> {
    const now = await store.now(trx)
    const pause = Math.min(longestPause, firstPause * 2 ** attempts)
    await trx
      .updateTable('event')
      .set({
        state: last ? 'failed' : 'waiting',
        attempts: attempts + 1,
        due_at: new Date(now.getTime() + pause).toISOString(),
      })
      .where('position', '=', position)
      .where('state', '=', waiting)
      // Two processes that failed with it at the same time count as one.
      .where('attempts', '=', attempts)
      .execute()
  }

  return { ...createLoop({ name: 'events', round, every, rest, logger }), round }
}

function refuseOthers(features: readonly Subscriber[]): void {
  const subscribed = features.flatMap(({ name, subscriptions }) =>
    Object.keys(subscriptions).map((event) => `${event} ${name}`),
  )
  const listed = Object.entries(subscribers).flatMap(([event, names]) =>
    names.map((name) => `${event} ${name}`),
  )
  const odd = [...new Set(subscribed).symmetricDifference(new Set(listed))]
  if (odd.length > 0) throw new Error(`subscriptions differ from subscribers.ts: ${odd.join(', ')}`)
}
