import type { Trx } from '../../store/store.ts'

/** What has changed of that by which working time is counted. */
export type CalendarChange =
  | { tables: true }
  /** Ids: the one that changed and all below it. */
  | { organisations: readonly string[] }
  | { person: string }

/**
 * Marks the waiting timers that count by what has changed: none of them runs before it was counted again. Called in
 * the transaction of the change, so that no timer slips through between the two.
 */
export async function markStale(trx: Trx, change: CalendarChange): Promise<void> {
  const update = trx
    .updateTable('timer')
    .set({ stale: 1 })
    .where('rule', 'is not', null)
    .where('state', '=', 'waiting')
  if ('person' in change) {
    await update.where('person', '=', change.person).execute()
  } else if ('organisations' in change) {
    await update.where('organisation', 'in', change.organisations).execute()
  } else {
    await update.execute()
  }
}
