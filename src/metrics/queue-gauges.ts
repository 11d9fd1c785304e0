import { Gauge, type Registry } from 'prom-client'
import type { Store } from '../store/store.ts'
import { type QueueState, readQueues } from './queue-states.ts'

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
