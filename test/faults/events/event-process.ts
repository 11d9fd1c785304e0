/**
 * The workers of events in a process of their own, on a clock that is told: settles what was pressed, runs timers, says
 * what is to be said, and ends. It ends itself at the commit that it is told. Argument: `EventProcess` as JSON; says how
 * many transactions there were.
 */
import { createDelivery } from '../../../src/delivery/worker.ts'
import { openEvents } from '../../../src/features/events/open-events.ts'
import { createSealer } from '../../../src/seal/sealer.ts'
import { openBlobs } from '../../../src/store/blobs.ts'
import { openStore, type StoreLocation } from '../../../src/store/store.ts'
import { createTimerWorker } from '../../../src/timers/timer-worker.ts'
import { FakePlatform } from '../../fakes/fake-platform.ts'

export interface EventProcess {
  location: StoreLocation
  /** ISO text. */
  now: string
  /** At which transaction, counted from 1, and at which end of its commit; null: it lives. */
  kill: { transaction: number; moment: 'before' | 'after' } | null
}

const { location, now, kill } = JSON.parse(process.argv[2]!) as EventProcess
const clock = () => new Date(now)
const store = await openStore(location, { clock, databaseClock: clock })

let count = 0
function at(passing: number, moment: 'before' | 'after'): void {
  if (passing !== kill?.transaction || moment !== kill.moment) return
  process.kill(process.pid, 'SIGKILL')
  // Nothing more is done until the signal has come.
  for (;;);
}

const transaction = store.transaction.bind(store)
store.transaction = async (work, options) => {
  count += 1
  const own = count
  const result = await transaction(async (trx) => {
    const done = await work(trx)
    at(own, 'before')
    return done
  }, options)
  at(own, 'after')
  return result
}

const errors: unknown[] = []
const logger = { info() {}, warn() {}, error: (details: object) => void errors.push(details) }
const shared = {
  ...{ store, sealer: createSealer(Buffer.alloc(32, 'kexie')), blobs: openBlobs(store, location) },
  publicUrl: () => 'http://bot.example',
  consoleLink: async () => null,
  wakeWorkers() {},
}
const { settler, feature } = await openEvents(shared, 'knowledge/events', logger)
const platform = new FakePlatform({ name: 'chat', keepsCalendar: true })
const delivery = createDelivery({ ...{ store, platforms: [platform], logger } })
const timers = createTimerWorker({
  ...{ store, logger, calendarFiles: null, handlers: feature.timers },
  wakeWorkers() {},
})
for (let round = 0; round < 3; round += 1) {
  await settler.idle()
  await timers.idle()
  await delivery.idle()
}
await delivery.stop()
await store.close()
console.log(JSON.stringify({ count, errors: errors.map(String) }))
