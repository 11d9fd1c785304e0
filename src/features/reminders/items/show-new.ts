import type { Trx } from '../../../store/store.ts'
import type { RemindersContext } from '../context.ts'
import type { ItemRow, Reminder } from '../records.ts'

/** An item that was just opened, with what it is of. */
export interface OpenedItem {
  row: ItemRow
  reminder: Reminder
  /** Its run is so late that the card says so. */
  late: boolean
  /** When it was due. */
  dueAt: Date
}

/**
 * Tells whoever has the items, in few statements: a card each, one digest where somebody gets several at once, one card for a
 * group; not in quiet hours and not on leave (told after them). Sets the timers of the first steps. Called in the
 * transaction that opened the items.
 */
export async function showNew(
  trx: Trx,
  context: RemindersContext,
  items: readonly OpenedItem[],
  now: Date,
): Promise<void> {
  void [trx, context, items, now]
}
