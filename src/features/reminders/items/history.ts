import { randomUUID } from 'node:crypto'
import type { Trx } from '../../../store/store.ts'
import type { ItemRow } from '../records.ts'

/** What can happen to an item. */
export type HappenedToItem = 'acknowledged' | 'put-off' | 'handed-over' | 'nudged' | 'step' | 'item-ended'

/** Keeps for good what happened to an item. `by` null: the house. */
export async function noteItem(
  trx: Trx,
  { id, reminder }: Pick<ItemRow, 'id' | 'reminder'>,
  {
    what,
    data = {},
    by,
    now,
  }: { what: HappenedToItem; data?: Record<string, string>; by: string | null; now: Date },
): Promise<void> {
  await trx
    .insertInto('reminder_history')
    .values({
      ...{ id: randomUUID(), reminder, item: id, what, data: JSON.stringify(data), by },
      at: now.toISOString(),
    })
    .execute()
}
