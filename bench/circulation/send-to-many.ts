import { plain } from '../../src/chat/card.ts'
import { createCirculation } from '../../src/features/circulation/circulation-feature.ts'
import type { Writer } from '../../src/features/circulation/context.ts'
import { createCirculationPort } from '../../src/features/circulation/port.ts'
import { openStore, type StoreLocation } from '../../src/store/store.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { settlePeople } from '../../test/events/rush/people.ts'
import { timeReplies } from '../reminders/time-replies.ts'
import type { CirculationFigures } from './report.ts'

const origin = 'bench:all'

const writer: Writer = {
  prepare: async () => () => ({
    tone: 'info',
    title: '关于报送年度工作总结的通知',
    blocks: [{ type: 'text', runs: plain('请各分会于本月底前报送年度工作总结。') }],
  }),
}

/** Sends one card to so many people, times replies while it goes out at the platform's pace, and stops it in the midst. */
export async function timeCirculation(
  location: StoreLocation,
  database: string,
  { people, seconds, pace }: { people: number; seconds: number; pace: number },
): Promise<CirculationFigures> {
  const store = await openStore(location)
  try {
    const { root, cadre } = await settlePeople(store, people)
    const circulation = createCirculationPort()
    const context = {
      ...{ store, writers: new Map([['bench', writer]]) },
      ...{ publicUrl: () => 'http://bot.example', wakeWorkers() {} },
    }
    const failures: unknown[] = []
    const worker = createTimerWorker({
      ...{ store, calendarFiles: null, wakeWorkers() {}, handlers: createCirculation(context).timers },
      logger: { error: (details) => failures.push(details) },
    })
    const audience = { chats: [], people: [], members: [{ organisation: root, role: null, below: true }] }
    const now = await store.now()
    const reach = await time(() => circulation.reach(store.db, audience, now))
    const doing = { by: cadre, now }
    await store.transaction((trx) => circulation.begin(trx, { origin, organisation: root, audience }, doing))
    const queued = await time(() => worker.idle())
    if (failures.length > 0) throw failures[0]
    const messages = await countMessages(store, 'waiting')
    const replies = await timeReplies(store, { seconds, pace })
    let left = 0
    const stopped = await time(() =>
      store.transaction(async (trx) => {
        left = await circulation.stop(trx, origin, await store.now(trx))
      }),
    )
    const gone = await countMessages(store, 'sent')
    const { all } = await circulation.figures(store.db, origin)
    // Each is counted once: it has gone out or was withdrawn.
    if (all.sent + all.stopped + all.unreachable !== people + 1) throw new Error(JSON.stringify(all))
    return {
      database,
      people,
      reach,
      queued,
      messages,
      replies,
      stopped,
      left,
      gone: gone - replies.took.length,
    }
  } finally {
    await store.close()
  }
}

async function countMessages(
  store: Awaited<ReturnType<typeof openStore>>,
  state: 'waiting' | 'sent',
): Promise<number> {
  const { count } = await store.db
    .selectFrom('outbox')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('state', '=', state)
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}
