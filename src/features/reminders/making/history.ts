import { randomUUID } from 'node:crypto'
import type { Trx } from '../../../store/store.ts'

/** What happened to a reminder as such; what happens to its items is noted where they are handled. */
export type Happened = 'made' | 'changed' | 'paused' | 'resumed' | 'skipped' | 'moved' | 'ended' | 'tried'

/** Keeps for good what somebody did to a reminder. `by` null: the house. */
export async function noteHistory(
  trx: Trx,
  {
    reminder,
    what,
    data = {},
    by,
    now,
  }: { reminder: string; what: Happened; data?: Record<string, string>; by: string | null; now: Date },
): Promise<void> {
  await trx
    .insertInto('reminder_history')
    .values({
      ...{ id: randomUUID(), reminder, item: null, what, data: JSON.stringify(data), by },
      at: now.toISOString(),
    })
    .execute()
}
