import type { Trx } from '../store/store.ts'
import type { LoopLogger } from '../workers/loop.ts'
import { countTimer, type TimerRule } from './set-timer.ts'

const batch = 50

/**
 * Counts timers again by whose calendar something has changed, those of provisional years first. A timer that should
 * have been due by now is due at once: nothing is moved into the past. True where there may be more.
 */
export async function recountStale(trx: Trx, now: Date, logger: LoopLogger): Promise<boolean> {
  const rows = await trx
    .selectFrom('timer')
    .select(['id', 'rule', 'organisation', 'person', 'due_at', 'provisional'])
    .where('stale', '=', 1)
    .where('state', '=', 'waiting')
    .orderBy('provisional', 'desc')
    .orderBy('id')
    .limit(batch)
    .execute()
  for (const { id, rule, organisation, person, due_at, provisional } of rows) {
    const { from, after } = JSON.parse(rule!) as TimerRule
    let due = { at: due_at, provisional }
    try {
      const counted = await countTimer(trx, { after, organisation, person }, new Date(from))
      const at = new Date(Math.max(counted.at.getTime(), now.getTime()))
      // One that is due already keeps its place among those that are.
      due = {
        at: at > now ? at.toISOString() : earlier(due_at, now),
        provisional: counted.provisional ? 1 : 0,
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      // A calendar without a working day to count to: the time it had is better than none.
      logger.error({ err: error, timer: id }, 'the time of a timer could not be counted again')
    }
    await trx
      .updateTable('timer')
      .set({ due_at: due.at, provisional: due.provisional, stale: 0, lease_owner: null, lease_until: null })
      .where('id', '=', id)
      .execute()
  }
  return rows.length === batch
}

function earlier(due: string, now: Date): string {
  const at = now.toISOString()
  return due < at ? due : at
}
