import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { DeliveryCounts } from '../delivery/counts.ts'
import type { EventCounts } from '../events/event-worker.ts'
import type { IntakeCounts } from '../intake/counts.ts'
import { type ChatModel, ModelFailure } from '../model/chat-model.ts'
import type { Store } from '../store/store.ts'
import { addConnectionMetrics, type ConnectionHealth } from './connection-metrics.ts'
import { addQueueGauges } from './queue-gauges.ts'

/** What the parts of the house report to, and the text that a Prometheus server reads. Names: docs/operation.md. */
export interface Metrics {
  intake: IntakeCounts
  delivery: DeliveryCounts
  events: EventCounts
  answers: { answered(refused: boolean): void }
  /** The same model, its calls counted. */
  counted(model: ChatModel): ChatModel
  /** Tells how a platform is connected to its vendor, from now on. */
  watchConnection(platform: string, health: () => ConnectionHealth): void
  readonly contentType: string
  text(): Promise<string>
  /** Lets go of what it tells of: Node's own figures are watched as long as the process runs. */
  close(): void
}

/** An interaction has a second; a message may wait for its turn for hours. In seconds. */
const interactionBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const deliveryBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600]

/** Counts in a registry of its own: several houses may stand in one process. */
export function createMetrics(store: Store): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  addQueueGauges(registry, store)
  const messages = new Counter({
    name: 'kexie_messages_total',
    help: 'Messages taken, repeated by the platform, done, or given up with an apology.',
    labelNames: ['platform', 'outcome'] as const,
    registers,
  })
  const interactions = new Histogram({
    name: 'kexie_interaction_seconds',
    help: 'How long a click or form page took until its answer was committed.',
    labelNames: ['platform'] as const,
    buckets: interactionBuckets,
    registers,
  })
  const outbox = new Counter({
    name: 'kexie_outbox_total',
    help: 'Operations of the outbox sent, tried again, given up, or of unknown outcome.',
    labelNames: ['lane', 'platform', 'outcome'] as const,
    registers,
  })
  const delivery = new Histogram({
    name: 'kexie_delivery_seconds',
    help: 'From being asked for to being sent.',
    labelNames: ['lane', 'platform'] as const,
    buckets: deliveryBuckets,
    registers,
  })
  const events = new Counter({
    name: 'kexie_events_total',
    help: 'Domain events handled by their subscribers, or given up.',
    labelNames: ['event', 'outcome'] as const,
    registers,
  })
  const answers = new Counter({
    name: 'kexie_answers_total',
    help: 'Questions answered or refused.',
    labelNames: ['outcome'] as const,
    registers,
  })
  const models = new Counter({
    name: 'kexie_model_calls_total',
    help: 'Calls of the language model by how they ended.',
    labelNames: ['outcome'] as const,
    registers,
  })

  return {
    intake: {
      taken: (platform) => messages.inc({ platform, outcome: 'taken' }),
      repeated: (platform) => messages.inc({ platform, outcome: 'repeated' }),
      done: (platform) => messages.inc({ platform, outcome: 'done' }),
      failed: (platform) => messages.inc({ platform, outcome: 'failed' }),
      interaction: (platform, seconds) => interactions.observe({ platform }, seconds),
    },
    delivery: {
      sent({ lane, platform }, seconds) {
        outbox.inc({ lane, platform, outcome: 'sent' })
        delivery.observe({ lane, platform }, seconds)
      },
      retried: ({ lane, platform }) => outbox.inc({ lane, platform, outcome: 'retried' }),
      dead: ({ lane, platform }) => outbox.inc({ lane, platform, outcome: 'dead' }),
      uncertain: ({ lane, platform }) => outbox.inc({ lane, platform, outcome: 'uncertain' }),
    },
    events: {
      handled: (event) => events.inc({ event, outcome: 'handled' }),
      failed: (event) => events.inc({ event, outcome: 'failed' }),
    },
    answers: { answered: (refused) => answers.inc({ outcome: refused ? 'refused' : 'answered' }) },
    counted: (model) => ({
      name: model.name,
      stream: (given, signal) =>
        countingEnd(model.stream(given, signal), (outcome) => models.inc({ outcome })),
    }),
    watchConnection: addConnectionMetrics(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
    close: () => registry.clear(),
  }
}

/** The same pieces; says once how they ended, also where the reader left. */
async function* countingEnd(pieces: AsyncIterable<string>, ended: (outcome: string) => void) {
  let outcome = 'left'
  try {
    yield* pieces
    outcome = 'done'
  } catch (error) {
    outcome = error instanceof ModelFailure ? error.reason : 'error'
    throw error
  } finally {
    ended(outcome)
  }
}
