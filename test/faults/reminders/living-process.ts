/**
 * Reminders with their intake, timers and delivery in a process of its own, that lives by a clock which is told and does what
 * it is sent (`Order`). It ends itself at the step that it is told. Argument: `LivingOptions` as JSON.
 */
import { randomUUID } from 'node:crypto'
import { createDispatch } from '../../../src/conversation/dispatch.ts'
import { createDelivery } from '../../../src/delivery/worker.ts'
import { createReminders } from '../../../src/features/reminders/reminders-feature.ts'
import { createIntake } from '../../../src/intake/intake.ts'
import { openStore, type StoreLocation } from '../../../src/store/store.ts'
import { createTimerWorker } from '../../../src/timers/timer-worker.ts'
import { accountOf, platform, privateChat } from '../../fakes/chat-people.ts'
import { noForms } from '../../fakes/no-forms.ts'
import type { Kill } from '../steps.ts'
import { createVendorPlatform } from '../vendor-platform.ts'

export interface LivingOptions {
  location: StoreLocation
  vendor: string
  /** Instant, ISO. */
  now: string
  /** Its workers run by themselves, as in the product; else only when told to live. */
  runs: boolean
}

/** `live`: until nothing is left to do at that time. `press`: somebody presses a button. */
export type Order =
  | { type: 'clock'; now: string }
  | { type: 'arm'; kill: Kill | null }
  | { type: 'live'; now: string }
  | { type: 'press'; user: string; action: string; value: Record<string, string> }

/** What is said when an order was carried out; `toast` answers a press. */
export interface Done {
  toast?: string
  errors: string[]
}

const options = JSON.parse(process.argv[2]!) as LivingOptions
let now = new Date(options.now)
let kill: Kill | null = null
let passings = 0
function at(step: string): void {
  if (step !== kill?.step) return
  passings += 1
  if (passings < kill.passing) return
  process.kill(process.pid, 'SIGKILL')
  // Nothing more is done until the signal has come.
  for (;;);
}

const clock = () => now
const store = await openStore(options.location, { clock, databaseClock: clock })
const errors: string[] = []
const logger = {
  info() {},
  warn() {},
  error: (details: object) =>
    void errors.push('err' in details ? String(details.err) : JSON.stringify(details)),
}
const feature = createReminders({
  ...{ store, knowledgeDir: 'knowledge', model: null },
  wakeWorkers() {},
  publicUrl: () => 'http://bot.example',
})
const { vendor } = options
const place: ReturnType<typeof createVendorPlatform> = {
  ...createVendorPlatform({ name: platform, vendor, way: 'keyed', at }),
  async deliver(operation) {
    at('platform:sending')
    const response = await fetch(vendor, { method: 'POST', body: JSON.stringify(operation) })
    return (await response.json()) as { message: string }
  },
}
const delivery = createDelivery({
  ...{ store, platforms: [place], logger },
  steps: (step) => at(`delivery:${step}`),
})
const timers = createTimerWorker({
  ...{ store, logger, calendarFiles: null, handlers: feature.timers },
  wakeWorkers: () => delivery.wake(),
  steps: (step) => at(`timer:${step}`),
})
const dispatch = createDispatch({
  ...{ features: [feature], forms: noForms, db: store.db },
  answerQuestion: async () => {},
  isClearQuestion: async () => false,
})
const intake = createIntake({
  ...{ store, dispatch, forms: noForms, platforms: [place], serves: [{ platform }], logger },
  wakeWorkers: () => delivery.wake(),
  atStep: (step) => at(`intake:${step}`),
  limits: { interaction: 30_000 },
})
const onSqlite = store.dialect === 'sqlite'
if (options.runs || onSqlite) {
  // On SQLite a start frees what the process before it held.
  delivery.start()
  timers.start()
}

async function carryOut(order: Order): Promise<string | undefined> {
  if (order.type === 'clock') now = new Date(order.now)
  if (order.type === 'arm') [kill, passings] = [order.kill, 0]
  if (order.type === 'press') {
    const who = { account: accountOf(order.user), conversation: privateChat(order.user) }
    const pressed = { id: randomUUID(), at: now, language: 'zh-CN' as const, group: false, ...who }
    const { action, value } = order
    return (await intake.answer({ type: 'action', action, value, ...pressed })).toast
  }
  if (order.type === 'live') {
    now = new Date(order.now)
    // What is said may be followed by edits that become due only then.
    for (let turn = 0; turn < 2; turn += 1) {
      await timers.idle()
      await delivery.idle()
    }
  }
  return undefined
}

process.on('message', async (order: Order) => {
  try {
    const toast = await carryOut(order)
    process.send!({ ...(toast === undefined ? {} : { toast }), errors: errors.splice(0) } satisfies Done)
  } catch (error) {
    process.send!({ errors: [...errors.splice(0), String(error)] } satisfies Done)
  }
})
process.on('disconnect', () => process.exit(0))
process.send!({ errors: [] } satisfies Done)
