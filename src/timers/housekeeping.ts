import { DateTime } from 'luxon'
import type { Trx } from '../store/store.ts'
import { defaultZone } from './calendar/working-hours.ts'
import { setTimer } from './set-timer.ts'
import type { TimerHandler } from './timers.ts'

/** Clears away what is no longer needed, within one transaction. */
export type HousekeepingTask = (trx: Trx, now: Date) => Promise<unknown>

const kind = 'house.sweep'
/** At night in China. */
const hour = 3

/**
 * What is cleared away once a day, by name. Each task has a timer and a transaction of its own: one that fails holds up
 * no other. `begin` sees at the start that every task has its timer.
 */
export function createHousekeeping(tasks: Readonly<Record<string, HousekeepingTask>>): {
  timers: Record<string, TimerHandler>
  begin(trx: Trx, now: Date): Promise<void>
} {
  const all: Record<string, HousekeepingTask> = { ...tasks, timers: forgetTimers }
  const setFor = (trx: Trx, task: string, now: Date) =>
    setTimer(trx, { id: `${kind}.${task}`, kind, payload: { task }, now, at: nextNight(now) })
  return {
    timers: {
      [kind]: async (trx, { task = '' }, now) => {
        // A task that an older version had is dropped with its timer.
        if (!Object.hasOwn(all, task)) return
        await all[task]!(trx, now)
        await setFor(trx, task, now)
      },
    },
    async begin(trx, now) {
      const rows = await trx
        .selectFrom('timer')
        .select('id')
        .where('kind', '=', kind)
        .where('state', '=', 'waiting')
        .execute()
      const waiting = new Set(rows.map(({ id }) => id))
      for (const task of Object.keys(all)) {
        if (!waiting.has(`${kind}.${task}`)) await setFor(trx, task, now)
      }
    },
  }
}

function nextNight(now: Date): Date {
  const local = DateTime.fromJSDate(now, { zone: defaultZone })
  const tonight = local.startOf('day').set({ hour })
  return (tonight > local ? tonight : tonight.plus({ days: 1 })).toJSDate()
}

/** How long a timer that is over is kept, for whoever looks into what happened. */
const keptFor = 30 * 24 * 3600_000

async function forgetTimers(trx: Trx, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptFor).toISOString()
  await trx
    .deleteFrom('timer')
    .where((where) =>
      where.or([
        where.and([where('state', '=', 'done'), where('done_at', '<', before)]),
        where.and([where('state', '=', 'cancelled'), where('due_at', '<', before)]),
      ]),
    )
    .execute()
}
