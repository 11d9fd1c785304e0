import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import { cancelTimers } from '../../../timers/set-timer.ts'
import type { RemindersContext } from '../context.ts'
import { renewCards } from './renew-cards.ts'
import { stepTimerOf } from './step-timer.ts'

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
  void context
  for (const piece of inPieces(reminders)) {
    const open = await trx
      .selectFrom('reminder_item')
      .select('id')
      .where('reminder', 'in', piece)
      .where('state', '=', 'open')
      .execute()
    await endThese(
      trx,
      open.map(({ id }) => id),
      reason,
      now,
    )
  }
}

/** The same of what stands in groups by these targets: they belong to another organisation by now. */
export async function endInGroups(
  trx: Trx,
  targets: readonly { reminder: string; position: number }[],
  now: Date,
): Promise<void> {
  for (const { reminder, position } of targets) {
    const open = await trx
      .selectFrom('reminder_item')
      .select('id')
      .where('reminder', '=', reminder)
      .where('position', '=', position)
      .where('chat', 'is not', null)
      .where('state', '=', 'open')
      .execute()
    await endThese(
      trx,
      open.map(({ id }) => id),
      'reminding:ended.bound-anew',
      now,
    )
  }
}

/** The same of items by id. Those that are closed already stay as they are. */
export async function endThese(trx: Trx, items: readonly string[], reason: string, now: Date): Promise<void> {
  for (const piece of inPieces(items)) {
    // Why it ended stands where else the words of whoever acknowledged stand.
    await trx
      .updateTable('reminder_item')
      .set({ state: 'ended', closed_at: now.toISOString(), note: reason, snoozed_until: null })
      .where('id', 'in', piece)
      .where('state', '=', 'open')
      .execute()
    await cancelTimers(trx, piece.map(stepTimerOf))
  }
  await renewCards(trx, items, now)
}
