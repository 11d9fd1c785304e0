import { createItemsPart } from '../../src/features/reminders/items/part.ts'
import { createRunningPart } from '../../src/features/reminders/running/part.ts'
import { openStore, type StoreLocation } from '../../src/store/store.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { settlePeople } from '../../test/events/rush/people.ts'
import { createClock, dueAt } from './clock.ts'
import type { RunFigures } from './report.ts'
import { storeReminders } from './store-reminders.ts'
import { timeReplies } from './time-replies.ts'

export interface Sizes {
  reminders: number
  due: number
  /** Looks of the worker when nothing is due. */
  looks: number
  /** Seconds for which replies are timed while the reminders go out. */
  seconds: number
  /** Operations a second that the platform takes. */
  pace: number
}

/** Stores reminders, lets those of one minute become due, and times what the house does. */
export async function timeReminders(
  location: StoreLocation,
  database: string,
  { reminders, due, looks, seconds, pace }: Sizes,
): Promise<RunFigures> {
  const clock = createClock()
  const store = await openStore(location, { clock: clock.now, databaseClock: clock.now })
  try {
    const { branches } = await settlePeople(store, due)
    const perBranch = Math.ceil(due / branches.length)
    const began = performance.now()
    await storeReminders(store, {
      ...{ reminders, due, dueAt, personOf: (n) => `person-${n % due}` },
      organisationOf: (n) => branches[Math.floor((n % due) / perBranch)]!,
    })
    const stored = performance.now() - began
    const context = {
      ...{ store, knowledgeDir: 'knowledge', model: null },
      ...{ publicUrl: () => 'http://bot.example', wakeWorkers() {} },
    }
    const parts = [createRunningPart(context), createItemsPart(context)]
    const failures: unknown[] = []
    const worker = createTimerWorker({
      ...{ store, calendarFiles: null, wakeWorkers() {} },
      handlers: Object.assign({}, ...parts.map(({ timers }) => timers)),
      logger: { error: (details) => failures.push(details) },
    })
    const sweeps: number[] = []
    for (let look = 0; look < looks; look += 1) sweeps.push(await time(() => worker.round()))
    clock.putTo(dueAt)
    const queued = await time(() => worker.idle())
    if (failures.length > 0) throw failures[0]
    const { count } = await store.db
      .selectFrom('outbox')
      .select(({ fn }) => fn.countAll().as('count'))
      .executeTakeFirstOrThrow()
    const { rss } = process.memoryUsage()
    const replies = await timeReplies(store, { seconds, pace })
    return { database, reminders, due, stored, sweeps, queued, messages: Number(count), rss, replies }
  } finally {
    await store.close()
  }
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}
