import { Gauge, type Registry } from 'prom-client'
import type { Store } from '../store/store.ts'

/** What waits in one queue. */
interface QueueState {
  queue: 'inbox' | 'outbox' | 'timer' | 'event'
  waiting: number
  /** Seconds that the oldest has waited; 0 where none waits. */
  oldest: number
}

/** Several servers may scrape, and each replica is scraped: the database is asked this often at most. Milliseconds. */
const askedEvery = 5000

/** Gauges that are read from the database when somebody asks for them. */
export function addQueueGauges(registry: Registry, store: Store): void {
  const registers = [registry]
  let last: { at: number; states: Promise<QueueState[]> } | undefined
  const states = () => {
    const at = performance.now()
    if (!last || at - last.at >= askedEvery) last = { at, states: readQueues(store) }
    return last.states
  }
  new Gauge({
    name: 'kexie_queue_waiting',
    help: 'Rows that wait: messages, operations of the outbox, timers that are due, events.',
    labelNames: ['queue'] as const,
    registers,
    async collect() {
      await fill(this, ({ waiting }) => waiting)
    },
  })
  new Gauge({
    name: 'kexie_queue_oldest_seconds',
    help: 'How long the oldest of them has waited.',
    labelNames: ['queue'] as const,
    registers,
    async collect() {
      await fill(this, ({ oldest }) => oldest)
    },
  })
  new Gauge({
    name: 'kexie_database_up',
    help: 'Whether the database answered: 1 or 0.',
    registers,
    async collect() {
      await states().then(
        () => this.set(1),
        () => this.set(0),
      )
    },
  })

  /** Without a database the other figures are still told, and these are not made up. */
  async function fill(gauge: Gauge<'queue'>, value: (state: QueueState) => number): Promise<void> {
    gauge.reset()
    const all = await states().catch(() => [])
    for (const state of all) gauge.set({ queue: state.queue }, value(state))
  }
}

/** What waits by the database's clock; a timer waits from the moment in which it is due. */
async function readQueues(store: Store): Promise<QueueState[]> {
  const now = await store.now()
  const { db } = store
  const rows = [
    {
      queue: 'inbox' as const,
      ...(await db
        .selectFrom('inbox')
        .select(({ fn }) => [fn.countAll().as('waiting'), fn.min('received_at').as('since')])
        .where('state', '=', 'waiting')
        .executeTakeFirstOrThrow()),
    },
    {
      queue: 'outbox' as const,
      ...(await db
        .selectFrom('outbox')
        .select(({ fn }) => [fn.countAll().as('waiting'), fn.min('created_at').as('since')])
        .where('state', '=', 'waiting')
        .executeTakeFirstOrThrow()),
    },
    {
      queue: 'timer' as const,
      ...(await db
        .selectFrom('timer')
        .select(({ fn }) => [fn.countAll().as('waiting'), fn.min('due_at').as('since')])
        .where('state', '=', 'waiting')
        .where('due_at', '<=', now.toISOString())
        .executeTakeFirstOrThrow()),
    },
    {
      queue: 'event' as const,
      ...(await db
        .selectFrom('event')
        .select(({ fn }) => [fn.countAll().as('waiting'), fn.min('published_at').as('since')])
        .where('state', '=', 'waiting')
        .executeTakeFirstOrThrow()),
    },
  ]
  return rows.map(({ queue, waiting, since }) => ({
    queue,
    waiting: Number(waiting),
    oldest: since ? Math.max(0, now.getTime() - new Date(since).getTime()) / 1000 : 0,
  }))
}
