/**
 * A process of its own: the real store, intake, delivery, events and timers around a feature that writes one row for
 * whatever happens and says one thing about it. It ends itself at the step that it is told. Argument: `HouseOptions`
 * as JSON. Says `ready PORT` when it can be reached.
 */
import { createServer, type IncomingMessage as Request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { plain } from '../../src/chat/card.ts'
import type { IncomingAction, IncomingMessage } from '../../src/chat/incoming.ts'
import { createDispatch } from '../../src/conversation/dispatch.ts'
import type { Feature, Turn } from '../../src/conversation/feature.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { createDelivery } from '../../src/delivery/worker.ts'
import { createEventWorker } from '../../src/events/event-worker.ts'
import { publish } from '../../src/events/publish.ts'
import { createIntake } from '../../src/intake/intake.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { openStore, type StoreLocation, type Trx } from '../../src/store/store.ts'
import { setTimer } from '../../src/timers/set-timer.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { noForms } from '../fakes/no-forms.ts'
import { othersThan } from '../fakes/other-subscribers.ts'
import type { Kill, Way } from './steps.ts'
import { createVendorPlatform } from './vendor-platform.ts'

export interface HouseOptions {
  location: StoreLocation
  /** Where the vendor is reached. */
  vendor: string
  way: Way
  kill: Kill | null
  /** How long anything belongs to the process that claimed it, in milliseconds. */
  lease: number
}

const { location, vendor, way, kill, lease } = JSON.parse(process.argv[2]!) as HouseOptions
const name = 'faults'

let passings = 0
function at(step: string): void {
  if (step !== kill?.step) return
  passings += 1
  if (passings < kill.passing) return
  process.kill(process.pid, 'SIGKILL')
  // Nothing more is done until the signal has come.
  for (;;);
}

const logger = {
  info() {},
  warn() {},
  error(details: object, message: string) {
    const { err } = details as { err?: unknown }
    console.error(message, err instanceof Error ? `${err.message} ${err.cause ?? ''}` : err)
  },
}

const store = await openStore(location)

/** What happened, each time that it did: two rows of the same are the fault that is looked for. */
const note = (trx: Trx, kind: string, of: string) =>
  sql`insert into effect (kind, name) values (${kind}, ${of})`.execute(trx)

const card = (kind: string, of: string) => ({
  tone: 'info' as const,
  blocks: [{ type: 'text' as const, runs: plain(`${kind} ${of}`) }],
})

/** A message: a row, an answer, a timer that is due at once, an event. */
async function answer(turn: Turn): Promise<void> {
  at('feature:working')
  const { text, conversation } = turn.message
  await turn.commit(async (trx, say) => {
    const now = await store.now(trx)
    await note(trx, 'message', text)
    await say(card('message', text))
    const payload = { of: text, conversation: JSON.stringify(conversation) }
    await setTimer(trx, { id: `faults.${text}`, kind: 'faults.remind', payload, now, at: now })
    const clause = { document: JSON.stringify(conversation), key: '' }
    await publish(trx, 'question.answered', { answer: null, question: text, clause, by: '' }, now)
  })
}

const feature: Feature = {
  name,
  commands: [],
  forms: [],
  mine: async () => [],
  subscriptions: {},
  actions: {
    press: {
      reads: false,
      async run({ trx, action, say }) {
        await note(trx, 'press', action.value.of!)
        await say(card('press', action.value.of!))
        return { toast: action.value.of! }
      },
    },
  },
  timers: {
    'faults.remind': async (trx, { of, conversation }, now) => {
      await note(trx, 'timer', of!)
      const to = { type: 'conversation' as const, conversation: JSON.parse(conversation!) }
      await enqueue(trx, { id: `timer ${of}`, to, card: card('timer', of!), lane: 'reminder', now })
    },
  },
}

const subscriber = {
  name: 'policy',
  subscriptions: {
    'question.answered': async (
      trx: Trx,
      { question, clause }: { question: string; clause: { document: string } | null },
      now: Date,
    ) => {
      await note(trx, 'event', question)
      const to = { type: 'conversation' as const, conversation: JSON.parse(clause!.document) }
      const said = { id: `event ${question}`, to, card: card('event', question) }
      await enqueue(trx, { ...said, lane: 'confirmation', now })
      at('event:handled')
    },
  },
}

const platform = createVendorPlatform({ name, vendor, way, at })
const serves = [{ platform: name }]
const delivery = createDelivery({
  ...{ store, platforms: [platform], serves, logger, lease },
  steps: (step) => at(`delivery:${step}`),
})
const wakeAll = () => {
  delivery.wake()
  events.wake()
  timers.wake()
}
const dispatch = createDispatch({
  ...{ features: [feature], forms: noForms, db: store.db, answerQuestion: answer },
  isClearQuestion: async () => false,
})
const intake = createIntake({
  ...{ store, dispatch, forms: noForms, platforms: [platform], serves, wakeWorkers: wakeAll, logger },
  limits: { lease },
  atStep: (step) => at(`intake:${step}`),
})
const events = createEventWorker({
  ...{ store, features: [subscriber, ...othersThan(subscriber.name)], logger },
  wakeDelivery() {
    at('event:committed')
    delivery.wake()
  },
})
const timers = createTimerWorker({
  ...{ store, handlers: feature.timers, logger, calendarFiles: null, lease },
  steps(step) {
    at(`timer:${step}`)
    if (step === 'committed') delivery.wake()
  },
})

/** What a platform's server does with what it is called with: acknowledge what is kept, or not. */
const server = createServer(async (request, response) => {
  try {
    if (request.url === '/memory') {
      globalThis.gc?.()
      return response.end(String(process.memoryUsage().heapUsed))
    }
    const incoming = await readIncoming(request)
    if (incoming.type === 'message') {
      await intake.take(incoming)
      response.end(() => at('platform:acknowledged'))
    } else {
      const { toast } = await intake.answer(incoming)
      response.end(toast, () => at('platform:answered'))
    }
  } catch (error) {
    // 409: refused in words that a person may read.
    response.writeHead(error instanceof PlainError ? 409 : 503).end(String(error))
  }
})

async function readIncoming(request: Request): Promise<IncomingMessage | IncomingAction> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  const incoming = JSON.parse(Buffer.concat(pieces).toString()) as IncomingMessage | IncomingAction
  return { ...incoming, at: new Date(incoming.at) }
}

process.on('SIGTERM', async () => {
  server.close()
  for (const { stop } of [intake, events, timers, delivery]) await stop()
  await store.close()
  process.exit(0)
})

delivery.start()
await intake.start()
events.start()
timers.start()
server.listen(0, '127.0.0.1', () => {
  console.log(`ready ${(server.address() as AddressInfo).port}`)
})
