import { inPieces } from '../store/in-pieces.ts'
import type { Trx } from '../store/store.ts'
import type { LoopLogger } from '../workers/loop.ts'
import { isStale, waiting } from './claim-due.ts'
import { countedByKind, countTimer, type TimerRule } from './set-timer.ts'
import type { TimerBatch, TimerPayload } from './timers.ts'

const batch = 50
/** Of those that their kind counts together. */
const together = 500

interface Recounting {
  /** By kind. */
  batches: ReadonlyMap<string, TimerBatch>
  logger: LoopLogger
}

/**
 * Counts timers again by whose calendar something has changed, those of provisional years first. A timer that should
 * have been due by now is due at once: nothing is moved into the past. True where there may be more.
 */
export async function recountStale(trx: Trx, now: Date, { batches, logger }: Recounting): Promise<boolean> {
  let more = await recountWorkingTime(trx, now, logger)
  for (const [kind, { recount }] of batches) {
    const rows = await trx
      .selectFrom('timer')
      .select(['id', 'payload'])
      .where('stale', '=', isStale)
      .where('state', '=', waiting)
      .where('kind', '=', kind)
      .where('rule', '=', countedByKind)
      .orderBy('provisional', 'desc')
      .orderBy('id')
      .limit(together)
      .execute()
    if (rows.length === 0) continue
    const timers = rows.map(({ id, payload }) => ({ id, payload: JSON.parse(payload) as TimerPayload }))
    // Before they are set anew: those that are not keep the time that they had.
    for (const piece of inPieces(rows)) {
      await trx
        .updateTable('timer')
        .set({ stale: 0, lease_owner: null, lease_until: null })
        .where(
          'id',
          'in',
          piece.map(({ id }) => id),
        )
        .execute()
    }
    await recount?.(trx, timers, now)
    more ||= rows.length === together
  }
  return more
}

async function recountWorkingTime(trx: Trx, now: Date, logger: LoopLogger): Promise<boolean> {
  const rows = await trx
    .selectFrom('timer')
    .select(['id', 'rule', 'organisation', 'person', 'due_at', 'provisional'])
    .where('stale', '=', isStale)
    .where('state', '=', waiting)
    .where('rule', '!=', countedByKind)
    .orderBy('provisional', 'desc')
    .orderBy('id')
    .limit(batch)
    .execute()
  for (const { id, rule, organisation, person, due_at, provisional } of rows) {
    let due = { at: due_at, provisional }
    try {
      const { from, after } = JSON.parse(rule!) as TimerRule
      const counted = await countTimer(trx, { after, organisation, person }, new Date(from))
      due = {
        at: dueAfterRecount(counted.at, due_at, now).toISOString(),
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

/**
 * When something whose time was counted again is due: one that should have been by now is due at once, and one that is
 * due already keeps its place among those that are.
 * @param had When it was due before, ISO text.
 */
export function dueAfterRecount(counted: Date, had: string, now: Date): Date {
  if (counted > now) return counted
  const before = new Date(had)
  return before < now ? before : now
}
