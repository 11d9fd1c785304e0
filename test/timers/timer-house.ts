import type { Store } from '../../src/store/store.ts'
import { type NewTimer, setTimer } from '../../src/timers/set-timer.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import type { TimerHandler } from '../../src/timers/timers.ts'
import type { Open } from '../store/each-database.ts'

export const hour = 3_600_000
/** A Monday, 10:00 in China. */
export const monday = new Date('2026-11-23T02:00:00.000Z')
export const after = (hours: number) => new Date(monday.getTime() + hours * hour)

/** A store whose time, on either database, is what the test says. */
export async function openAt(open: Open) {
  let time = new Date(monday.getTime() + 1000)
  const { store } = await open({
    clock: () => time,
    databaseClock: () => time,
  })
  return {
    store,
    /** A little past it. */
    goTo(instant: Date) {
      time = new Date(instant.getTime() + 1000)
    },
  }
}

export function workerOf(store: Store, handle: TimerHandler = async () => {}) {
  const ran: string[] = []
  const logged: string[] = []
  /** What had run each time the other workers were woken. */
  const woken: string[][] = []
  const worker = createTimerWorker({
    store,
    handlers: {
      'test.note': async (trx, payload, now) => {
        await handle(trx, payload, now)
        ran.push(payload.name ?? '')
      },
    },
    logger: { error: (_, message) => logged.push(message) },
    calendarFiles: null,
    random: () => 0,
    wakeWorkers: () => woken.push([...ran]),
  })
  return { worker, ran, logged, woken }
}

export const set = (
  store: Store,
  name: string,
  when: { at: Date } | Omit<Extract<NewTimer, { after: unknown }>, 'id' | 'kind' | 'payload' | 'now'>,
) =>
  store.transaction((trx) =>
    setTimer(trx, { id: name, kind: 'test.note', payload: { name }, now: monday, ...when }),
  )

export const rowOf = (store: Store, id: string) =>
  store.db.selectFrom('timer').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
