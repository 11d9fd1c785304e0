/**
 * The worker of timers with circulation in a process of its own, on a clock that is told: sends what is to be sent, and
 * ends. It ends itself at the step that it is told. Argument: `CirculationProcess` as JSON.
 */
import { plain } from '../../../src/chat/card.ts'
import { createCirculation } from '../../../src/features/circulation/circulation-feature.ts'
import type { Writer } from '../../../src/features/circulation/context.ts'
import { openStore, type StoreLocation } from '../../../src/store/store.ts'
import type { TimerStep } from '../../../src/timers/steps.ts'
import { createTimerWorker } from '../../../src/timers/timer-worker.ts'

export interface CirculationProcess {
  location: StoreLocation
  /** What its clock shows, an ISO text. */
  at: string
  /** The step at which it ends itself, and when it comes to it for the how many-eth time; null: it lives. */
  kill: { step: TimerStep; time: number } | null
}

const { location, at, kill } = JSON.parse(process.argv[2]!) as CirculationProcess
const now = new Date(at)
const store = await openStore(location, { clock: () => now, databaseClock: () => now })
const writer: Writer = {
  prepare: async () => () => ({
    tone: 'info',
    title: '通知',
    blocks: [{ type: 'text', runs: plain('通知') }],
  }),
}
const { timers } = createCirculation({
  ...{ store, writers: new Map([['probe', writer]]) },
  ...{ publicUrl: () => 'http://bot.example', wakeWorkers() {} },
})
const errors: string[] = []
let passed = 0
const worker = createTimerWorker({
  ...{ store, calendarFiles: null, handlers: timers },
  steps(step) {
    if (step !== kill?.step) return
    passed += 1
    if (passed !== kill.time) return
    process.kill(process.pid, 'SIGKILL')
    // Nothing more is done until the signal has come.
    for (;;);
  },
  logger: {
    error: (details) => errors.push('err' in details ? String(details.err) : JSON.stringify(details)),
  },
})
await worker.idle()
await store.close()
console.log(JSON.stringify(errors))
