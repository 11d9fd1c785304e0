/**
 * The worker of timers with reminders in a process of its own, on a clock that is told: runs what is due, and ends. It ends
 * itself at the step that it is told. Argument: `ReminderProcess` as JSON.
 */
import { createItemsPart } from '../../../src/features/reminders/items/part.ts'
import { createRunningPart } from '../../../src/features/reminders/running/part.ts'
import { openStore, type StoreLocation } from '../../../src/store/store.ts'
import type { TimerStep } from '../../../src/timers/steps.ts'
import { createTimerWorker } from '../../../src/timers/timer-worker.ts'

export interface ReminderProcess {
  location: StoreLocation
  /** What its clock shows in turn, ISO texts. */
  clock: string[]
  /** `telling`: in the transaction that runs them, as cards are put into the outbox. Null: it lives. */
  kill: TimerStep | 'telling' | null
}

const { location, clock, kill } = JSON.parse(process.argv[2]!) as ReminderProcess
let now = new Date(clock[0]!)
const store = await openStore(location, { clock: () => now, databaseClock: () => now })

function at(step: string): void {
  if (step !== kill) return
  process.kill(process.pid, 'SIGKILL')
  // Nothing more is done until the signal has come.
  for (;;);
}

const context = {
  ...{ store, knowledgeDir: 'knowledge', model: null },
  wakeWorkers() {},
  publicUrl: () => 'http://bot.example',
}
const parts = [createRunningPart(context), createItemsPart(context)]
const errors: string[] = []
const transaction = store.transaction.bind(store)
store.transaction = (work, options) =>
  transaction(async (trx) => {
    const done = await work(trx)
    const said = await trx.selectFrom('outbox').select('id').limit(1).execute()
    if (said.length > 0) at('telling')
    return done
  }, options)
const worker = createTimerWorker({
  ...{ store, calendarFiles: null, steps: at },
  handlers: Object.assign({}, ...parts.map(({ timers }) => timers)),
  logger: {
    error: (details) => errors.push('err' in details ? String(details.err) : JSON.stringify(details)),
  },
})
for (const moment of clock) {
  now = new Date(moment)
  await worker.idle()
}
await store.close()
console.log(JSON.stringify(errors))
