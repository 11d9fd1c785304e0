import { randomUUID } from 'node:crypto'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import type { ItemRow } from '../records.ts'

/** What can happen to an item. */
export type HappenedToItem = 'acknowledged' | 'put-off' | 'handed-over' | 'nudged' | 'step' | 'item-ended'

interface Happening {
  what: HappenedToItem
  data?: Record<string, string>
  /** Null: the house. */
  by: string | null
  now: Date
}

/** Keeps for good what happened to an item. */
export async function noteItem(
  trx: Trx,
  item: Pick<ItemRow, 'id' | 'reminder'>,
  happening: Happening,
): Promise<void> {
  await noteItems(trx, [item], happening)
}

/** As `noteItem`, of items to which the same happened, in few statements. */
export async function noteItems(
  trx: Trx,
  items: readonly Pick<ItemRow, 'id' | 'reminder'>[],
  { what, data = {}, by, now }: Happening,
): Promise<void> {
  const rows = items.map(({ id, reminder }) => ({
    ...{ id: randomUUID(), reminder, item: id, what, data: JSON.stringify(data), by },
    at: now.toISOString(),
  }))
  for (const piece of inPieces(rows)) await trx.insertInto('reminder_history').values(piece).execute()
}
