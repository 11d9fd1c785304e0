import type { Trx } from '../../../store/store.ts'
import type { Reminder } from '../records.ts'

/** The kind of the timer of a reminder's next time; its id is `reminders.run:ID`. */
export const runTimer = 'reminders.run'

/**
 * Finds the first time after those that are over, keeps it (`next_key`, `next_at`) and sets the timer; where there is none
 * more, the reminder ends.
 */
export async function scheduleNext(trx: Trx, reminder: Reminder, now: Date): Promise<void> {
  void [trx, reminder, now]
}
